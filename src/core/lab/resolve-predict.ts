import type { Check } from '../check/check.ts';
import { untranslated } from '../language.ts';
import { choiceOf, ownChoices } from '../predict/choices.ts';
import { type Choice, none, type Prediction, type Question } from '../predict/prediction.ts';
import type { Topology } from './lab.ts';
import type { LabFile } from './schema.ts';

type Written = LabFile['steps'][number]['predict'][number];
type WrittenCheck = LabFile['steps'][number]['checks'][number];

/** A prediction as lab.yaml has it; its question comes from the prose. */
export function predictionOf(
  { id, after, before, answer, choices, expected }: Written,
  nodes: readonly Choice[],
  checkOf: (written: WrittenCheck) => Check,
): Prediction {
  const [kind = '', args] = Object.entries(answer)[0] ?? [];
  const items = kind === 'which' || kind === 'one-of' ? Object.entries(answer[kind] ?? {}) : [];
  const checks = items.map(([value, { text: _, ...check }]) =>
    checkOf({ ...check, id: value } as WrittenCheck),
  );
  // The schema has made sure that exactly this kind's arguments are there.
  const question = (items.length > 0 ? { kind, checks } : { kind, ...args }) as Question;
  const texts = items.map(([value, { text }]) => ({ value, text }));
  if (kind === 'which') texts.push(choiceOf(none, []));
  const listed = choices?.map((each) => (typeof each === 'object' ? each : choiceOf(each, nodes)));
  return {
    ...{ id, after, before, answer: question, expected: expected ?? null },
    ask: untranslated(''),
    choices: items.length > 0 ? texts : (listed ?? ownChoices(question, nodes)),
  };
}

/** Where a packet can die: nodes on a link, and those the solutions make. */
export function nodeChoices({ nodes, links, bridges }: Topology, made: readonly string[]): Choice[] {
  const linked = [...links.flatMap(({ ends }) => ends), ...bridges].map(({ node }) => node);
  const titled = nodes
    .filter(({ name }) => linked.includes(name) || made.length > 0)
    .map(({ name, title }) => ({ value: name, text: title ?? untranslated(name) }));
  const others = made.filter((name) => !nodes.some((node) => node.name === name));
  return [...titled, ...others.map((name) => ({ value: name, text: untranslated(name) }))];
}
