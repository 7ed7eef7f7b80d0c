import { cardId, type Picture } from '../../core/picture/model.ts';
import type { NodeState, Observation } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';
import type { CardHands } from './card.tsx';
import { linesOf } from './table-lines.ts';

interface Props {
  picture: Picture;
  observation: Observation;
  fresh: ReadonlySet<string>;
  titles: Record<string, string>;
  hands: CardHands;
}

/** The picture's content as a table: nothing in it needs a pointer or eyes. */
export function NetworkTable({ picture, observation, fresh, titles, hands }: Props) {
  const { words } = useWords();
  const { network } = words;
  const heads = [
    network.node,
    network.interface,
    network.kind,
    network.state,
    network.addresses,
    network.joined,
  ];
  const nodes = [...new Set(picture.elements.map(({ node }) => node))];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="network-table" aria-label={network.label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        {nodes.map((node) => {
          const lines = linesOf(node, { picture, observation, fresh }, network);
          const state = observation.nodes[node];
          return (
            <tbody key={node} className={fresh.has(cardId(node)) ? 'fresh' : ''}>
              {lines.map((line, index) => (
                <tr
                  key={line.name}
                  className={[line.soon && 'soon', line.fresh && 'fresh'].filter(Boolean).join(' ')}
                >
                  {index === 0 && (
                    <th scope="rowgroup" rowSpan={lines.length}>
                      <strong>{node}</strong>
                      <span className="quiet">{kindOf(state, titles[node], network)}</span>
                      {state && <NodeActions node={node} hands={hands} />}
                    </th>
                  )}
                  <td className="mono">{line.name}</td>
                  <td>{line.kind}</td>
                  <td>{line.state}</td>
                  <td className="mono">
                    {line.addresses.map(({ text, soon }) => (
                      <div key={text} className={soon ? 'soon' : ''}>
                        {text}
                        {soon && !line.soon && ` (${network.soon})`}
                      </div>
                    ))}
                  </td>
                  <td className="mono">
                    {line.joined.map((other) => (
                      <div key={other}>{other}</div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </section>
  );
}

function NodeActions({ node, hands }: { node: string; hands: CardHands }) {
  const { words } = useWords();
  return (
    <span className="table-actions">
      <button
        type="button"
        className="small"
        aria-label={words.network.details(node)}
        onClick={() => hands.show(node)}
      >
        {words.checks.details}
      </button>
      <button
        type="button"
        className="small"
        aria-label={words.prose.open(node)}
        onClick={() => hands.open(node)}
      >
        {words.network.terminal}
      </button>
    </span>
  );
}

function kindOf(
  state: NodeState | undefined,
  title: string | undefined,
  { kinds, soon }: ReturnType<typeof useWords>['words']['network'],
): string {
  if (!state) return soon;
  return title || kinds[state.kind];
}
