import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { words } from '../core/explain/languages.ts';
import { inEachLanguage } from '../core/language.ts';
import { directoriesIn, labFileNames } from './files.ts';
import type { LabFiles } from './read.ts';

/** The track of the labs that a user has saved. */
export const ownTrack = 'own';

const title = inEachLanguage((language) => words[language].savedLab.track);

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
    const kept = this.#turn.then(() => this.#write(id, files));
    this.#turn = kept.catch(() => {});
    return kept;
  }

  /** Each file takes the place of the former one when it is whole: a kill or a full disk loses none. */
  async #write(id: string, files: LabFiles): Promise<void> {
    const track = join(this.root, ownTrack);
    const staging = await mkdtemp(`${this.root}-saving-`);
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
      const labs = await directoriesIn(track);
      await put(stringify({ title, order: 10, labs }), join(track, 'track.yaml'));
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }
}
