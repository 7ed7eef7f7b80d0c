import { HoplabError } from '../../../src/core/errors.ts';
import type { Recording } from '../../../src/core/path/recording/recording.ts';
import type { Action } from '../../../src/core/plan/action.ts';
import type {
  Machine,
  MachineSampler,
  MachineWatch,
  Ran,
  RunOptions,
  Stream,
  WatchListener,
} from '../../../src/core/ports.ts';
import type { PlainProbe, ProbeOutcome } from '../../../src/core/probe/probe.ts';
import type { TraceRequest } from '../../../src/core/probe/trace-probe.ts';
import type { Observation, Process } from '../../../src/core/state/observation.ts';
import { unknownNode } from '../../../src/core/text/unknown-node.ts';
import { act } from './actions.ts';
import { type } from './commands.ts';
import { Faults, type MachineCall } from './faults.ts';
import { FakeNetwork } from './network.ts';
import { pinged } from './ping.ts';
import { streamOf } from './stream.ts';
import { FakeWatch } from './watch.ts';

/**
 * A machine without a kernel: it holds state, answers from it, and fails as its switches are set.
 * test/support/machine-contract.ts holds its answers to the real machine's; it proves nothing about Linux.
 */
export class FakeMachine implements Machine {
  readonly id: string;
  readonly pid: number;
  readonly network = new FakeNetwork();
  readonly faults = new Faults();
  /** Every question, in order. */
  readonly asked: string[] = [];
  /** Names given by `expose`. */
  readonly exposed = new Map<string, string>();
  readonly #watches: FakeWatch[] = [];
  #alive = true;

  constructor(id: string, pid: number) {
    this.id = id;
    this.pid = pid;
  }

  get watches(): number {
    return this.#watches.filter(({ stopped }) => !stopped).length;
  }

  alive(): boolean {
    return this.#alive;
  }

  async perform(actions: Action[]): Promise<void> {
    await this.#meet('perform');
    try {
      for (const action of actions) act(this.network, action);
    } finally {
      this.#tell();
    }
  }

  async grow(): Promise<void> {
    await this.#meet('grow');
  }

  async run(node: string, argv: string[], { input = '' }: RunOptions = {}): Promise<Ran> {
    await this.#meet('run', node);
    const line = lineOf(argv);
    if (line.startsWith('sleep ')) await this.#sleep(node, line);
    const ran = line === 'cat' ? { exitCode: 0, stdout: input, stderr: '' } : type(this.network, node, line);
    this.#tell();
    return { ...ran, signal: null, timedOut: false, truncated: false, milliseconds: 0 };
  }

  async #sleep(node: string, command: string): Promise<never> {
    const { processes } = this.network;
    const program = { pids: [processes.length + 1], command, node };
    processes.push(program);
    return await this.faults.wait().finally(() => processes.splice(processes.indexOf(program), 1));
  }

  async nodes(): Promise<string[]> {
    this.#mustLive();
    return this.network.names;
  }

  async observe(sysctls: readonly string[] = []): Promise<Observation> {
    await this.#meet('observe');
    return this.network.observe(sysctls);
  }

  async processes(): Promise<Process[]> {
    await this.#meet('processes');
    return structuredClone(this.network.processes);
  }

  async probe(probe: PlainProbe, hasty = false): Promise<ProbeOutcome> {
    await this.#meet('probe', probe.from, `${probe.kind}${hasty ? ' hasty' : ''}`);
    const blank = { by: null, status: null, body: null, sources: [] };
    const evidence = { on: probe.from, command: probe.kind, output: '' };
    if (probe.kind !== 'ping') return { ...blank, result: 'tool-failed', evidence };
    const seen = this.network.observe([]);
    return {
      ...blank,
      result: this.faults.silent ? 'silence' : pinged(seen, probe.from, probe.to),
      evidence,
    };
  }

  /** Its packets are none that could be seen. */
  async trace({ from }: TraceRequest): Promise<Recording> {
    await this.#meet('trace', from);
    throw new HoplabError('feature-missing', 'a fake machine has no packets', {});
  }

  watch(listener: WatchListener): MachineWatch {
    this.#mustLive();
    const watch = new FakeWatch(listener, !this.faults.unwatchable, this.asked);
    this.#watches.push(watch);
    return watch;
  }

  /** Its packets are none that could be seen. */
  sample(): MachineSampler {
    this.#mustLive();
    this.asked.push('sample');
    return { look: () => void this.asked.push('look for nodes'), stop: async () => {} };
  }

  async open(node: string, argv: string[] | null): Promise<Stream> {
    await this.#meet('open', node);
    return streamOf(argv === null ? null : lineOf(argv), (line) => {
      const ran = type(this.network, node, line);
      this.#tell();
      return ran;
    });
  }

  async expose(node: string, name: string): Promise<string> {
    await this.#meet('expose', node);
    this.exposed.set(name, node);
    return `/run/netns/${name}`;
  }

  async conceal(): Promise<void> {
    this.asked.push('conceal');
    await this.faults.meet('conceal');
    this.exposed.clear();
  }

  async startWithFilesOf(before: Machine): Promise<void> {
    await this.#meet('startWithFilesOf');
    if (!(before instanceof FakeMachine)) throw new Error('files of another kind of machine');
    for (const [path, text] of before.network.files)
      if (/:\/(etc|root)\//.test(path)) this.network.files.set(path, text);
    this.#tell();
  }

  interrupt(): void {
    this.asked.push('interrupt');
    this.faults.giveUp('interrupted');
  }

  async destroy(): Promise<void> {
    this.asked.push('destroy');
    await this.faults.meet('destroy');
    await Promise.all(this.#watches.map((watch) => watch.stop()));
    this.die();
  }

  /** As when its pid 1 is killed. */
  die(): void {
    this.#alive = false;
    this.faults.giveUp('machine-gone');
    for (const watch of this.#watches) watch.end();
  }

  /** Every watch of it ends, and the machine goes on. */
  deafen(): void {
    for (const watch of this.#watches) watch.end();
  }

  /** Changes its state, and reports it to its watches. */
  change(work: (network: FakeNetwork) => void): void {
    work(this.network);
    this.#tell();
  }

  #tell(): void {
    const { notices, looked } = this.network.changed();
    for (const watch of this.#watches) watch.change(notices, looked);
  }

  async #meet(asked: MachineCall, node = 'host', about = ''): Promise<void> {
    this.#mustLive();
    this.asked.push(about ? `${asked} ${about}` : asked);
    await this.faults.meet(asked);
    if (node in this.network.spec) return;
    throw unknownNode(node, this.network.names);
  }

  #mustLive(): void {
    if (this.#alive) return;
    throw new HoplabError('machine-gone', 'the machine has ended; reset makes a new one', {
      machine: this.id,
    });
  }
}

const lineOf = (argv: string[]) =>
  argv[0] === 'bash' && argv[1] === '-c' ? (argv[2] ?? '') : argv.join(' ');
