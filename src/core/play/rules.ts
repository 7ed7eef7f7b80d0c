import { quoted } from './quote.ts';

/** The output of iptables-save as commands; chains first, for rules may name them. */
export function ruleCommands(program: 'iptables' | 'ip6tables', saved: string): string[] {
  let table = 'filter';
  const chains: string[] = [];
  const rules: string[] = [];
  for (const line of saved.split('\n')) {
    const at = table === 'filter' ? program : `${program} -t ${quoted(table)}`;
    const [, chain = '', policy = ''] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (line.startsWith('*')) table = line.slice(1).trim();
    else if (policy === '-') chains.push(`${at} -N ${quoted(chain)}`);
    else if (policy !== '' && policy !== 'ACCEPT') rules.push(`${at} -P ${quoted(chain)} ${quoted(policy)}`);
    else if (line.startsWith('-A ')) rules.push(`${at} ${wordsOf(line).map(quoted).join(' ')}`);
  }
  return [...chains, ...rules];
}

/** iptables-save puts words with spaces into double quotes, and a backslash before a quote in them. */
function wordsOf(line: string): string[] {
  const words = line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g);
  return [...words].map(([, text, plain]) => text?.replace(/\\(.)/g, '$1') ?? plain ?? '');
}
