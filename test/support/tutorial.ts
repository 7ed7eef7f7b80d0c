import { readFileSync } from 'node:fs';

/** A fence of the tutorial: a file to write, commands to type, or what they print. */
interface TutorialFence {
  language: string;
  /** The file that it is, or whose end it becomes (`appended`). */
  file: string | null;
  appended: boolean;
  text: string;
}

/** The fences of the tutorial in labs/README.md, in order. */
export function tutorialFences(): TutorialFence[] {
  const readme = readFileSync(new URL('../../labs/README.md', import.meta.url), 'utf8');
  const tutorial = readme.slice(readme.indexOf('\n# Tutorial'), readme.indexOf('\n# Reference'));
  const fence = /^(`{3,})(\w+)(?: (title|append)=(\S+))?\n([\s\S]*?)^\1$/gm;
  return [...tutorial.matchAll(fence)].map(([, , language = '', how, file = null, text = '']) => ({
    ...{ language, file, text },
    appended: how === 'append',
  }));
}
