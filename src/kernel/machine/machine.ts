import { setTimeout } from 'node:timers/promises';
import { HoplabError } from '../../core/errors.ts';
import type { MachineSize } from '../../core/lab/machine-size.ts';
import type { Recording } from '../../core/path/recording/recording.ts';
import type { Action } from '../../core/plan/action.ts';
import type {
  Machine,
  MachineSampler,
  MachineWatch,
  OpenOptions,
  Ran,
  RunOptions,
  SampleListener,
  Stream,
  WatchListener,
} from '../../core/ports.ts';
import type { PlainProbe, ProbeOutcome } from '../../core/probe/probe.ts';
import type { TraceRequest } from '../../core/probe/trace-probe.ts';
import type { Observation, Process } from '../../core/state/observation.ts';
import { lendPrograms } from '../engine/programs.ts';
import { interrupt, interruptible } from '../exec/interrupt.ts';
import { run } from '../exec/run.ts';
import type { Started } from '../exec/start.ts';
import type { Handles } from '../expose/handles.ts';
import { observe } from '../observe/observe.ts';
import { observeProcesses } from '../observe/processes.ts';
import { perform } from '../perform/perform.ts';
import { intoMachine, intoNode, nodesOf, placeOf } from '../place/enter.ts';
import { stillThere } from '../place/process.ts';
import { probe } from '../probe/probe.ts';
import { openPipes } from '../terminal/pipes.ts';
import { openPty } from '../terminal/pty.ts';
import { trace } from '../trace/trace.ts';
import { OwnProbes } from '../traffic/own-probes.ts';
import { Sampler } from '../traffic/sampler.ts';
import { Watch } from '../watch/watch.ts';
import { applySysctlFiles, copyFiles } from './files.ts';
import { continueParents } from './stopped.ts';

/** Milliseconds that the end of a machine is waited for; 20 are usual. */
const longestEnd = 10_000;

/** Milliseconds after which something holds its end up. */
const unusual = 300;

/** The parts that a machine gets from its maker. */
interface Surroundings {
  handles: Handles;
  /** Resolves when every network namespace of the machine has the settings it begins with. */
  settled: () => Promise<void>;
  /** These settings: files below /proc and their values. */
  settings: () => [file: string, value: string][];
  /** Sets the limits of its control group, if it has one. */
  limit: (size: MachineSize) => Promise<void>;
  /** Called when the machine is gone from the kernel. */
  removed: () => Promise<void>;
}

/** A live machine: its pid 1, and everything that can be asked of it. */
export class KernelMachine implements Machine {
  readonly id: string;
  readonly pid: number;
  readonly #started: string;
  readonly #around: Surroundings;
  /** Those that go on: a client may follow and leave as often as it likes. */
  readonly #watching = new Set<Watch | Sampler>();
  readonly #own = new OwnProbes();
  readonly #left = new Set<Started>();
  #destroyed: Promise<void> | null = null;

  /** @param started start time of pid 1 */
  constructor(id: string, pid: number, started: string, around: Surroundings) {
    this.id = id;
    this.pid = pid;
    this.#started = started;
    this.#around = around;
  }

  alive(): boolean {
    return stillThere(this.pid, this.#started);
  }

  async perform(actions: Action[]): Promise<void> {
    this.#mustLive();
    await interruptible(this.pid, () => perform(this.pid, actions, this.#around.settings()));
    await this.#around.settled();
  }

  async grow(size: MachineSize): Promise<void> {
    this.#mustLive();
    await this.#around.limit(size);
    const ran = await run(intoMachine(this.pid, growing(size)));
    if (ran.exitCode !== 0)
      throw new HoplabError('machine-failed', `the root could not grow: ${ran.stderr.trim()}`, {
        step: 'root size',
      });
    if (size.programs !== undefined) await lendPrograms(this.pid);
  }

  async run(node: string, argv: string[], options: RunOptions = {}): Promise<Ran> {
    this.#mustLive();
    await this.#around.settled();
    const place = await placeOf(this.pid, node);
    return interruptible(this.pid, () => run(intoMachine(this.pid, intoNode(place, argv)), options));
  }

  async nodes(): Promise<string[]> {
    this.#mustLive();
    return (await nodesOf(this.pid)).map(({ name }) => name);
  }

  async observe(sysctls: readonly string[] = []): Promise<Observation> {
    this.#mustLive();
    await this.#around.settled();
    return interruptible(this.pid, () => observe(this.pid, sysctls));
  }

  async processes(): Promise<Process[]> {
    this.#mustLive();
    return interruptible(this.pid, () => observeProcesses(this.pid));
  }

  async probe(asked: PlainProbe, hasty = false, read?: Observation): Promise<ProbeOutcome> {
    this.#mustLive();
    await this.#around.settled();
    const sent = () => probe(this.pid, asked, hasty, read);
    return interruptible(this.pid, () => this.#own.during(asked.kind === 'pairs' ? null : asked.from, sent));
  }

  async trace(
    asked: TraceRequest,
    onRecording?: (recording: Recording) => void,
    read?: Observation,
    hasty = false,
  ): Promise<Recording> {
    this.#mustLive();
    await this.#around.settled();
    const sent = () => trace(this.pid, asked, onRecording, read, hasty);
    return interruptible(this.pid, () => this.#own.during(asked.from, sent));
  }

  watch(listener: WatchListener): MachineWatch {
    this.#mustLive();
    return this.#keep(new Watch(this.pid, listener));
  }

  sample(listener: SampleListener): MachineSampler {
    this.#mustLive();
    return this.#keep(new Sampler(this.pid, listener, () => this.#own.now));
  }

  async open(node: string, argv: string[] | null, { pty, session = '' }: OpenOptions): Promise<Stream> {
    this.#mustLive();
    const inside = intoNode(await placeOf(this.pid, node), [
      ...['env', `HOPLAB_PLACE=${node}`, `HOPLAB_SESSION=${session}`],
      ...(argv ?? ['bash', '-l']),
    ]);
    const whole = intoMachine(this.pid, inside);
    return pty ? openPty(whole, pty.columns, pty.rows) : openPipes(whole, this.#left);
  }

  async expose(node: string, name: string): Promise<string> {
    this.#mustLive();
    return this.#around.handles.expose(this, node, name);
  }

  conceal(): Promise<void> {
    return this.#around.handles.conceal(this.id);
  }

  async startWithFilesOf(before: Machine): Promise<void> {
    this.#mustLive();
    await copyFiles(before.pid, this.pid);
    await applySysctlFiles(this.pid);
  }

  interrupt(): void {
    interrupt(this.pid);
  }

  /** Once: another machine may have got the same uid range since, and would be ended. */
  destroy(): Promise<void> {
    this.#destroyed ??= this.#destroy();
    return this.#destroyed;
  }

  async #destroy(): Promise<void> {
    await Promise.all([...this.#watching].map((each) => each.stop()));
    if (this.alive()) process.kill(this.pid, 'SIGKILL');
    const until = performance.now() + longestEnd;
    // pid 1 is a zombie, or gone, only when the kernel has ended every process of its namespace.
    for (let next = performance.now() + unusual; this.alive() && performance.now() < until; ) {
      if (performance.now() > next) {
        continueParents([this.pid]);
        next += unusual;
      }
      await setTimeout(2);
    }
    if (this.alive()) void this.#removeLater();
    else await this.#around.removed();
  }

  #keep<T extends Watch | Sampler>(one: T): T {
    this.#watching.add(one);
    void one.over.then(() => this.#watching.delete(one));
    return one;
  }

  /** Removes the machine's files once nothing of it runs: the kernel may hold a process in a system call. */
  async #removeLater(): Promise<void> {
    while (this.alive()) {
      continueParents([this.pid]);
      await setTimeout(1000, undefined, { ref: false });
    }
    await this.#around.removed().catch(() => {});
  }

  #mustLive(): void {
    if (this.alive()) return;
    throw new HoplabError('machine-gone', 'the machine has ended; reset makes a new one', {
      machine: this.id,
    });
  }
}

/** As many inodes for a mebibyte as init.sh gives. The root of the machine may mount its own tmpfs anew. */
function growing({ root }: MachineSize): string[] {
  return ['mount', '-o', `remount,size=${root}m,nr_inodes=${root / 2}k`, 'hoplab', '/'];
}
