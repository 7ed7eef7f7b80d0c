import { readFileSync } from 'node:fs';

export interface Command {
  code: number;
  words: string[];
  input: string | undefined;
  expected: RegExp;
  line: string;
}

export function commands(): Command[] {
  const text = readFileSync(new URL('commands.txt', import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => /^[01] /.test(line))
    .map((line) => {
      const [typed = '', expected = ''] = line.slice(2).split(' => ');
      const input = / <([\w-]+)$/.exec(typed)?.[1];
      const bare = typed.replace(/ <[\w-]+$/, '');
      const words = [...bare.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
      return { code: Number(line[0]), words, input, expected: new RegExp(expected), line: typed };
    });
}
