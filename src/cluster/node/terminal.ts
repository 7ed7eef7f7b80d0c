/** argv in a terminal of the container's own, made by script(1). A client's terminal does not echo: this one does. */
export function terminal(command: readonly string[]): string[] {
  const line = command.map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' ');
  return ['script', '--quiet', '--return', '--echo', 'always', '--command', line, '/dev/null'];
}
