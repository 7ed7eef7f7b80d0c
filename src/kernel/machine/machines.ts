import { chmod, mkdir } from 'node:fs/promises';
import { isUsual, type MachineSize, usualSize } from '../../core/lab/machine-size.ts';
import type { Machine, Machines } from '../../core/ports.ts';
import { noWarning, type Warn } from '../../core/warn.ts';
import { missingFeatures } from '../doctor/features.ts';
import { keepStarter } from '../exec/launch-kept.ts';
import { keepServer } from '../exec/python-server.ts';
import { Handles } from '../expose/handles.ts';
import { ControlGroups } from '../place/control-groups.ts';
import { enterIn } from '../place/enter.ts';
import { type Layout, layoutOf } from '../place/layout.ts';
import { removeRecord, writeRecord } from '../place/record.ts';
import { keepReporter } from '../trace/reporter.ts';
import { KernelMachine } from './machine.ts';
import { makeMachine } from './make.ts';
import { settingsFiles, settingsScript, type Values } from './settings.ts';
import { SettledNamespaces } from './settled-namespaces.ts';
import { buildSkeleton } from './skeleton.ts';
import { endRange, sweep } from './sweep.ts';
import { giveBackUidBase, takeUidBase } from './uid-range.ts';

/** The hostname every machine has: to the learner it is the documents' "host". */
const hostname = 'host';

/** Makes machines, and adopts those of an earlier daemon. */
export class KernelMachines implements Machines {
  readonly #layout: Layout;
  readonly #handles: Handles;
  readonly #settled: SettledNamespaces;
  readonly #warn: Warn;
  #groups: ControlGroups | null = null;

  /** @param wanted IPv4 settings that namespaces begin with; by default the kernel's own. */
  constructor(root: string, { wanted, warn = noWarning }: { wanted?: Values; warn?: Warn } = {}) {
    this.#layout = layoutOf(root);
    this.#warn = warn;
    this.#handles = new Handles(this.#layout.handles, warn);
    this.#settled = new SettledNamespaces(wanted);
  }

  /** Once, before the first machine: directories, the skeleton, and the machines of an earlier daemon. */
  async adopt(): Promise<Machine[]> {
    void keepStarter();
    keepServer();
    await mkdir(this.#layout.root, { recursive: true });
    // A machine's root, nobody to the VM, reads the skeleton; everything secret has a mode of its own.
    await chmod(this.#layout.root, 0o755);
    await mkdir(this.#layout.records, { recursive: true, mode: 0o700 });
    await mkdir(this.#layout.mountpoint, { recursive: true, mode: 0o755 });
    await buildSkeleton(this.#layout.skeleton);
    const living = await sweep(this.#layout, this.#warn);
    this.#groups = await ControlGroups.open(this.#layout.root);
    await this.#groups?.sweep(new Set(living.map(({ uidBase }) => uidBase)));
    for (const { pid, uidBase } of living) enterIn(pid, (await this.#groups?.adopt(uidBase)) ?? null);
    const machines = living.map(({ id, uidBase, pid, startTime }) =>
      this.#machine(id, uidBase, { pid, startTime }),
    );
    await this.#handles.adopt(machines);
    return machines;
  }

  lacks(features: readonly string[]): Promise<string[]> {
    return missingFeatures(features);
  }

  async create(id: string, size: MachineSize = usualSize): Promise<Machine> {
    const uidBase = await takeUidBase(this.#layout.root);
    try {
      await writeRecord(this.#layout.records, { id, uidBase, pid: null, startTime: null });
      const group = (await this.#groups?.create(uidBase)) ?? null;
      const settings = settingsScript(this.#settled.settings());
      const made = await makeMachine(this.#layout, uidBase, hostname, group, settings);
      await writeRecord(this.#layout.records, { id, uidBase, ...made });
      enterIn(made.pid, group);
      const machine = this.#machine(id, uidBase, made);
      keepReporter();
      if (!isUsual(size)) await machine.grow(size);
      return machine;
    } catch (error) {
      await this.#forget(id, uidBase);
      throw error;
    }
  }

  /** It keeps no machine. */
  async rest(): Promise<void> {
    await this.#groups?.rest();
  }

  #machine(
    id: string,
    uidBase: number,
    { pid, startTime }: { pid: number; startTime: string },
  ): KernelMachine {
    this.#settled.add(pid);
    return new KernelMachine(id, pid, startTime, {
      handles: this.#handles,
      settled: () => this.#settled.wait(pid),
      settings: () => settingsFiles(this.#settled.settings()),
      limit: async ({ memory }) => this.#groups?.limitMemory(uidBase, memory),
      removed: () => this.#forget(id, uidBase, pid),
    });
  }

  async #forget(id: string, uidBase: number, pid?: number): Promise<void> {
    await this.#handles.conceal(id);
    if (pid !== undefined) {
      enterIn(pid, null);
      this.#settled.remove(pid);
    }
    await this.#groups?.remove(uidBase);
    // A range with a process in it stays taken: the next machine would share its users with that process.
    if (await endRange(uidBase)) await giveBackUidBase(uidBase);
    await removeRecord(this.#layout.records, id);
  }
}
