import type { Check } from '../check/check.ts';
import type { Language, Text } from '../language.ts';
import type { Prediction } from '../predict/prediction.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { MachineSize } from './machine-size.ts';

/** A lab after reading: every reference resolved, every default filled in. */
export interface Lab {
  id: string;
  track: string;
  title: Text;
  summary: Text;
  documents: { file: string; section: string }[];
  minutes: number;
  /** Labs that come before this one; it can be started without them. */
  prerequisites: string[];
  /** Kernel features and programs without which the lab cannot run; see core/lab/features.ts. */
  requires: string[];
  /** The memory and disk limits of its machine. */
  machine: MachineSize;
  topology: Topology;
  steps: Step[];
  /** Picture positions: node -> [column, row]. */
  view: Record<string, [number, number]>;
  prose: Record<Language, Prose>;
}

export interface Prose {
  intro: string;
  steps: Record<string, { title: string; body: string }>;
}

export interface Topology {
  /** In the order they are made. `host`, the machine's own, is always the first. */
  nodes: Node[];
  bridges: Bridge[];
  links: LinkSpec[];
  tunnels?: Tunnel[];
  /** What its cluster is made of; the small one unless given. Not in lab.yaml: the learner chooses. */
  engine?: ClusterEngine;
}

export interface Node {
  name: string;
  /** `machine`: the machine's own network namespace; `host`: another host, with its own /etc and hostname; `netns`: a named network namespace. */
  kind: 'machine' | 'host' | 'netns';
  title: Text | null;
  /** A real program that runs there from the start. */
  service: Service | null;
  sysctls: Record<string, string>;
  /** `ip route add` arguments, e.g. `default via 192.168.1.2`. */
  routes: string[];
  /** Further lines typed at the start. */
  run: string[];
}

/** `kubernetes` is a cluster's control plane, `kubernetes-node` another node of it. */
export const services = ['http', 'docker', 'kubernetes', 'kubernetes-node', 'mail'] as const;

export type Service = (typeof services)[number];

/** `small` is hoplab's own control plane; `real` are the components of Kubernetes itself. */
export const clusterEngines = ['small', 'real'] as const;
export type ClusterEngine = (typeof clusterEngines)[number];

export interface Bridge {
  name: string;
  node: string;
  addresses: string[];
}

/** A veth pair. */
export interface LinkSpec {
  ends: [LinkEnd, LinkEnd];
  mtu?: number;
}

/** A VXLAN link. */
export interface Tunnel {
  end: LinkEnd;
  id: number;
  remote: string;
  local: string | null;
  dstport: number;
  mtu: number | null;
}

export interface LinkEnd {
  node: string;
  link: string;
  addresses: string[];
  /** Bridge of the same node this end is a port of. */
  master: string | null;
}

/** One line typed at a node's shell. */
export interface Line {
  on: string;
  run: string;
}

export interface Step {
  id: string;
  solution: Line[];
  checks: Check[];
  predict: Prediction[];
  faults: Fault[];
}

/** A realistic mistake: the solution with lines replaced, and the feedback it must get. */
export interface Fault {
  id: string;
  /** The whole solution as the mistaken learner types it. */
  lines: Line[];
  /**
   * The difference from the solution: indexes of its lines, the line typed in place of each (null: none), and
   * the node.
   */
  changes: { line: number; on: string; run: string | null }[];
  /** Indexes into `lines` that the shell itself refuses; every other line succeeds. */
  refused: number[];
  /** The check that must fail, and the reason it must give. */
  fails: string;
  reason: Reason;
}
