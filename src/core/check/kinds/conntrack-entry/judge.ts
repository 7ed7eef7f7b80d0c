import { sameAddress } from '../../../state/ip.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass, unchecked } from '../../judgement.ts';
import { outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** A node tracks, or does not track, a flow: chosen by its first packet, compared with its entry. */
export function judgeConntrackEntry({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const list = listing(args);
  const wanted = [...tupleOf(args), ...fateOf(args)].join(' ');
  const values = {
    list,
    wanted,
    absent: args.absent ? 'yes' : '',
  };
  const frame: Frame = {
    node: args.on,
    object: wanted,
    expected: args.absent ? '-' : wanted,
    values,
    evidence: [],
  };
  const outcome = outcomeOr(frame, observation, args.on, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const body = outcome.body ?? '';
  // Printed behind the last entry: without it conntrack has not read the table.
  if (outcome.status !== 0 || !/\d+ flow entries have been shown/.test(body))
    return unchecked(frame, 'tool-failed', '-', { tool: list });
  const flows = body
    .split('\n')
    .flatMap(flowIn)
    .filter((flow) => chosen(args, flow));
  const found = flows.find((flow) => meets(args, flow));
  if (args.absent)
    return found === undefined
      ? pass(frame, '-')
      : fail(frame, 'entry-present', found.text, { found: found.text, delete: deletion(args) });
  if (found !== undefined) return pass(frame, found.text);
  const [near] = flows;
  if (near === undefined) return fail(frame, 'entry-missing', '-', { add: list });
  return fail(frame, 'wrong-entry', near.text, { found: near.text, delete: deletion(args) });
}

/**
 * The command that prints the flows in question: the kernel's whole table, without the entries that conntrack
 * itself leaves out.
 */
export const listing = (args: Args): string => `conntrack -L ${options(args)}`;
const deletion = (args: Args): string => `conntrack -D ${options(args)}`;

function options(args: Args): string {
  const { protocol, source, destination, port } = args;
  const six = protocol === 'icmpv6' || [source, destination].some((address) => address?.includes(':'));
  return [
    ...(six ? ['-f ipv6'] : []),
    `-p ${protocol}`,
    ...(source === undefined ? [] : [`-s ${source}`]),
    ...(destination === undefined ? [] : [`-d ${destination}`]),
    ...(port === undefined ? [] : [`--dport ${port}`]),
  ].join(' ');
}

function tupleOf({ protocol, source, destination, port }: Args): string[] {
  return [
    protocol,
    ...(source === undefined ? [] : [`src=${source}`]),
    ...(destination === undefined ? [] : [`dst=${destination}`]),
    ...(port === undefined ? [] : [`dport=${port}`]),
  ];
}

/** In conntrack's words; the port of a service is the reply's source port. */
function fateOf({ reply, state, replied, mark }: Args): string[] {
  return [
    ...(state === undefined ? [] : [state]),
    ...(reply?.source === undefined ? [] : [`reply src=${reply.source}`]),
    ...(reply?.destination === undefined ? [] : [`reply dst=${reply.destination}`]),
    ...(reply?.port === undefined ? [] : [`reply sport=${reply.port}`]),
    ...(replied === undefined ? [] : [replied ? 'replied' : 'UNREPLIED']),
    ...(mark === undefined ? [] : [`mark=${mark}`]),
  ];
}

interface Flow {
  text: string;
  protocol: string;
  state: string | null;
  replied: boolean;
  mark: number;
  first: Tuple;
  reply: Tuple;
}
type Tuple = Record<string, string>;

/** `tcp 6 99 ESTABLISHED src=a dst=b sport=1 dport=80 src=b dst=a sport=80 dport=1 [ASSURED] mark=0 use=1` */
function flowIn(line: string): Flow[] {
  // Brackets and more than one space mean nothing here.
  const text = line.replace(/[[\]]/g, '').trim().replace(/\s+/g, ' ');
  const protocol = /^([a-z0-9]+) \d+ /.exec(text)?.[1];
  if (protocol === undefined) return [];
  const pairs = [...text.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value] as const);
  const sources = pairs.flatMap(([key], at) => (key === 'src' ? [at] : []));
  const reply = pairs.slice(sources[1] ?? pairs.length);
  return [
    {
      text,
      protocol,
      state: /^\w+ \d+ \d+ ([A-Z_]+) /.exec(text)?.[1] ?? null,
      replied: !text.includes(' UNREPLIED '),
      mark: Number(Object.fromEntries(reply).mark ?? 0),
      first: Object.fromEntries(pairs.slice(0, sources[1])),
      reply: Object.fromEntries(reply),
    },
  ];
}

const address = (wanted: string | undefined, seen = ''): boolean =>
  wanted === undefined || sameAddress(wanted, seen);
const number = (wanted: number | undefined, seen = ''): boolean =>
  wanted === undefined || String(wanted) === seen;

function chosen({ protocol, source, destination, port }: Args, flow: Flow): boolean {
  const { src, dst, dport } = flow.first;
  return (
    flow.protocol === protocol && address(source, src) && address(destination, dst) && number(port, dport)
  );
}

function meets({ reply, state, replied, mark }: Args, flow: Flow): boolean {
  const { src, dst, sport } = flow.reply;
  return (
    address(reply?.source, src) &&
    address(reply?.destination, dst) &&
    number(reply?.port, sport) &&
    (state === undefined || state === flow.state) &&
    (replied === undefined || replied === flow.replied) &&
    (mark === undefined || mark === flow.mark)
  );
}
