import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
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

  private constructor(root: string) {
    this.root = root;
  }

  static async in(root: string): Promise<OwnLabs> {
    await mkdir(join(root, ownTrack), { recursive: true });
    return new OwnLabs(root);
  }

  /** The id is one, so it is no path. What is not a file of a lab is not written. */
  async keep(id: string, files: LabFiles): Promise<void> {
    const track = join(this.root, ownTrack);
    // No track: it has no lab in it.
    const fresh = join(this.root, '.new');
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh);
    for (const name of labFileNames) {
      const text = files[name];
      if (text !== undefined) await writeFile(join(fresh, name), text);
    }
    await rm(join(track, id), { recursive: true, force: true });
    await rename(fresh, join(track, id));
    const labs = await directoriesIn(track);
    await writeFile(join(track, 'track.yaml'), stringify({ title, order: 10, labs }));
  }
}
