import type { Finding } from './core/ports.ts';

const marks = { ok: 'ok', missing: 'MISSING', warning: 'warning', info: 'info', unseen: '?' } as const;

/** One aligned row per finding; a missing one has its cure. */
export function findingsTable(findings: readonly Finding[]): string {
  const width = (of: (finding: Finding) => string) =>
    Math.max(...findings.map((finding) => of(finding).length));
  const columns = [
    width(({ area }) => area),
    width(({ name }) => name),
    width(({ status }) => marks[status]),
  ];
  const rows = findings.map(({ area, name, status, required, detail, cure }) => {
    const cells = [area, name, marks[status]].map((cell, index) => cell.padEnd(columns[index] ?? 0));
    const need = status === 'missing' ? (required ? ' (required)' : ' (optional)') : '';
    return `${cells.join('  ')}  ${detail}${need}${cure === null ? '' : `; ${cure}`}`;
  });
  return `${rows.join('\n')}\n`;
}
