import { diagnosedUrl } from '../../../diagnose/url.ts';
import { walk } from '../../../path/model/walk.ts';
import type { Observation } from '../../../state/observation.ts';
import { hostOf, packetFor } from '../../../text/url.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';
import { type Bounds, boundsOf, rarity, type Share } from './shares.ts';

/** The servers that answered many requests: each backend its part, every one, or always the same one. */
export function judgeDistribution({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, url, requests } = args;
  const bounds = boundsOf(args);
  const frame = frameOf(args, bounds);
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const answers = outcome.answers ?? {};
  const answered = Object.values(answers).reduce((sum, count) => sum + count, 0);
  if (answered === 0) {
    return failed(frame, outcome.result, diagnosedUrl(frame, observation, args, outcome));
  }
  const counts = countsText(answers);
  const spreading: Frame = { ...frame, node: spreader(observation, from, url) };
  if (outcome.result !== 'answer') {
    const values = { result: outcome.result, answered: String(answered), counts };
    return fail(
      spreading,
      'some-unanswered',
      `${answered} / ${answered + (outcome.unanswered ?? 0)}`,
      values,
    );
  }
  const stranger = Object.keys(answers).find((name) => !(name in args.backends));
  if (stranger !== undefined) return fail(frame, 'unknown-backend', stranger, { counts });
  const wrong =
    args.spread === 'one'
      ? several(spreading, answers, counts)
      : unfair(spreading, requests, bounds, answers, counts);
  return wrong ?? pass(frame, counts);
}

function several(frame: Frame, answers: Record<string, number>, counts: string): Judgement | null {
  const names = Object.keys(answers);
  return names.length === 1 ? null : fail(frame, 'several-backends', counts, { counts });
}

/** The node where connections are handed out: where the state leaves it to chance, or changes the destination. */
function spreader(observation: Observation, from: string, url: string): string {
  const { hops, end } = walk(observation, packetFor(from, url)).request;
  if (end.kind === 'undecided') return end.node;
  return hops.find(({ before, after }) => before.destination !== after.destination)?.node ?? from;
}

/** The backend that is worst off, one with nothing at all before one with too little or too much. */
function unfair(
  frame: Frame,
  requests: number,
  { shares }: Bounds,
  answers: Record<string, number>,
  counts: string,
): Judgement | null {
  const found = shares
    .map((share) => ({ share, count: answers[share.backend] ?? 0 }))
    .filter(({ share: { least, most }, count }) => count < least || count > most)
    .map((one) => ({ ...one, idle: one.count === 0, chance: rarity(requests, one.share, one.count) }))
    .sort((one, other) => Number(other.idle) - Number(one.idle) || one.chance - other.chance)[0];
  if (found === undefined) return null;
  const { share, count, idle, chance } = found;
  const { backend } = share;
  const reason = idle ? 'backend-idle' : count < share.least ? 'share-too-small' : 'share-too-large';
  const values = { backend, counts, count: String(count), expected: range(share), rare: figure(chance) };
  return { ...fail(frame, reason, counts, values), object: backend };
}

/** Each way to ask has values of its own: the words are chosen by which of them are there. */
function frameOf(args: Args, { shares, chance }: Bounds): Frame {
  const { from, url, requests, spread } = args;
  const all = shares.map(({ backend }) => backend).join(', ');
  const ranges = shares.map((share) => `${share.backend} ${range(share)}`).join(', ');
  const wish = { shares: ranges, every: `${all}: >= 1`, one: `1: ${all}` }[spread];
  const values = {
    ...{ from, to: hostOf(url), url, requests: String(requests), all, chance: figure(chance) },
    [spread]: wish,
  };
  return { node: from, object: url, expected: wish, values, evidence: [] };
}

const range = ({ least, most }: Share) => (least === most ? String(least) : `${least}-${most}`);

function countsText(answers: Record<string, number>): string {
  return Object.entries(answers)
    .map(([name, count]) => `${name} ${count}`)
    .sort()
    .join(', ');
}

/** `4.1e-7`; a smaller chance than the smallest number is printed as less than that number. */
const figure = (chance: number) => (chance < 1e-99 ? '< 1e-99' : chance.toExponential(1));
