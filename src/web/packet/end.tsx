import { Fragment, useState } from 'react';
import { endpointOf, type Path } from '../../core/picture/events.ts';
import { parseMarkdown } from '../../core/text/markdown.ts';
import { Block } from '../prose/block.tsx';
import { CommandBlock } from '../prose/command-block.tsx';
import { useWords } from '../words/use-words.ts';

interface Props {
  path: Path;
  type(node: string, run: string): void;
}

type Cure = Path['end']['cure'];

/** Each way to cure with its commands. */
function choices(cure: Cure): Cure[] {
  const starts = cure.flatMap(({ or }, index) => (or || index === 0 ? [index] : []));
  return starts.map((start, index) => cure.slice(start, starts[index + 1]));
}

/** The end of the path, and the ends of a proxy's requests to others. */
export function PacketEnd({ path, type }: Props) {
  const { words } = useWords();
  return (
    <>
      <OneEnd path={path} type={type} />
      {path.upstream.map((each) => (
        <Fragment key={each.packets[0]?.number}>
          <p className="packet-opens">{words.packet.upstream(each.program, each.from, endpointOf(each))}</p>
          <OneEnd path={{ end: each.end, gaps: [] }} type={type} />
        </Fragment>
      ))}
    </>
  );
}

/** The end with its reason, and the gaps; the hints to it come one by one, the commands last. */
function OneEnd({ path: { end, gaps }, type }: { path: Pick<Path, 'end' | 'gaps'>; type: Props['type'] }) {
  const { words, language } = useWords();
  const [given, setGiven] = useState(0);
  const rungs = end.hints.length + (end.cure.length > 0 ? 1 : 0);
  return (
    <section
      className={`packet-end packet-end-${end.kind !== 'delivered' ? 'bad' : end.reason === null ? 'good' : 'odd'}`}
      role="status"
      aria-label={words.packet.end}
    >
      <p>{end.text[language]}</p>
      {gaps.map(({ code, node, text }) => (
        <p key={`${code} ${node}`} className="packet-gap">
          {text[language]}
        </p>
      ))}
      {end.hints.slice(0, given).map((hint, index) => (
        <div key={hint.en} className="packet-hint">
          <h4>{words.checks.rung(index + 1, rungs)}</h4>
          {parseMarkdown(hint[language]).map((block, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
            <Block key={at} block={block} />
          ))}
        </div>
      ))}
      {given === rungs && end.cure.length > 0 && (
        <div className="packet-hint">
          <h4>{words.packet.cure}</h4>
          {choices(end.cure).map((choice, index) => (
            <Fragment key={choice[0]?.run}>
              {index > 0 && <p className="quiet">{words.packet.or}</p>}
              <CommandBlock commands={choice.map(({ on, run }) => ({ node: on, run }))} type={type} />
            </Fragment>
          ))}
        </div>
      )}
      {given < rungs && (
        <button type="button" className="small" onClick={() => setGiven(given + 1)}>
          {given === 0 ? words.checks.hint : words.checks.more}
        </button>
      )}
    </section>
  );
}
