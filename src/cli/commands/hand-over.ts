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
  const { main } = await import(new URL('src/main.ts', root()).href);
  return main(argv);
}
