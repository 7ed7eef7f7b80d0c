import { type Check, type CheckKind, type CheckOf, isCheckKind } from '../check/check.ts';
import { inEachLanguage, type Language, sourceLanguage, type Text } from '../language.ts';
import { type Gap, gapCodes } from '../path/recording/gap.ts';
import { type Reason, reasons } from '../verdict/reasons.ts';
import type { CureLine, Values, Verdict } from '../verdict/verdict.ts';
import { type Cure, cures } from './cures.ts';
import { phrase, words as wordsOf } from './languages.ts';
import { complete, fill, type Template } from './template.ts';
import type { CheckPhrases, Words } from './words.ts';

/**
 * A verdict in words. `message` is the one sentence to show; `expected` and `observed` stand beside it. The
 * ladder from `what` to `command` adds detail with every rung; its rungs are empty if there is no reason.
 */
export interface Explanation {
  message: string;
  expected: string;
  observed: string;
  what: string;
  why: string;
  where: string;
  idea: string;
  /** The cure, one command a line; `cure` names the node of each. */
  command: string;
}

export function explain(verdict: Verdict, language: Language): Explanation {
  const words = wordsOf[language];
  const values = valuesIn(verdict, language);
  const say = (template: Template) => phrase(words, template, values);
  const ladder = verdict.reason === null ? null : climb(verdict.reason, values, words);
  const { asked: kind = '' } = values;
  const asked = isCheckKind(kind) ? words.asked[kind] : unknownKind;
  const observed = verdict.status === 'pass' ? say(asked.observed) : (ladder?.what ?? '');
  // Of a check that was not asked at all, the values of its question are not known.
  const unasked = verdict.status === 'blocked' || verdict.expected === '';
  const expected = unasked ? '' : say(expectation(asked, verdict));
  const message = verdict.status === 'blocked' ? say(words.blocked) : observed;
  const { what, why, where, idea, commands } = ladder ?? noLadder;
  const command = (verdict.cure ?? commands).map(({ run, or }) => (or ? `# or\n${run}` : run)).join('\n');
  return { message, expected, observed, what, why, where, idea, command };
}

/** A journal may hold verdicts of a kind that there was once. */
const unknownKind: CheckPhrases = { expected: '{wish}', observed: '{fact}' };

/** The question of a check, before its first verdict. */
export function question(check: Check): Text {
  return inEachLanguage((language) => questionIn(wordsOf[language], check));
}

function questionIn<K extends CheckKind>({ questions, finish }: Words, { kind, args }: CheckOf<K>): string {
  return finish(questions[kind](args));
}

/** A part that a trace could not see, in words. */
export function gapText(gap: Gap): Text {
  return inEachLanguage((language) => gapIn(wordsOf[language], gap));
}

function gapIn(words: Words, { code, node, values }: Gap): string {
  return phrase(words, words.gaps[code], { ...values, node });
}

/** The commands that cure; none if nothing is wrong. Those that were tried, if any were. */
export function cure(verdict: Verdict): readonly CureLine[] {
  if (verdict.cure !== undefined) return verdict.cure;
  const words = wordsOf[sourceLanguage];
  return verdict.reason === null
    ? []
    : climb(verdict.reason, valuesIn(verdict, sourceLanguage), words).commands;
}

/** Ways to cure, each with its lines: of `better` all that help, of the others the first. */
export interface Choice {
  better: CureLine[][];
  ways: CureLine[][];
}

export function choiceOf({ reason, values }: Pick<Verdict, 'reason' | 'values'>): Choice {
  const closed = reason === 'no-listener' || reason === 'port-closed';
  // The server of the cures is a web server.
  if (reason === null || (closed && values.truncated !== undefined)) return { better: [], ways: [] };
  const actual = reasons.find((one) => one === values.actual && one !== 'other-reason') ?? 'no-answer';
  const { better = [], ...plain } = cures[reason === 'other-reason' ? actual : reason];
  const runs = typeof plain.run === 'string' ? [plain.run] : plain.run;
  // A port that Docker should publish needs its container, a node port its Service, and no server beside it.
  const { dockers, engineAt, nodePort = '' } = values;
  const published = (dockers ?? engineAt) !== undefined || nodePort !== '';
  const whole = runs.filter((run) => complete(run, values) && !(published && run.includes('http.server')));
  const chosen = whole.length > 0 ? whole : runs.slice(-1);
  return {
    better: better.filter(({ run }) => complete(run, values)).map((one) => linesOf(one, values)),
    ways: chosen.map((run) => linesOf({ ...plain, run }, values)),
  };
}

/** Of the ways to cure those that help. */
export function chosen({ better, ways }: Choice, helps: (way: CureLine[]) => boolean): CureLine[][] {
  const good = better.filter(helps);
  return good.length > 0 ? good : ways.filter(helps).slice(0, 1);
}

function linesOf({ run, on = '{shell}' }: Cure, values: Values): CureLine[] {
  const text = byTool(forFamily(fill(run, values), values), values);
  const served = values.serves === 'python3' ? '$& &' : 'nginx';
  const lines = text.replace(/\bpython3 -m http\.server 80$/, served).split('\n');
  return [...new Set(lines)].map((line) => {
    const [, own = fill(on, values), run = line] = /^(\S+) # (.*)$/.exec(line) ?? [];
    return { on: own, run: inItsNode(run), or: false };
  });
}

/** All nodes of a machine share their processes: those of one node are found by its network. */
function inItsNode(line: string): string {
  const [, exec = '', rest] = /^(ip netns exec \S+ )?pkill (.*)$/.exec(line) ?? [];
  if (rest === undefined) return line;
  const scoped = `pkill --ns $$ --nslist net ${rest}`;
  return exec === '' ? scoped : `${exec}sh -c '${scoped}'`;
}

type Rungs = Pick<Explanation, 'what' | 'why' | 'where' | 'idea'> & { commands: CureLine[] };

const noLadder: Rungs = { what: '', why: '', where: '', idea: '', commands: [] };

function climb(reason: Reason, given: Values, words: Words): Rungs {
  const values = reason === 'other-reason' ? { ...given, ...actualRungs(given, words) } : given;
  const say = (template: Template) => words.finish(byTool(forFamily(fill(template, values), values), values));
  const { what, why, where, idea } = words.reasons[reason];
  const commands = chosen(choiceOf({ reason, values }), () => true).flatMap((way, choice) =>
    way.map((line, at) => ({ ...line, or: choice > 0 && at === 0 })),
  );
  const before = values.truncated === undefined ? '' : `${say(words.traces.truncated)} `;
  // The sentence of what really failed has it already.
  const typed =
    values.typedOn === undefined || reason === 'other-reason' ? '' : ` ${say(words.typedElsewhere)}`;
  // A trace says it itself, among other notes.
  const { given: address, givenPort, predicted } = values;
  const { notes } = words.traces;
  const note = givenPort === undefined ? (address === undefined ? null : notes.given) : notes.ported;
  const ruled = predicted === undefined || note === null ? '' : ` ${say(note)}`;
  return {
    what: `${before}${say(what)}${ruled}${typed}`,
    why: say(why),
    where: say(where),
    idea: say(idea),
    commands,
  };
}

/** IPv6 has tables of its own: iptables knows none of its addresses, and ip lists none of its routes and rules. */
function forFamily(text: string, values: Values): string {
  const { to = '', dst = '', network = '', address = '', carrier, ipWord } = values;
  // A packet that carries another in a tunnel may be of the other family.
  const own = [...(carrier === undefined || dst === '' ? [to] : []), dst, network, address];
  const six =
    ipWord === undefined
      ? own.some((value) => /^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*(\/\d+)?$/i.test(value))
      : ipWord === 'ip6';
  if (!six) return text;
  return text
    .replaceAll(/\biptables\b/g, 'ip6tables')
    .replaceAll(/\bip( -n \S+)? (rule\b|route(?! (get|add|replace|change) ))/g, 'ip$1 -6 $2');
}

/** Only the program iptables-legacy lists and deletes rules of iptables-legacy. */
function byTool(text: string, { legacy = '' }: Values): string {
  return legacy === '' ? text : text.replaceAll(/\b(ip6?tables)\b(?!-)/g, '$1-legacy');
}

/** An expected failure that failed otherwise is repaired where it really failed. */
function actualRungs(values: Values, words: Words): Values {
  const actual = reasons.find((one) => one === values.actual && one !== 'other-reason') ?? 'no-answer';
  const { what, where, idea, commands } = climb(actual, values, words);
  const actualCommand = commands.map((line) => line.run).join('\n');
  return {
    actualWhat: what,
    actualWhere: where,
    actualIdea: idea,
    actualCommand,
    actualOn: commands[0]?.on ?? '',
  };
}

function expectation(asked: CheckPhrases, verdict: Verdict): Template {
  const { absent = '', expect = 'reply' } = verdict.values;
  const plain = absent === '' && ['reply', 'answer', 'accepted'].includes(expect);
  return plain ? asked.expected : (asked.negated ?? asked.expected);
}

/** The verdict's values, and those whose words depend on the language. */
function valuesIn(verdict: Verdict, language: Language): Values {
  const words = wordsOf[language];
  const { values, expected, observed } = verdict;
  const result = (name = '') => lookUp(words.results, name) ?? name;
  const { asked = '' } = values;
  const terse = ['path', 'command'].includes(asked);
  const isProbe = ['ping', 'http', 'dns', 'resolve', 'tcp'].includes(asked);
  const noted = (text: string) => (terse && text !== '-' ? words.terms(text) : words.facts(asked, text));
  return {
    ...values,
    means: values[`means-${language}`] ?? '',
    packetsShow: values[`seen-${language}`] ?? '',
    side: lookUp(words.sides, values.side) ?? '',
    wish: isReason(expected) ? words.terms(expected) : noted(expected),
    expectText: words.terms(
      values.expected?.startsWith(`${values.expect} (`) ? values.expected : (values.expect ?? ''),
    ),
    fact: (isProbe ? lookUp(words.results, observed) : undefined) ?? noted(observed),
    meaning: lookUp(words.drops, values.word) ?? '',
    slipText: lookUp(words.slips, values.slip) ?? '',
    resultText: result(values.result),
    controlText: result(values.controlResult),
    ...unseenIn(values, words),
  };
}

const isReason = (text: string) => (reasons as readonly string[]).includes(text);

const lookUp = (table: Record<string, string>, key = ''): string | undefined => table[key];

/** The unseen part, for a verdict that could not be reached because the path was not seen completely. */
function unseenIn(values: Values, words: Words): Values {
  const code = gapCodes.find((one) => one === values.gap);
  return code === undefined ? {} : { unseen: gapIn(words, { code, node: values.node ?? '', values }) };
}
