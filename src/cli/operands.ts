/** Options of every command that take a value; it is not the command. */
const valued = new Set(['--lang', '--session', '--url']);

/** Places of the words that are neither options nor their values, up to `--`: the command and its arguments. */
function operandsOf(argv: readonly string[]): number[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  return argv
    .slice(0, end)
    .flatMap((word, place) => (word.startsWith('-') || valued.has(argv[place - 1] ?? '') ? [] : [place]));
}

/** The place of the command's name; -1 where there is none. */
export function commandPlace(argv: readonly string[]): number {
  return operandsOf(argv)[0] ?? -1;
}

/**
 * `exec NODE COMMAND...`: the words after the node are the command's own, as if `--` stood in front of it.
 */
export function withCommandApart(argv: string[]): string[] {
  const [command, , inside] = operandsOf(argv);
  if (command === undefined || argv[command] !== 'exec' || inside === undefined) return argv;
  return argv.toSpliced(inside, 0, '--');
}
