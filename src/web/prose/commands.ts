import type { Block } from '../../core/text/markdown.ts';

/** A command of the prose and the node it is for. */
export interface Command {
  run: string;
  node: string;
}

/** For each block: its commands, where it is a fence to type, with the node that the fence names. */
export function commandsOf(blocks: readonly Block[]): (Command[] | null)[] {
  return blocks.map((block) => {
    if (block.kind !== 'code' || block.language !== 'sh' || block.node === null) return null;
    const { node } = block;
    return typed(block.text).map((run) => ({ run, node }));
  });
}

/**
 * The commands that are typed at once: a line, with those that a backslash or a here-document joins to it.
 */
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
