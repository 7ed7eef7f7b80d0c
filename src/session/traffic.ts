import type { ChangeKind } from '../core/check/changes.ts';
import type { Machine, MachineSampler } from '../core/ports.ts';
import type { Observation } from '../core/state/observation.ts';
import type { Flow, TrafficNews } from '../core/traffic/flow.ts';
import { patience } from '../core/traffic/progress.ts';
import { type Sample, Traffic } from '../core/traffic/traffic.ts';

type Watcher = (news: TrafficNews) => void;
type Follow = (changed: (kinds: ChangeKind[]) => void) => () => void;

/** Changes after which a node has other interfaces or addresses. */
const telling: readonly ChangeKind[] = ['nodes', 'links', 'addresses'];

/** The live traffic of a session's machine. Samples it only while somebody watches. */
export class LiveTraffic {
  readonly #machine: () => Machine | null;
  readonly #follow: Follow;
  #unfollow: () => void = () => {};
  readonly #watchers = new Set<Watcher>();
  #watched: Machine | null = null;
  #sampler: MachineSampler | null = null;
  #traffic = new Traffic();
  /** Null where it has changed since. */
  #state: Promise<Observation> | null = null;
  #timer: NodeJS.Timeout | null = null;

  /**
   * @param machine the one the session is in, dead or alive
   * @param follow hears of every change in it, and of all kinds at once where it is another
   */
  constructor(machine: () => Machine | null, follow: Follow) {
    this.#machine = machine;
    this.#follow = follow;
  }

  /** The flows there are; `watcher` hears their news until `end`. */
  watch(watcher: Watcher): { flows: Flow[]; end: () => void } {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) {
      this.#begin();
      this.#unfollow = this.#follow((kinds) => this.#changed(kinds));
    }
    const end = () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      this.#unfollow();
      this.#end();
    };
    return { flows: this.#traffic.flows, end };
  }

  #begin(): void {
    const machine = this.#machine();
    this.#watched = machine;
    if (!machine?.alive()) return;
    const sampler = machine.sample({
      seen: (sample) => void this.#seen(machine, sample),
      ended: () => {
        if (this.#sampler === sampler) this.#end();
      },
    });
    this.#sampler = sampler;
  }

  #changed(kinds: readonly ChangeKind[]): void {
    if (this.#machine() !== this.#watched) {
      this.#end();
      this.#begin();
    }
    if (this.#sampler === null || !kinds.some((kind) => telling.includes(kind))) return;
    this.#state = null;
    if (kinds.includes('nodes')) this.#sampler.look();
  }

  #end(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    void this.#sampler?.stop();
    this.#sampler = null;
    this.#watched = null;
    this.#state = null;
    this.#traffic = new Traffic();
  }

  async #seen(machine: Machine, sample: Sample): Promise<void> {
    this.#state ??= machine.observe();
    const observation = await this.#state.catch(() => null);
    if (this.#watched !== machine) return;
    if (observation === null) {
      this.#state = null;
      return;
    }
    this.#tell(this.#traffic.take(sample, observation));
    this.#settleLater();
  }

  #settleLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const flows = this.#traffic.settle(Date.now());
      this.#tell({ flows, crossings: [] });
      if (this.#traffic.waits(Date.now())) this.#settleLater();
    }, patience);
  }

  #tell(news: TrafficNews): void {
    if (news.flows.length + news.crossings.length === 0) return;
    for (const watcher of this.#watchers) watcher(news);
  }
}
