import type { Line, Service } from '../lab/lab.ts';

/**
 * The actions that build a machine, as data. The planner (pure) makes the fewest of them; kernel/perform runs
 * them in order, in one process inside the machine, and stops at the first that fails.
 */
export type Action =
  /** Another host: its own network, mount and UTS namespace, its own /etc, its own hostname. */
  | { kind: 'host'; name: string }
  | { kind: 'netns'; name: string }
  /** Veth pairs, each end made where it belongs. No two ends of a lab have the same index. */
  | { kind: 'veth'; pairs: [VethEnd, VethEnd][] }
  /** Lines of one `ip -batch` in a node. */
  | { kind: 'ip'; on: string; lines: string[] }
  | { kind: 'sysctl'; on: string; values: Record<string, string> }
  | { kind: 'service'; on: string; service: StartedService; cluster?: Cluster }
  /** Lines as people type them, each by the node's shell. */
  | { kind: 'lines'; lines: Line[] };

/** Other nodes of a cluster start with its control plane. */
export type StartedService = Exclude<Service, 'kubernetes-node'>;

interface Cluster {
  /** The nodes besides the control plane's. */
  others: string[];
  /** Made of the components of Kubernetes itself. */
  real: boolean;
}

export interface VethEnd {
  node: string;
  link: string;
  index: number;
}
