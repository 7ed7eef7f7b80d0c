import { type Launched, launch } from './launch.ts';
import { launchKept, starterSocket } from './launch-kept.ts';

/** Starts argv, whose input is given whole: by the process that starts programs, and where there is none by this one. */
export function begin(argv: readonly string[], input: string | null = null): Launched {
  const starter = starterSocket();
  return starter === null ? launch(argv, { input, cleanup: true }) : launchKept(starter, argv, { input });
}
