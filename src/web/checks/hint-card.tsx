import { Fragment, type RefObject, useEffect, useRef } from 'react';
import { parseMarkdown } from '../../core/text/markdown.ts';
import { Block } from '../prose/block.tsx';
import { CommandBlock } from '../prose/command-block.tsx';
import type { Hint } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';

/** One rung of the ladder; the last one is a command, and can be typed like those of the text. */
export function HintCard({ hint, type }: { hint: Hint | 'none'; type(node: string, run: string): void }) {
  const { words, language } = useWords();
  const card = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new rung is brought into view.
  useEffect(() => {
    // Not returned: a newer browser makes it a promise.
    void card.current?.scrollIntoView({ block: 'nearest' });
  }, [hint]);
  if (hint === 'none') {
    return (
      <p className="hint" role="status" ref={card as RefObject<HTMLParagraphElement>}>
        {words.checks.noHint}
      </p>
    );
  }
  const text = hint.text[language];
  return (
    <section className="hint" role="status" ref={card}>
      <h5>{words.checks.rung(hint.rung, hint.rungs)}</h5>
      {hint.rung === 4
        ? waysOf(text).map(({ head, commands }) => (
            <Fragment key={JSON.stringify(commands)}>
              <p>{head}</p>
              <CommandBlock commands={commands} type={type} />
            </Fragment>
          ))
        : parseMarkdown(text).map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
            <Block key={index} block={block} />
          ))}
    </section>
  );
}

/** The last rung's lines, `NODE # COMMAND`; a block for each way, under its heading. */
function waysOf(text: string): { head: string; commands: { node: string; run: string }[] }[] {
  return text.split(/^# /m).flatMap((way) => {
    const [head = '', ...lines] = way.trimEnd().split('\n');
    const commands = lines.map((line) => {
      const [, node = 'host', run = line] = /^(\S+) # (.*)$/.exec(line) ?? [];
      return { node, run };
    });
    return commands.length === 0 ? [] : [{ head, commands }];
  });
}
