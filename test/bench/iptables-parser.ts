/**
 * How fast saves are read and printed, beside the least any parser must do: split the text into words.
 * Run: node test/bench/iptables-parser.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import { equivalent, parseSave, type Rule, serializeSave } from 'iptables-parser-ts';

const RULES = 10_000;
const saves = new URL('../../src/iptables-parser-ts/test/corpus/saves/', import.meta.url);

/** The rules of the corpus's saves whose name begins so, over and over, as one table. */
function saveOf(prefix: string): string {
  const lines = readdirSync(saves)
    .filter((file) => file.startsWith(prefix))
    .flatMap((file) => readFileSync(new URL(file, saves), 'utf8').split('\n'))
    .filter((line) => /^(\[\d+:\d+\] )?-A /.test(line));
  const rules = Array.from({ length: RULES }, (_, i) => lines[i % lines.length]);
  return `*filter\n${rules.join('\n')}\nCOMMIT\n`;
}

/** The middle of several runs, in milliseconds. */
function median(run: () => unknown): number {
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[7] as number;
}

const perSecond = (ms: number): string =>
  Math.round((RULES / ms) * 1000)
    .toLocaleString('en')
    .padStart(9);

for (const prefix of ['kube-proxy', 'docker', 'extensions.ipv4', 'extensions.ipv6']) {
  const text = saveOf(prefix);
  const save = parseSave(text);
  const rules = save.tables[0]?.rules as Rule[];
  const words = median(() => text.split('\n').map((line) => line.split(' ')));
  const rows = {
    words,
    parse: median(() => parseSave(text)),
    serialize: median(() => serializeSave(save)),
    equivalent: median(() =>
      rules.filter((rule, i) => equivalent(rule, rules[(i + 1) % rules.length] as Rule)),
    ),
  };
  console.log(`${prefix}: ${RULES} rules, ${Math.round(text.length / 1024)} KiB`);
  for (const [name, ms] of Object.entries(rows)) {
    console.log(
      `  ${name.padEnd(11)}${perSecond(ms)} rules/s  ${ms.toFixed(1).padStart(6)} ms  ${(ms / words).toFixed(1)} x words`,
    );
  }
}
