import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { words } from '../core/explain/languages.ts';
import { wrongArgument } from '../core/explain/wrong-argument.ts';
import { inEachLanguage } from '../core/language.ts';
import { ownTrack } from '../core/play/playground.ts';
import { said } from '../core/text/said.ts';
import { directoriesIn, labFileNames } from './files.ts';
import type { LabFiles } from './read.ts';

const title = inEachLanguage((language) => words[language].savedLab.track);

/** Each takes room in HOPLAB_STATE, and its turn when labs are read. */
const most = 500;

/** Labs that a user has saved: a directory of labs like any other, which the daemon writes. */
export class OwnLabs {
  readonly root: string;
  #turn: Promise<void> = Promise.resolve();

  private constructor(root: string) {
    this.root = root;
  }

  static async in(root: string): Promise<OwnLabs> {
    await mkdir(join(root, ownTrack), { recursive: true });
    return new OwnLabs(root);
  }

  /** The id is one, so it is no path. What is not a file of a lab is not written. One after the other. */
  keep(id: string, files: LabFiles): Promise<void> {
    return this.#inTurn(() => this.#write(id, files));
  }

  /** False where no lab of that id was saved. */
  remove(id: string): Promise<boolean> {
    return this.#inTurn(() => this.#delete(id));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  /** Each file takes the place of the former one when it is whole: a kill or a full disk loses none. */
  async #write(id: string, files: LabFiles): Promise<void> {
    const track = join(this.root, ownTrack);
    const kept = await directoriesIn(track);
    if (kept.length >= most && !kept.includes(id))
      throw wrongArgument(said('labs-full', { most: String(most) }), { name: 'id', value: id });
    const staging = await this.#staging();
    const put = async (text: string, place: string) => {
      await writeFile(join(staging, 'file'), text);
      await rename(join(staging, 'file'), place);
    };
    try {
      await mkdir(join(track, id), { recursive: true });
      for (const name of labFileNames) {
        const text = files[name];
        if (text !== undefined) await put(text, join(track, id, name));
      }
      for (const name of labFileNames)
        if (files[name] === undefined) await rm(join(track, id, name), { force: true });
      await this.#list(staging);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  /** Out of the way by one rename: a kill leaves a whole lab, or none. */
  async #delete(id: string): Promise<boolean> {
    const track = join(this.root, ownTrack);
    if (!(await directoriesIn(track)).includes(id)) return false;
    const staging = await this.#staging();
    try {
      await rename(join(track, id), join(staging, 'lab'));
      await this.#list(staging);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
    return true;
  }

  #staging(): Promise<string> {
    return mkdtemp(`${this.root}-saving-`);
  }

  /** The order of the track: every lab there is. */
  async #list(staging: string): Promise<void> {
    const track = join(this.root, ownTrack);
    const labs = await directoriesIn(track);
    await writeFile(join(staging, 'track'), stringify({ title, order: 10, labs }));
    await rename(join(staging, 'track'), join(track, 'track.yaml'));
  }
}
