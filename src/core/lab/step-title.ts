import { inEachLanguage, type Text } from '../language.ts';
import type { Lab } from './lab.ts';

/** A step's heading in the prose; its id where it has none. */
export function stepTitle({ prose }: Pick<Lab, 'prose'>, step: string): Text {
  return inEachLanguage((language) => prose[language].steps[step]?.title ?? step);
}
