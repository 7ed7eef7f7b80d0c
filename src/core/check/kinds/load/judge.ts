import type { Packet } from '../../../path/model/packet.ts';
import type { LoadRun } from '../../../probe/services.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass, unchecked } from '../../judgement.ts';
import { diagnoseProbe, expectedFailure, failed, outcomeOr } from '../../probe-frame.ts';
import { binomial } from '../distribution/binomial.ts';
import { type Ratio, ratioOf } from './ratio.ts';
import type { Args } from './schema.ts';

/** How likely a way that is as good as asked is refused, for its losses. */
const falseAlarm = 1e-6;

/** A name server under load: its lost queries, and how it compares with another way in the same runs. */
export function judgeLoad({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, against, port, protocol, expect, control } = args;
  const frame: Frame = { node: from, object: to, expected: wish(args), values: valuesOf(args), evidence: [] };
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const runs = outcome.load ?? [];
  const own = runs.filter((one) => one.to === to);
  if (own.every(({ answered }) => answered === 0)) {
    const packet: Packet = { from, to, protocol, port };
    const finding = diagnoseProbe(frame, observation, packet, outcome);
    if (expect === 'answer') return failed(frame, outcome.result, finding);
    // All of them is more than may be lost, for any cause.
    const lost = expect === 'queries-lost' ? { ...finding, reason: expect } : finding;
    return expectedFailure(frame, expect, lost, control, outcomes[1]);
  }
  const measured = measure(
    own,
    runs.filter((one) => one.to === against),
  );
  if (args.rate !== undefined && measured.rate === null)
    return unchecked(frame, 'tool-failed', shownAs(measured), { tool: 'dnsperf' });
  const found = finding(args, measured);
  const figures = shownAs(measured);
  if (expect === found || (expect === 'answer' && found === null)) return pass(frame, figures);
  if (found === null) return fail(frame, 'unexpected-reply', figures, { to });
  return fail(frame, found, figures, figuresOf(measured));
}

interface Measured {
  sent: number;
  missing: number;
  rate: Ratio | null;
  latency: Ratio | null;
}

/** The runs of both ways come in turn: the first of one and the first of the other are a pair, and so on. */
function measure(own: readonly LoadRun[], others: readonly LoadRun[]): Measured {
  const pairs = own.flatMap((one, at) => {
    const other = others[at];
    return other === undefined ? [] : [{ one, other }];
  });
  const sent = own.reduce((total, one) => total + one.sent, 0);
  return {
    ...{ sent, missing: sent - own.reduce((total, one) => total + one.answered, 0) },
    rate: ratioOf(
      pairs.map(({ one, other }) => [one.answered / one.seconds, other.answered / other.seconds]),
    ),
    latency: ratioOf(pairs.map(({ one, other }) => [one.latency, other.latency])),
  };
}

/** The bound that is proven to be exceeded; a bound inside the uncertainty passes. */
function finding(args: Args, { sent, missing, rate, latency }: Measured) {
  if (binomial(sent, args.lost).atLeast(missing) < falseAlarm) return 'queries-lost';
  if (args.rate !== undefined && rate !== null && rate.most < args.rate) return 'rate-too-low';
  if (args.latency !== undefined && latency !== null && latency.least > args.latency)
    return 'latency-too-high';
  return null;
}

const percent = (part: number): string => `${Number((100 * part).toPrecision(3))} %`;
const figure = (number: number): string => String(Number(number.toPrecision(2)));
const range = ({ ratio, least, most }: Ratio): string =>
  `${figure(ratio)} (${figure(least)} - ${figure(most)})`;

const figuresOf = ({ sent, missing, rate, latency }: Measured) => ({
  ...{ sent: String(sent), missing: String(missing), part: percent(missing / sent) },
  ...{ rateSeen: rate === null ? '' : range(rate), latencySeen: latency === null ? '' : range(latency) },
});

function shownAs(measured: Measured): string {
  const { sent, missing, rateSeen, latencySeen } = figuresOf(measured);
  return [
    `${missing} / ${sent} lost`,
    ...(rateSeen === '' ? [] : [`rate x ${rateSeen}`]),
    ...(latencySeen === '' ? [] : [`latency x ${latencySeen}`]),
  ].join(', ');
}

function wish({ expect, lost, rate, latency }: Args): string {
  if (expect !== 'answer') return expect;
  return [
    `<= ${percent(lost)} lost`,
    ...(rate === undefined ? [] : [`rate x >= ${rate}`]),
    ...(latency === undefined ? [] : [`latency x <= ${latency}`]),
  ].join(', ');
}

function valuesOf(args: Args) {
  const { from, to, against = '', port, protocol, name, expect, lost, rate, latency, clients } = args;
  return {
    ...{ from, to, against, port: String(port), protocol, name, expect, clients: String(clients) },
    ...{ lost: percent(lost), rate: String(rate ?? ''), latency: String(latency ?? '') },
  };
}
