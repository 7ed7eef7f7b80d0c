import type { ChangeKind } from './check/changes.ts';
import type { MachineSize } from './lab/machine-size.ts';
import type { Recording } from './path/recording/recording.ts';
import type { Action } from './plan/action.ts';
import type { PlainProbe, ProbeOutcome } from './probe/probe.ts';
import type { TraceRequest } from './probe/trace-probe.ts';
import type { Observation, Process } from './state/observation.ts';
import type { Sample } from './traffic/traffic.ts';

/** The interfaces that the outside implements for core and session: the kernel. */

/** How a command ended. One shape for success and failure; nothing here throws for an exit code. */
export interface Ran {
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  /** hoplab ended it because it ran longer than its limit. */
  timedOut: boolean;
  /** hoplab cut its output at the limit. */
  truncated: boolean;
  milliseconds: number;
}

/**
 * A sandbox of its own user, net, mount, pid, uts and ipc namespaces: to the learner, the host. Nothing asked of it waits without
 * an end, and everything may reject with `interrupted`.
 */
export interface Machine {
  readonly id: string;
  /** PID of its pid 1, seen from the VM. */
  readonly pid: number;
  alive(): boolean;
  /** Carries out a plan. Rejects with `action-failed` naming the action, its output and exit code. */
  perform(actions: Action[]): Promise<void>;
  /** Lets it hold more than usual; its content stays. */
  grow(size: MachineSize): Promise<void>;
  /** Runs argv in a node. Rejects with `node-not-found` or `machine-gone`, never for an exit code. */
  run(node: string, argv: string[], options?: RunOptions): Promise<Ran>;
  /** Names of the nodes there are now, `host` first. */
  nodes(): Promise<string[]>;
  /** @param sysctls further `net.*` keys to read besides those always watched. */
  observe(sysctls?: readonly string[]): Promise<Observation>;
  processes(): Promise<Process[]>;
  /**
   * Sends real packets. Rejects only for `node-not-found` and `machine-gone`; a failing tool is `tool-failed`.
   * `hasty`: silence is believed soon, as long as the state explains it. `read`: the state, if it was read just now.
   */
  probe(probe: PlainProbe, hasty?: boolean, read?: Observation): Promise<ProbeOutcome>;
  /**
   * Sends one probe and records it on every node. Rejects with `node-not-found`, `machine-gone`, and with
   * `feature-missing` if packets cannot be watched. `onRecording`: receives the recording so far, whenever it
   * has grown. `read` and `hasty` as of `probe`.
   */
  trace(
    asked: TraceRequest,
    onRecording?: (recording: Recording) => void,
    read?: Observation,
    hasty?: boolean,
  ): Promise<Recording>;
  /** Reports every change until `stop`; the machine's end ends it. */
  watch(onChange: WatchListener): MachineWatch;
  /** Samples the frames of all nodes until `stop`; the machine's end ends it. */
  sample(listener: SampleListener): MachineSampler;
  /** An interactive or plain command with streams. */
  open(node: string, argv: string[] | null, options: OpenOptions): Promise<Stream>;
  /**
   * Gives a node's network namespace a name among the VM's own, for `ip netns exec NAME`; resolves with its file.
   * The name goes with the node, with the machine, and with `conceal`. Rejects with `node-not-found`.
   */
  expose(node: string, name: string): Promise<string>;
  /** Takes away all names given by `expose`. */
  conceal(): Promise<void>;
  /**
   * Becomes what another machine is after its restart: with its files, and with the settings in their
   * sysctl.conf.
   */
  startWithFilesOf(before: Machine): Promise<void>;
  /**
   * Gives up hoplab's current work in it: its programs are ended, and callers that wait for them get
   * `interrupted`. Terminals, `watch` and the machine itself go on.
   */
  interrupt(): void;
  /** Ends pid 1; resolves when the kernel has removed everything of it, or does not come to that. */
  destroy(): Promise<void>;
}

export interface WatchListener {
  changed(kinds: ChangeKind[]): void;
  /** A socket that waited for others has ended: time to look. */
  stale(): void;
  /** The watch has ended by itself: the machine has, or it could not be watched. */
  ended(): void;
}

export interface MachineWatch {
  /** True once every change is reported; false if the machine cannot be watched. */
  ready: Promise<boolean>;
  /**
   * Which of listeners and processes have changed since the last look: the kernel does not report new ones.
   */
  look(): Promise<ChangeKind[]>;
  stop(): Promise<void>;
}

export interface SampleListener {
  seen(sample: Sample): void;
  /** The sampler has ended by itself. */
  ended(): void;
}

export interface MachineSampler {
  /** Nodes have come or gone: samples those that there are now. */
  look(): void;
  stop(): Promise<void>;
}

export interface RunOptions {
  input?: string;
  /** Milliseconds until hoplab ends it; 30,000 by default. */
  timeout?: number;
}

export interface OpenOptions {
  /** A pseudo-terminal of this size; null for plain pipes. */
  pty: { columns: number; rows: number } | null;
  /** Stands in a shell's prompt. */
  session?: string;
}

/** A running command's streams. Bytes, not text: a terminal may cut a character in two. */
export interface Stream {
  onData(listener: (stream: 'stdout' | 'stderr', data: Uint8Array) => void): void;
  /** Called once, after the last `onData`. */
  onExit(listener: (exitCode: number | null, signal: string | null) => void): void;
  /** If it returns a promise, the caller should write more only when it is fulfilled. */
  write(data: Uint8Array): void | Promise<void>;
  /** No more input. */
  end(): void;
  resize(columns: number, rows: number): void;
  /** Flow control: no more `onData` until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface Machines {
  /** Of the features a lab requires, those this VM lacks. */
  lacks(features: readonly string[]): Promise<string[]>;
  /** Makes a machine, or takes one made before (its id is then another); its record is on disk before its first process. */
  create(id: string, size?: MachineSize): Promise<Machine>;
  /** No session is left: gives up the machines kept ready. */
  rest(): Promise<void>;
  /** The machines of an earlier daemon that still live; the others are swept. */
  adopt(): Promise<Machine[]>;
}

export interface Finding {
  /** `kernel`, `package`, `limit`... */
  area: string;
  name: string;
  /** `info`: good to know, nothing is wrong. `unseen`: only root can look at it. */
  status: 'ok' | 'missing' | 'warning' | 'info' | 'unseen';
  /** Without it no lab can run. */
  required: boolean;
  /** The finding. */
  detail: string;
  /** A command or advice that cures it. */
  cure: string | null;
}
