import type { Path } from '../../core/picture/events.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  nodes: string[];
  guess(where: string): void;
}

/** A question before the path appears: where will it end? '' stands for a reply that comes back. */
export function Prediction({ nodes, guess }: Props) {
  const { words } = useWords();
  const { packet } = words;
  return (
    <fieldset className="prediction">
      <legend>{packet.question}</legend>
      <div className="buttons">
        <button type="button" onClick={() => guess('')}>
          {packet.comesBack}
        </button>
        {nodes.map((node) => (
          <button key={node} type="button" onClick={() => guess(node)}>
            {packet.endsAt(node)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function guessedRight(guess: string, { end }: Path): boolean {
  return end.kind === 'delivered' ? guess === '' : guess === end.node;
}
