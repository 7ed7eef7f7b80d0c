import type { Reason } from '../verdict/reasons.ts';
import type { NameArguments } from './arguments-names.ts';
import type { PathArguments } from './arguments-paths.ts';
import type { ProgramArguments } from './arguments-programs.ts';
import type { ServiceArguments } from './arguments-services.ts';

/**
 * A typed question about kernel state, or a probe that sends real packets. One key per kind.
 * `needs`: checks of the same step that must pass before this one means anything.
 * `until`: the step whose solution makes this no longer so; from there on it is not asked.
 */
export type Check = { [K in keyof CheckArguments]: CheckOf<K> }[keyof CheckArguments];
export type CheckKind = keyof CheckArguments;
export type CheckOf<K extends CheckKind> = {
  id: string;
  kind: K;
  args: CheckArguments[K];
  needs: string[];
  until: string | null;
};

export interface CheckArguments extends NameArguments, ProgramArguments, PathArguments, ServiceArguments {
  /** The named network namespace exists (or, `absent`, does not). */
  netns: { name: string; absent: boolean };
  /** A link is where it should be, in the state it should have. Keys left out are not asked. */
  link: {
    on: string;
    name: string;
    absent: boolean;
    kind?: string;
    up?: boolean;
    carrier?: boolean;
    master?: string;
    /** `node:link` of the veth's other end. */
    peer?: string;
  };
  /** An address with its prefix length, on a link if one is named. */
  address: { on: string; address: string; dev?: string; absent: boolean };
  /** What the routing table of a node decides for a destination. */
  route: { on: string; to: string; via?: string; dev?: string; absent: boolean };
  /** The node knows (or, `absent`, does not know) the neighbour's MAC address. */
  neighbour: { on: string; address: string; absent: boolean };
  sysctl: { on: string; key: string; value: string };
  /** A rule that means the same to the kernel is in the node's tables. */
  rule: { on: string; like: string; absent: boolean };
  /** `expect` is `reply` or the reason for which no reply may come. */
  ping: { from: string; to: string; expect: 'reply' | Reason; control?: Control };
  http: {
    from: string;
    url: string;
    expect: 'answer' | Reason;
    status: number;
    /** Text the body contains. */
    body?: string;
    /** Address the server says it saw as the client. */
    client?: string;
    control?: Control;
  };
  /** A ping from one node, and the source address it has when it arrives at another. */
  seen: { from: string; to: string; at: string; source: string };
}

/** A ping that must succeed before a failure of the probe itself means anything. */
export interface Control {
  from: string;
  to: string;
}
