import { printCounters, serializeRule } from './stringify-rule.ts';
import type { Chain, Save, Table } from './tree.ts';

/** The save as text: byte for byte as it was read where the tree still says the same. */
export function serializeSave(save: Save): string {
  const lines: string[] = [];
  for (const table of save.tables) serializeTable(table, lines);
  const text = lines.join('') + (save.raws.after ?? '');
  return save.raws.unterminated && text.endsWith('\n') ? text.slice(0, -1) : text;
}

function serializeTable(table: Table, lines: string[]): void {
  const before = ({ raws }: { raws: { before?: string } }): string => raws.before ?? '';
  lines.push(before(table), written(table.raws, printTable(table)), '\n');
  let nextChain = 0;
  const chainsUpTo = (rules: number): void => {
    for (; nextChain < table.chains.length; nextChain++) {
      const chain = table.chains[nextChain] as Chain;
      if ((chain.raws.after ?? 0) > rules) return;
      lines.push(before(chain), written(chain.raws, printChain(chain)), '\n');
    }
  };
  for (const [index, rule] of table.rules.entries()) {
    chainsUpTo(index);
    lines.push(before(rule), serializeRule(rule), '\n');
  }
  chainsUpTo(Number.POSITIVE_INFINITY);
  lines.push(table.raws.end ?? '', table.raws.commit ?? 'COMMIT', '\n');
}

const written = (raws: { text?: string; printed?: string }, printed: string): string =>
  raws.text !== undefined && raws.printed === printed ? raws.text : printed;

export const printTable = (table: Table): string => `*${table.name}`;

export function printChain({ name, policy, counters }: Chain): string {
  return `:${name} ${policy ?? '-'}${counters ? ` ${printCounters(counters)}` : ''}`;
}
