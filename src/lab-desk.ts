import { HoplabError } from './core/errors.ts';
import { wrongArgument } from './core/explain/wrong-argument.ts';
import { withEngine } from './core/lab/cluster-engine.ts';
import type { ClusterEngine, Lab } from './core/lab/lab.ts';
import type { Track } from './core/lab/track.ts';
import { ownTrack } from './core/play/playground.ts';
import type { Machines } from './core/ports.ts';
import type {
  BrokenLab,
  ExportedNetwork,
  LabControl,
  NetworkFormat,
  OneSession,
  Problem,
  TestPart,
  TestReport,
} from './core/session/control.ts';
import { said } from './core/text/said.ts';
import type { Library } from './library/library.ts';
import type { OwnLabs } from './library/own-labs.ts';
import { ReadingThread } from './library/reading-thread.ts';
import { exportNetwork } from './network-export.ts';
import { RunTurns } from './session/acceptance/run-turns.ts';
import { bothRounds, testLab } from './session/acceptance/test-lab.ts';
import { asker } from './session/asker.ts';

/** Answers clients' requests about labs, from the library and by acceptance runs. */
export class LabDesk implements LabControl {
  readonly #library: Library;
  readonly #machines: Machines;
  readonly #lintThread = new ReadingThread();
  readonly #runs = new RunTurns();

  readonly #own: OwnLabs;

  constructor(library: Library, machines: Machines, own: OwnLabs) {
    this.#own = own;
    this.#library = library;
    this.#machines = machines;
  }

  refresh(): Promise<void> {
    return this.#library.refresh();
  }

  broken(): readonly BrokenLab[] {
    return this.#library.broken;
  }

  list(): Lab[] {
    return this.#library.list();
  }

  tracks(): Track[] {
    return this.#library.tracks;
  }

  get(lab: string): Lab {
    return this.#library.get(lab);
  }

  async lint(files: Record<string, string>, whole: boolean): Promise<Problem[]> {
    const { lab, problems } = await this.#lintThread.lab(
      { files, track: 'unfiled', whole },
      asker.getStore(),
    );
    return [...problems, ...(lab === null ? [] : this.#library.misplaced(lab))];
  }

  export(session: OneSession, asked: NetworkFormat): Promise<ExportedNetwork> {
    return exportNetwork(session, asked);
  }

  async save(files: Record<string, string>): Promise<string> {
    const { lab, problems } = await this.#lintThread.lab(
      { files, track: 'own', whole: false },
      asker.getStore(),
    );
    if (lab === null)
      throw new HoplabError('lab-broken', 'the lab has errors; it is not kept', { lab: null, problems });
    const taken = this.#library.list().some(({ id, track }) => id === lab.id && track !== ownTrack);
    if (taken) throw wrongArgument(said('lab-id-taken', { id: lab.id }), { name: 'id', value: lab.id });
    await this.#own.keep(lab.id, files);
    await this.#library.refresh();
    return lab.id;
  }

  async delete(id: string): Promise<void> {
    if (!(await this.#own.remove(id))) {
      this.#library.get(id);
      throw wrongArgument(said('lab-not-saved-here', { id }), { name: 'lab', value: id });
    }
    await this.#library.refresh();
  }

  test(
    lab: string,
    progress: (done: number, total: number, part: TestPart) => void,
    stop: { readonly aborted: boolean },
    engine: ClusterEngine = 'small',
  ): Promise<TestReport> {
    const tried = withEngine(this.#library.get(lab), engine);
    return this.#runs.take(stop, () =>
      testLab(tried, this.#machines, progress, stop, engine === 'real' ? [1] : bothRounds),
    );
  }
}
