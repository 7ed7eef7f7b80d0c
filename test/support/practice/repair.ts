import type { Line } from '../../../src/core/lab/lab.ts';
import type { MistakeReveal } from '../../../src/core/practice/mistake.ts';

/** The lines with which a learner repairs the mistake: the wrong line taken back, then the right one. */
export function repairOf({ lines }: Pick<MistakeReveal, 'lines'>): Line[] {
  const back = lines.flatMap(({ on, typed }) =>
    typed === null ? [] : takenBack(typed).map((run) => ({ on, run })),
  );
  return [...back, ...lines.map(({ on, meant }) => ({ on, run: meant }))];
}

function takenBack(typed: string): string[] {
  const written = /^echo '([^']*)' >> (\S+)$/.exec(typed);
  if (written) return [`sed -i '\\|^${written[1]}$|d' ${written[2]}`];
  for (const [done, undone] of inverses) if (done.test(typed)) return [typed.replace(done, undone)];
  return [];
}

const inverses: [RegExp, string][] = [
  [/ (addr|route) add /, ' $1 del '],
  [/(iptables .*)-A /, '$1-D '],
];
