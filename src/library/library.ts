import { basename, join } from 'node:path';
import { HoplabError } from '../core/errors.ts';
import type { Lab } from '../core/lab/lab.ts';
import { inOrder, prerequisiteProblems, type Track, untitled } from '../core/lab/track.ts';
import type { BrokenLab, Problem } from '../core/session/control.ts';
import { lateReadingAgain } from '../core/text/lab-limits.ts';
import { nearest, suggestion } from '../core/text/nearest.ts';
import { said } from '../core/text/said.ts';
import { type Bounded, labWithin, trackWithin } from './bounded-read.ts';
import { directoriesIn, filesOf, labFileNames, stampOf } from './files.ts';
import { ForeignReader } from './foreign-reader.ts';
import type { KeptReadings, Readings } from './kept-readings.ts';
import { fileProblem, problemAt } from './problem.ts';
import type { LabFiles, ReadLab } from './read.ts';
import type { ReadingLimits } from './reading-thread.ts';
import { type ReadTrack, trackProblem } from './tracks.ts';

/** The labs that come with hoplab are whole in every language; another author's may begin in one. */
const shipped = join(import.meta.dirname, '..', '..', 'labs');

type Read = ReadLab & { id: string };
interface FoundTrack extends ReadTrack {
  name: string;
  root: string;
  labs: { directory: string; read: Read }[];
}

/** The labs of some directories, each laid out as `<track>/<lab>/lab.yaml`, with a `track.yaml` beside the labs. */
export class Library {
  readonly #roots: readonly string[];
  readonly #kept: KeptReadings | null;
  readonly #foreign: ForeignReader;
  #read: Readings = new Map();
  /** Something was read since they were kept. */
  #isNew = false;
  #labs: ReadonlyMap<string, Lab> = new Map();
  #refreshing: Promise<void> = Promise.resolve();
  tracks: Track[] = [];
  /** The labs and tracks with errors; such a lab cannot be started. */
  broken: readonly BrokenLab[] = [];

  private constructor(roots: readonly string[], kept: KeptReadings | null, limits?: ReadingLimits) {
    this.#roots = roots;
    this.#foreign = new ForeignReader(limits);
    this.#kept = kept;
  }

  /**
   * Rejects with `labs-directory-missing`.
   * @param kept where an earlier daemon has left what it read, and this one leaves it for the next
   * @param limits for each lab and track that is none of hoplab's own
   */
  static async read(
    roots: readonly string[],
    kept: KeptReadings | null = null,
    limits?: ReadingLimits,
  ): Promise<Library> {
    const library = new Library(roots, kept, limits);
    library.#read = (await kept?.take()) ?? new Map();
    await library.refresh();
    return library;
  }

  /** Looks at the directories again: files that were edited since are read, and no others. */
  refresh(): Promise<void> {
    const next = this.#refreshing.then(() => this.#look());
    this.#refreshing = next.catch(() => {});
    return next;
  }

  async #look(): Promise<void> {
    const tracks: FoundTrack[] = [];
    this.#foreign.begin();
    for (const root of this.#roots)
      for (const name of await directoriesIn(root)) {
        const read = await this.#readTrack(root, name);
        if (read !== null) tracks.push(read);
      }
    this.#takeIn(tracks);
    if (this.#isNew) await this.#kept?.keep(this.#read);
    this.#isNew = false;
  }

  async #readTrack(root: string, name: string): Promise<FoundTrack | null> {
    const place = join(root, name);
    const labs: FoundTrack['labs'] = [];
    for (const lab of await directoriesIn(place)) {
      const directory = join(place, lab);
      const stamp = await stampOf(directory, labFileNames);
      if (stamp === null) continue;
      const read = await this.#once<Read>(directory, stamp, async () => {
        const { files, problems } = await filesOf(directory, labFileNames);
        const id = idIn(files, directory);
        if (problems.length > 0) return { lab: null, problems, id };
        return { ...(await this.#labOf(files, name, root)), id };
      });
      labs.push({ directory, read });
    }
    const stamp = (await stampOf(place, ['track.yaml'])) ?? '';
    const { track, problems } = await this.#once(place, stamp, () => this.#trackIn(root, name));
    return labs.length === 0 && stamp === '' ? null : { name, root, track, problems, labs };
  }

  /** hoplab's own are read without a limit on time. */
  async #labOf(files: LabFiles, track: string, root: string): Promise<Bounded<ReadLab>> {
    return root === shipped ? labWithin(files, track, true, null) : this.#foreign.lab(files, track);
  }

  async #trackIn(root: string, name: string): Promise<Bounded<ReadTrack>> {
    const { files, problems } = await filesOf(join(root, name), ['track.yaml']);
    const text = files['track.yaml'];
    if (text === undefined) return { track: untitled(name), problems };
    return root === shipped ? trackWithin(text, name, null) : this.#foreign.track(text, name);
  }

  async #once<T>(directory: string, stamp: string, read: () => Promise<Bounded<T>>): Promise<T> {
    const known = this.#read.get(directory);
    const isDue = known?.again !== undefined && performance.now() >= known.again;
    if (known?.stamp === stamp && !isDue) return known.read as T;
    const { late, ...found } = await read();
    const again = late === true ? { again: performance.now() + lateReadingAgain } : {};
    this.#read.set(directory, { stamp, read: found, ...again });
    this.#isNew = true;
    return found as T;
  }

  #takeIn(all: readonly FoundTrack[]): void {
    const labs = new Map<string, Lab>();
    const tracks: Track[] = [];
    const broken: BrokenLab[] = [];
    for (const { name, root, track, problems: wrong, labs: found } of all) {
      if (found.length > 0 && !tracks.some(({ id }) => id === name)) tracks.push(track);
      for (const { directory, read } of found) {
        const { lab, id } = read;
        const problems = lab !== null && labs.has(id) ? [takenId(id)] : read.problems;
        if (lab === null || labs.has(id)) broken.push({ id, track: name, directory, problems });
        else labs.set(id, lab);
      }
      const here = found.map(({ directory }) => basename(directory));
      const nowhere = track.labs.filter((id) => !here.includes(id) && labs.get(id)?.track !== name);
      const missing = nowhere.map((id) =>
        trackProblem(said('no-lab', { lab: id, near: nearest(id, here) ?? '' })),
      );
      if (wrong.length + missing.length > 0)
        broken.push({ id: null, track: name, directory: join(root, name), problems: [...wrong, ...missing] });
    }
    tracks.sort((one, other) => (one.order === other.order ? 0 : one.order - other.order));
    this.tracks = tracks;
    this.#labs = new Map(inOrder([...labs.values()], tracks).map((lab) => [lab.id, lab]));
    const unplaced = this.list().flatMap((lab): BrokenLab[] => {
      const problems = this.misplaced(lab);
      return problems.length === 0 ? [] : [{ id: null, track: lab.track, directory: lab.id, problems }];
    });
    this.broken = [...broken, ...unplaced];
  }

  /** In the order they are learnt in. */
  list(): Lab[] {
    return [...this.#labs.values()];
  }

  /** Problems with the lab's prerequisites; the lab itself can be done without them. */
  misplaced(lab: Lab): Problem[] {
    const known = new Map(this.list().map(({ id, prerequisites }) => [id, prerequisites]));
    const place = { file: 'lab.yaml', line: null, column: null, field: 'prerequisites' };
    return prerequisiteProblems(lab, known).map((each) => problemAt(place, each));
  }

  /** @throws `lab-not-found`, and `lab-broken` with its problems */
  get(id: string): Lab {
    const lab = this.#labs.get(id);
    if (lab) return lab;
    const wrong = this.broken.find((each) => each.id === id);
    if (wrong) {
      const { directory, problems } = wrong;
      const errors = problems.filter(({ severity }) => severity === 'error');
      const [first] = errors;
      const place = [first?.file, first?.line, first?.column].filter((part) => part != null).join(':');
      const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
      throw new HoplabError(
        'lab-broken',
        `lab ${id} has errors: ${place}: ${first?.message}${more}; see hoplab lint ${directory}`,
        { lab: id, directory, problems },
      );
    }
    const known = [...this.#labs.keys()];
    throw new HoplabError('lab-not-found', `there is no lab ${id}${suggestion(id, known)}`, {
      lab: id,
      known,
    });
  }
}

/** The id that a lab gives itself, also where it cannot be read. */
const idIn = (files: Record<string, string>, directory: string): string =>
  /^id: *["']?([a-z0-9-]+)/m.exec(files['lab.yaml'] ?? '')?.[1] ?? basename(directory);

const takenId = (id: string): Problem => ({
  ...fileProblem('lab.yaml', said('lab-id-taken', { id })),
  field: 'id',
});
