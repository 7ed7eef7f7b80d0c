import type { ReactNode } from 'react';
import { WholeWords } from '../parts/whole-words.tsx';
import { useColours } from '../topology/colour.ts';
import { useWords } from '../words/use-words.ts';
import type { Command } from './commands.ts';

interface Props {
  commands: Command[];
  /** How the checks stand that belong to the block: in its head. */
  marks?: ReactNode;
  type(node: string, run: string): void;
}

/** Commands of the text: a click types one into the terminal of its node. */
export function CommandBlock({ commands, marks = null, type }: Props) {
  const { words } = useWords();
  const colourOf = useColours();
  return (
    <ul className="commands">
      {commands.map(({ node, run }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
        <li key={index} className={`command ${colourOf(node)}`}>
          {index === 0 || commands[index - 1]?.node !== node ? (
            <span className="command-head">
              <span className="command-node">{node}</span>
              {index === 0 && marks}
            </span>
          ) : null}
          <button type="button" title={words.prose.run(node)} onClick={() => type(node, run)}>
            <code>
              <WholeWords of={run} />
            </code>
            <svg viewBox="0 0 16 16" role="img" aria-label={words.prose.run(node)}>
              <path d="M13 3v5H4M7 5L4 8l3 3" />
            </svg>
          </button>
        </li>
      ))}
    </ul>
  );
}
