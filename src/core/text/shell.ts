/** A line as a learner's shell takes it; `&` at its end lets it run on, detached from the shell. */
export function shellOf(run: string): string[] {
  const background = /^(.*[^&])&\s*$/s.exec(run)?.[1];
  if (background === undefined) return ['bash', '-c', run];
  return ['bash', '-c', `setsid bash -c ${quote(background)} </dev/null >/dev/null 2>&1 &`];
}

/** One word for a POSIX shell, with any content. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A line as sed(1) finds it. */
export function sedPattern(line: string): string {
  return line.replace(/[.*[\]^$/\\]/g, '\\$&');
}
