import { statSync } from 'node:fs';
import { commandPlace } from '../operands.ts';
import { root } from '../root.ts';

/** The commands that need no running daemon; main.ts reads their options. */
const handedOver = new Set(['daemon', 'doctor', 'schema']);

/** The command line as `main` wants it, the command first; null when it is for the parser here. */
export function handedOverArgv(argv: string[]): string[] | null {
  if (argv.includes('--help') || argv.includes('-h')) return null;
  const place = commandPlace(argv);
  const command = argv[place];
  if (command === undefined || !handedOver.has(command)) return null;
  return [command, ...argv.toSpliced(place, 1)];
}

/** Loaded only for these commands, so that no other one pays for the daemon's code. */
export async function handOver(argv: string[]): Promise<number> {
  const { main } = await import(daemonCode().href);
  return main(argv);
}

/** Its build beside a built command line, unless it is the older one: setup builds it after the command line. */
function daemonCode(): URL {
  const [built, sources] = [new URL('src/dist/main.js', root()), new URL('src/main.ts', root())];
  if (import.meta.filename.endsWith('.ts')) return sources;
  const from = statSync(built, { throwIfNoEntry: false });
  return from !== undefined && from.mtimeMs > statSync(import.meta.filename).mtimeMs ? built : sources;
}
