import type { LabEntry } from '../state/protocol-types.ts';
import { colourOf } from '../topology/colour.ts';

const [width, height, margin] = [132, 72, 10];

/** A lab's finished network in small: what it is about, before a word is read. */
export function Thumbnail({ outline: { places, cables } }: Pick<LabEntry, 'outline'>) {
  const columns = places.map(({ column }) => column);
  const rows = places.map(({ row }) => row);
  const across = scale(columns, width);
  const along = scale(rows, height);
  const nodes = places.flatMap(({ name, kind }) => (kind === 'node' ? [name] : []));
  const at = places.map(({ column, row }) => [across(column), along(row)] as const);
  return (
    <svg className="lab-thumbnail" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {cables.map(([one, other], index) => {
        const [x1, y1] = at[one] ?? [0, 0];
        const [x2, y2] = at[other] ?? [0, 0];
        // biome-ignore lint/suspicious/noArrayIndexKey: a lab's cables stay in their order.
        return <line key={index} x1={x1} y1={y1} x2={x2} y2={y2} />;
      })}
      {places.map(({ name, kind }, index) => {
        const [x, y] = at[index] ?? [0, 0];
        return kind === 'node' ? (
          <circle key={name} className={colourOf(name, nodes)} cx={x} cy={y} r="5" />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: two nodes may have a bridge of one name.
          <rect key={`${index} ${name}`} x={x - 5} y={y - 3} width="10" height="6" rx="1.5" />
        );
      })}
    </svg>
  );
}

/** From cells to the drawing; what is alone stands in the middle. */
function scale(values: readonly number[], size: number): (value: number) => number {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return (value) => (range === 0 ? size / 2 : margin + ((value - least) / range) * (size - 2 * margin));
}
