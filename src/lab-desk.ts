import { withEngine } from './core/lab/cluster-engine.ts';
import type { ClusterEngine, Lab } from './core/lab/lab.ts';
import type { Track } from './core/lab/track.ts';
import type { Machines } from './core/ports.ts';
import type { BrokenLab, LabControl, Problem, TestPart, TestReport } from './core/session/control.ts';
import type { Library } from './library/library.ts';
import { LintThread } from './library/lint-thread.ts';
import { bothRounds, testLab } from './session/acceptance/test-lab.ts';

/** Answers clients' requests about labs, from the library and by acceptance runs. */
export class LabDesk implements LabControl {
  readonly #library: Library;
  readonly #machines: Machines;
  readonly #lintThread = new LintThread();

  constructor(library: Library, machines: Machines) {
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
    const { lab, problems } = await this.#lintThread.read({ files, track: 'unfiled', whole });
    return [...problems, ...(lab === null ? [] : this.#library.misplaced(lab))];
  }

  test(
    lab: string,
    progress: (done: number, total: number, part: TestPart) => void,
    stop: { readonly aborted: boolean },
    engine: ClusterEngine = 'small',
  ): Promise<TestReport> {
    const tried = withEngine(this.#library.get(lab), engine);
    return testLab(tried, this.#machines, progress, stop, engine === 'real' ? [1] : bothRounds);
  }
}
