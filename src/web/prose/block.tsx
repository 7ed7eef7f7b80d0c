import type { Block as Parsed } from '../../core/text/markdown.ts';
import { Inline } from './inline.tsx';

/** A block of prose that is not typed anywhere. */
export function Block({ block, open }: { block: Parsed; open?: ((node: string) => void) | undefined }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inline parts={block.text} open={open} />
        </p>
      );
    case 'heading':
      return (
        <h4>
          <Inline parts={block.text} />
        </h4>
      );
    case 'quote':
      return (
        <blockquote>
          <Inline parts={block.text} open={open} />
        </blockquote>
      );
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <pre className="prose-output" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
        <li key={index}>
          <Inline parts={item} open={open} />
        </li>
      ));
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return <Table head={block.head} rows={block.rows} />;
  }
}

function Table({ head, rows }: Pick<Extract<Parsed, { kind: 'table' }>, 'head' | 'rows'>) {
  const cell = (parts: Parameters<typeof Inline>[0]['parts']) => <Inline parts={parts} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="prose-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((parts, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
              <th key={column}>{cell(parts)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
            <tr key={line}>
              {row.map((parts, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
                <td key={column}>{cell(parts)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
