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
  const items = Object.entries(answer.which ?? answer['one-of'] ?? {});
  const checks = items.map(([id, { text: _, ...check }]) => checkOf({ ...check, id }));
  const question = questionOf(answer, checks);
  const texts = items.map(([value, { text }]) => ({ value, text }));
  if (question.kind === 'which') texts.push(choiceOf(none, []));
  const listed = choices?.map((each) => (typeof each === 'object' ? each : choiceOf(each, nodes)));
  return {
    ...{ id, after, before, answer: question, expected: expected ?? null },
    ask: untranslated(''),
    choices: items.length > 0 ? texts : (listed ?? ownChoices(question, nodes)),
  };
}

/** The schema has made sure that exactly one kind is there. */
function questionOf(answer: Written['answer'], checks: Check[]): Question {
  const { ping, tcp, 'dies-at': diesAt, why, source, output } = answer;
  if (ping !== undefined) return { kind: 'ping', ...ping };
  if (tcp !== undefined) return { kind: 'tcp', ...tcp };
  if (diesAt !== undefined) return { kind: 'dies-at', ...diesAt };
  if (why !== undefined) return { kind: 'why', ...why };
  if (source !== undefined) return { kind: 'source', ...source };
  if (output !== undefined) return { kind: 'output', ...output };
  return { kind: answer.which === undefined ? 'one-of' : 'which', checks };
}

/** The nodes at which a packet can end: those on a link, and those that the solutions make. */
export function nodeChoices({ nodes, links, bridges }: Topology, made: readonly string[]): Choice[] {
  const linked = [...links.flatMap(({ ends }) => ends), ...bridges].map(({ node }) => node);
  const titled = nodes
    .filter(({ name }) => linked.includes(name) || made.length > 0)
    .map(({ name, title }) => ({ value: name, text: title ?? untranslated(name) }));
  const others = made.filter((name) => !nodes.some((node) => node.name === name));
  return [...titled, ...others.map((name) => ({ value: name, text: untranslated(name) }))];
}
