import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Container, ContainerState, Pod } from '../objects/pod.ts';
import type { Stander } from '../stand-ins/follow.ts';
import { writeStandIn } from '../stand-ins/write.ts';
import { act, isAlive } from './act.ts';
import { duration, restartDelay } from './backoff.ts';
import {
  clearPlace,
  exitCodeOf,
  firstProcess,
  intoProcess,
  placeOf,
  type Running,
  recordedContainer,
  startContainer,
  stopContainer,
} from './container.ts';
import { startProbes } from './container-probes.ts';
import { makeRoot, unpackLayer } from './container-root.ts';
import type { NodeContext } from './context.ts';
import { environmentOf, expandVariables } from './environment.ts';
import { pullImage } from './image-pull.ts';
import { imageOf } from './images.ts';
import { ContainerInput } from './input.ts';
import { logOf } from './places.ts';
import type { PodNet } from './pod-net.ts';
import { asUser } from './rights.ts';
import type { ContainerView } from './status.ts';
import { terminal } from './terminal.ts';
import { bindsOf } from './volumes.ts';

const waiting = (reason: string, message?: string): ContainerState => ({
  waiting: message === undefined ? { reason } : { reason, message },
});

/** One container of a pod: its starts, probes and restarts. */
export class ContainerWorker {
  readonly name: string;
  readonly #context: NodeContext;
  readonly #pod: Pod;
  readonly #container: Container;
  readonly #network: PodNet;
  readonly #changed: () => void;
  readonly #stopping = new AbortController();
  #probing = new AbortController();
  #running: Running | null = null;
  #state: ContainerState = waiting('ContainerCreating');
  #lastState: ContainerState = {};
  #restarts = 0;
  #ready = false;
  #id: string | null = null;

  constructor(context: NodeContext, pod: Pod, container: Container, network: PodNet, changed: () => void) {
    this.name = container.name;
    this.#context = context;
    this.#pod = pod;
    this.#container = container;
    this.#network = network;
    this.#changed = changed;
  }

  view(leaving: boolean): ContainerView {
    const { name, image } = this.#container;
    const ready = this.#ready && !leaving;
    return {
      name,
      image,
      id: this.#id,
      state: this.#state,
      lastState: this.#lastState,
      restarts: this.#restarts,
      ready,
    };
  }

  get log(): string {
    return this.#logOf(this.#restarts);
  }

  get previousLog(): string {
    return this.#logOf(this.#restarts - 1);
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  get networkPath(): string {
    return this.#network.network;
  }

  get #standing() {
    const resolvConf = this.#network.files['etc/resolv.conf'] ?? '';
    return { store: this.#context.store, pod: this.#pod, container: this.#container, resolvConf };
  }

  /** The stand-in that is its program, if it runs. */
  get stander(): Stander | null {
    const name = imageOf(this.#container.image)?.standIn;
    if (name === undefined || this.#running === null) return null;
    return { name, running: this.#running, standing: this.#standing };
  }

  #logOf(attempt: number): string {
    const { namespace = 'default', name, uid = '' } = this.#pod.metadata;
    return logOf(namespace, name, uid, this.name, attempt);
  }

  /** Starts it, or takes over the one that runs already. */
  async begin(): Promise<void> {
    const { uid = '' } = this.#pod.metadata;
    const recorded = recordedContainer(uid, this.name);
    if (recorded === null) return this.#start();
    const { running, exitCode } = recorded;
    this.#restarts = running.attempt;
    this.#id = running.id;
    if (exitCode !== null) return this.#ended(running, exitCode);
    this.#runs(running);
    void this.#watch(running);
  }

  async #start(): Promise<void> {
    const image = await pullImage(this.#container, {
      node: this.#context.node,
      pod: this.#pod,
      sources: this.#context.sources(this.#pod),
      tell: (type, reason, message) => this.#tell(type, reason, message),
      waits: (reason, message) => this.#waits(reason, message),
      rest: (milliseconds) => this.#rest(milliseconds),
    });
    if (image === null || this.#stopping.signal.aborted) return;
    const { uid = '' } = this.#pod.metadata;
    const { sandbox, network } = this.#network;
    if (sandbox === null) return;
    try {
      const sources = this.#context.sources(this.#pod);
      const own = environmentOf(this.#pod, this.#container, sources);
      const env = this.#container.tty ? { TERM: 'xterm', ...own } : own;
      const binds = bindsOf(this.#pod, this.#container, sources);
      const place = clearPlace(uid, this.name);
      const fstab = makeRoot(`${place}/root`, image, this.#network.files, binds);
      for (const layer of image.layers ?? []) await unpackLayer(`${place}/root`, layer);
      if (image.standIn !== undefined) writeStandIn(image.standIn, `${place}/root`, this.#standing);
      const { command = image.entrypoint, args = this.#container.command ? [] : image.command } =
        this.#container;
      const argv = [...command, ...args].map((each) => expandVariables(each, env));
      const id = randomBytes(32).toString('hex');
      this.#tell('Normal', 'Created', `Created container: ${this.name}`);
      const running = startContainer(
        {
          ...{ uid, id, network, sandbox, fstab, env },
          name: this.name,
          attempt: this.#restarts,
          log: this.log,
          directory: this.#container.workingDir ?? '/',
          input: this.#container.stdin === true,
          argv: asUser(this.#pod, this.#container, this.#container.tty ? terminal(argv) : argv),
        },
        (code) => this.#ended(running, code),
      );
      this.#tell('Normal', 'Started', `Started container ${this.name}`);
      this.#runs(running);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.#tell('Warning', 'Failed', `Error: ${words}`);
      this.#waits('CreateContainerConfigError', words);
      if (await this.#rest(10_000)) await this.#start();
    }
  }

  #runs(running: Running): void {
    this.#running = running;
    this.#id = running.id;
    this.#state = { running: { startedAt: running.startedAt } };
    this.#probing = new AbortController();
    const target = {
      node: this.#context.node,
      address: this.#network.address ?? '',
      container: this.#container,
      exec: (argv: string[], timeout: number) => this.run(argv, timeout),
    };
    this.#ready = this.#container.readinessProbe === undefined;
    const { uid = '' } = this.#pod.metadata;
    const grace = this.#pod.spec.terminationGracePeriodSeconds ?? 30;
    startProbes(
      target,
      {
        tell: (type, reason, message) => this.#tell(type, reason, message),
        ready: (ok) => {
          this.#ready = ok;
          this.#changed();
        },
        restart: () => void stopContainer(uid, running, grace),
      },
      this.#probing.signal,
    );
    this.#changed();
  }

  /** One that is no child of this process: an earlier run of this program has started it. */
  async #watch(running: Running): Promise<void> {
    while (isAlive(running)) await wait(200, null, { ref: false });
    this.#ended(running, exitCodeOf(this.#pod.metadata.uid ?? '', this.name) ?? 137);
  }

  #ended({ id, startedAt }: Running, exitCode: number): void {
    this.#running = null;
    this.#probing.abort();
    this.#ready = false;
    const reason = exitCode === 0 ? 'Completed' : 'Error';
    const finishedAt = this.#context.now();
    const containerID = `containerd://${id}`;
    this.#state = { terminated: { exitCode, reason, startedAt, finishedAt, containerID } };
    this.#changed();
    if (!this.#stopping.signal.aborted) void this.#again(exitCode, startedAt);
  }

  async #again(exitCode: number, startedAt: string): Promise<void> {
    const { restartPolicy = 'Always' } = this.#pod.spec;
    if (restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && exitCode === 0)) return;
    // After ten minutes without a restart kubelet begins again with the first delay.
    const calm = Date.now() - Date.parse(startedAt) > 600_000;
    const delay = calm ? 0 : restartDelay(this.#restarts);
    this.#lastState = this.#state;
    if (delay > 0) {
      const { name, namespace, uid } = this.#pod.metadata;
      const words = `back-off ${duration(delay)} restarting failed container=${this.name} pod=${name}_${namespace}(${uid})`;
      this.#state = waiting('CrashLoopBackOff', words);
      this.#tell(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${this.name} in pod ${name}_${namespace}(${uid})`,
      );
      this.#changed();
      if (!(await this.#rest(delay))) return;
    }
    this.#restarts += 1;
    await this.#start();
  }

  /** False: the pod is being stopped. */
  async #rest(milliseconds: number): Promise<boolean> {
    const { signal } = this.#stopping;
    return wait(milliseconds, true, { signal, ref: false }).catch(() => false);
  }

  /** It starts no more. */
  giveUp(): void {
    this.#stopping.abort();
    this.#probing.abort();
  }

  async stop(seconds: number): Promise<void> {
    this.giveUp();
    if (this.#running === null) return;
    this.#tell('Normal', 'Killing', `Stopping container ${this.name}`);
    await stopContainer(this.#pod.metadata.uid ?? '', this.#running, seconds);
  }

  /** Its first process, as soon as it has its files and its input; null where it does not run. */
  async begun(): Promise<number | null> {
    return this.#running === null ? null : firstProcess(this.#pod.metadata.uid ?? '', this.#running);
  }

  /** argv that runs argv in the container; null where it does not run. */
  async entering(argv: readonly string[]): Promise<string[] | null> {
    const pid = await this.begun();
    if (pid === null) return null;
    const inside = intoProcess(pid, this.#container.workingDir ?? '/');
    return [...inside, ...asUser(this.#pod, this.#container, argv)];
  }

  /** Its standard input; null for a container that has none. */
  get input(): ContainerInput | null {
    const { stdin, stdinOnce = false } = this.#container;
    return stdin === true
      ? new ContainerInput(placeOf(this.#pod.metadata.uid ?? '', this.name), stdinOnce)
      : null;
  }

  environment(): Record<string, string> {
    return this.#running?.env ?? {};
  }

  async run(argv: readonly string[], timeout: number) {
    const entered = await this.entering(argv);
    if (entered === null) return { code: 1, stdout: '', stderr: 'container not running' };
    return act(entered, { timeout, env: this.environment() });
  }

  #waits(reason: string, message: string): void {
    this.#state = waiting(reason, message);
    this.#changed();
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#context.tell(this.#pod, type, reason, message);
  }
}
