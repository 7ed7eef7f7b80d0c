import type { Step } from '../state/protocol-types.ts';
import type { Block, Inline } from './markdown.ts';

/** A command of the prose and the node it is for. */
export interface Command {
  run: string;
  node: string;
}

/**
 * For each block of a step: its commands, where it is one to type. The node is that of the solution's line that
 * reads the same; else the one the sentence before names ("On `red`:"); else that of the block before. Where the
 * solution has the line on several nodes, the sentence says which is meant.
 */
export function commandsOf(blocks: Block[], step: Step | undefined, nodes: string[]): (Command[] | null)[] {
  let node = nodes[0] ?? 'host';
  return blocks.map((block, index) => {
    if (block.kind !== 'code' || !['sh', 'bash', 'console'].includes(block.language)) return null;
    const lines = typed(block.text);
    const said = named(blocks[index - 1], nodes);
    const solvedOn = (run: string) => {
      const places = (step?.solution ?? []).filter((line) => line.run.trim() === run).map(({ on }) => on);
      return said !== null && places.includes(said) ? said : places[0];
    };
    node = lines.map(solvedOn).find((on) => on !== undefined) ?? said ?? node;
    return lines.map((run) => ({ run, node: solvedOn(run) ?? node }));
  });
}

/** What is typed at once: a line, with those that a backslash or a here-document joins to it. */
function typed(text: string): string[] {
  const commands: string[] = [];
  let until: string | null = null;
  let open = false;
  for (const line of text.split('\n')) {
    if (open) commands.push(`${commands.pop() ?? ''}\n${line}`);
    else if (line.trim() !== '') commands.push(line);
    if (until === null) until = /<<-?\s*['"]?(\w+)/.exec(line)?.[1] ?? null;
    else if (line.trim() === until) until = null;
    open = until !== null || line.endsWith('\\');
  }
  return commands.map((command) => command.trim());
}

/** The node that the last words before a block name, if they do. */
function named(block: Block | undefined, nodes: string[]): string | null {
  if (block?.kind !== 'paragraph') return null;
  const text = block.text.map((part: Inline) => part.text).join('');
  const shell = block.text.findLast(({ kind, text }) => kind === 'code' && /^hoplab shell( |$)/.test(text));
  if (shell?.text === 'hoplab shell') return 'host';
  const opened = nodes.find((node) => shell?.text === `hoplab shell ${node}`);
  if (opened) return opened;
  const last = text.split(/(?<=[.?!다요])\s+/).at(-1) ?? '';
  const match = /(?:^|\s)on (?:the )?(\S+?)(?:\s*\(.*\))?[:,]|([A-Za-z][\w-]*)에서/i.exec(last);
  const name = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  return nodes.find((node) => node.toLowerCase() === name) ?? null;
}
