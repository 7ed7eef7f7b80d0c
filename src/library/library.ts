import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HoplabError } from '../core/errors.ts';
import type { Lab } from '../core/lab/lab.ts';
import { inOrder, prerequisiteProblems, type Track } from '../core/lab/track.ts';
import type { Problem } from '../core/session/control.ts';
import { suggestion } from '../core/text/nearest.ts';
import { type LabFiles, readLab } from './read.ts';
import { readTrack, trackProblem } from './tracks.ts';

/** A lab directory that could not be used, and why. */
interface BrokenLab {
  directory: string;
  problems: Problem[];
}

/** The labs of some directories, each laid out as `<track>/<lab>/lab.yaml`, with a `track.yaml` beside the labs. */
export class Library {
  readonly #labs: ReadonlyMap<string, Lab>;
  readonly tracks: Track[];
  readonly broken: readonly BrokenLab[];

  private constructor(labs: ReadonlyMap<string, Lab>, tracks: Track[], broken: readonly BrokenLab[]) {
    this.#labs = labs;
    this.tracks = tracks;
    this.broken = broken;
  }

  /** Rejects with `labs-directory-missing`; what is not sound is left out and listed in `broken`. */
  static async read(roots: readonly string[]): Promise<Library> {
    const labs = new Map<string, Lab>();
    const tracks: Track[] = [];
    const broken: BrokenLab[] = [];
    for (const root of roots) {
      for (const name of await directoriesIn(root)) {
        const { track, problems: wrong } = await readTrack(join(root, name));
        const found = await labDirectories(join(root, name));
        if (found.length > 0 && !tracks.some(({ id }) => id === name)) tracks.push(track);
        for (const directory of found) {
          const { lab, problems } = readLab(await filesOf(directory), name);
          if (lab === null) broken.push({ directory, problems });
          else if (labs.has(lab.id)) broken.push({ directory, problems: [takenId(lab.id)] });
          else labs.set(lab.id, lab);
        }
        const here = found.map((directory) => basename(directory));
        const nowhere = track.labs.filter((id) => !here.includes(id) && labs.get(id)?.track !== name);
        const said = nowhere.map((id) => trackProblem(`there is no lab ${id}${suggestion(id, here)}`));
        if (wrong.length + said.length > 0)
          broken.push({ directory: join(root, name), problems: [...wrong, ...said] });
      }
    }
    tracks.sort((one, other) => (one.order === other.order ? 0 : one.order - other.order));
    const library = new Library(
      new Map(inOrder([...labs.values()], tracks).map((lab) => [lab.id, lab])),
      tracks,
      broken,
    );
    const unplaced = library.list().flatMap((lab) => {
      const problems = library.misplaced(lab);
      return problems.length === 0 ? [] : [{ directory: lab.id, problems }];
    });
    return new Library(library.#labs, tracks, [...broken, ...unplaced]);
  }

  /** In the order they are learnt in. */
  list(): Lab[] {
    return [...this.#labs.values()];
  }

  /** What is wrong with the labs that are to come before it; the lab can be done without them. */
  misplaced(lab: Lab): Problem[] {
    const known = new Map(this.list().map(({ id, prerequisites }) => [id, prerequisites]));
    return prerequisiteProblems(lab, known).map((message) => ({
      ...{ file: 'lab.yaml', line: null, column: null, field: 'prerequisites' },
      ...{ message, severity: 'error' },
    }));
  }

  get(id: string): Lab {
    const lab = this.#labs.get(id);
    if (lab) return lab;
    const known = [...this.#labs.keys()];
    throw new HoplabError('lab-not-found', `there is no lab ${id}${suggestion(id, known)}`, {
      lab: id,
      known,
    });
  }
}

async function labDirectories(track: string): Promise<string[]> {
  const found: string[] = [];
  for (const lab of await directoriesIn(track)) {
    const directory = join(track, lab);
    if (await isFile(join(directory, 'lab.yaml'))) found.push(directory);
  }
  return found;
}

async function directoriesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new HoplabError(
      'labs-directory-missing',
      `cannot read the lab directory ${directory}: ${error.code}`,
      {
        directory,
      },
    );
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function filesOf(directory: string): Promise<LabFiles> {
  const files: LabFiles = {};
  for (const name of ['lab.yaml', 'en.md', 'ko.md']) {
    const text = await readFile(join(directory, name), 'utf8').catch(() => null);
    if (text !== null) files[name] = text;
  }
  return files;
}

const takenId = (id: string): Problem => ({
  file: 'lab.yaml',
  line: null,
  column: null,
  field: 'id',
  message: `another lab is called ${id}`,
  severity: 'error',
});
