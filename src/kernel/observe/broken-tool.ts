import type { Ran } from '../../core/ports.ts';

/** What each part looks like when its program works; an empty part says that there is nothing of the kind. */
const forms: [part: string, tool: string, form: RegExp, needed: boolean][] = [
  ['ip', 'ip', /^(\[.*)?$/, true],
  ['rules4', 'iptables-save', /^([#*:[-].*|COMMIT)?$/, false],
  ['rules6', 'ip6tables-save', /^([#*:[-].*|COMMIT)?$/, false],
  ['legacy4', 'iptables-legacy-save', /^([#*:[-].*|COMMIT)?$/, false],
  ['legacy6', 'ip6tables-legacy-save', /^([#*:[-].*|COMMIT)?$/, false],
  ['fdb', 'bridge', /^(\[.*)?$/, false],
  ['policies6', 'ip', /^(\[.*)?$/, false],
  ['listeners', 'ss', /^((tcp|udp)\s.*)?$/, false],
  // No device's name has a colon.
  ['sysctls', 'grep', /^([^\s:]+:.*)?$/, true],
];

/** The first program that did not do its work while the machine was observed; null where all did. */
export function brokenTool(
  ran: Ran,
  parts: ReadonlyMap<string, string>,
  nodes: readonly string[],
): string | null {
  const told = [...parts.keys()].find((key) => key.startsWith('broken '));
  if (told !== undefined) return told.replace('broken ', '');
  if (!ran.stdout.endsWith('@end\n')) return 'sh';
  for (const node of nodes) {
    for (const [part, tool, form, needed] of forms) {
      const text = parts.get(`${part} ${node}`) ?? '';
      const lines = text.split('\n');
      if ((needed && text.trim() === '') || !lines.every((line) => form.test(line))) return tool;
    }
  }
  return null;
}
