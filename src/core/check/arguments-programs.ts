/** Checks about programs that run on a node, and what they may do. Keys left out are not asked. */
export interface ProgramArguments {
  /** A process of this node: with this PID in a PID namespace of its own, of this user, with these rights. */
  process: {
    on: string;
    pid?: number;
    /** How its command line begins. */
    name?: string;
    uid?: number;
    /** Capabilities in its effective set, and some that are not. */
    has?: string[];
    lacks?: string[];
  };
  /** A command, run as a learner would run it or, with `as`, with the rights of a process that runs there. */
  command: {
    on: string;
    run: string;
    /** How the command line of that process begins. */
    as?: string;
    exit: number;
    /** A part of what it prints. */
    output?: string;
    /** A command that must succeed with the same rights before the failure of the other means anything. */
    control?: string;
  };
}
