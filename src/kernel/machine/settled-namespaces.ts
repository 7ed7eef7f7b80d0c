import { inheritedValues, type Setting, settingsOf, type Values } from './settings.ts';
import { Settler } from './settler.ts';

/** Milliseconds before a process that has ended is begun again. */
const pause = 100;

/**
 * Keeps the namespaces that learners make at the settings of hoplab's own. No process runs while the VM gives
 * namespaces nothing else anyway, or there is no machine.
 */
export class SettledNamespaces {
  readonly #wanted: Values | undefined;
  readonly #machines = new Set<number>();
  #settler: Settler | null = null;
  #settings: Setting[] = [];

  constructor(wanted: Values | undefined) {
    this.#wanted = wanted;
  }

  /** The settings that a new namespace must get now. */
  settings(): Setting[] {
    return settingsOf(inheritedValues(), this.#wanted);
  }

  add(pid: number): void {
    this.#machines.add(pid);
    const settings = this.settings();
    if (JSON.stringify(settings) !== JSON.stringify(this.#settings)) this.#begin(settings);
    else this.#settler?.add(pid);
  }

  remove(pid: number): void {
    this.#machines.delete(pid);
    this.#settler?.remove(pid);
    if (this.#machines.size === 0) this.#begin([]);
  }

  /** Resolves when the namespaces that are there have their settings. */
  async wait(pid: number): Promise<void> {
    if (this.#settler?.alive === false) this.#begin(this.#settings);
    await this.#settler?.settled(pid);
  }

  #begin(settings: Setting[]): void {
    this.#settler?.end();
    this.#settings = settings;
    this.#settler = settings.length === 0 ? null : new Settler(settings, () => this.#again());
    for (const pid of this.#machines) this.#settler?.add(pid);
  }

  /** One that was ended is followed by another at once, but not by one after the other. */
  #again(): void {
    setTimeout(() => {
      if (this.#settler?.alive === false) this.#begin(this.#settings);
    }, pause).unref();
  }
}
