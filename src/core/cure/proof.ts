import type { Line } from '../lab/lab.ts';
import type { Finding } from '../path/model/finding.ts';
import { neighbour } from '../path/model/neighbour.ts';
import type { Packet, Walk } from '../path/model/packet.ts';
import type { Port } from '../path/model/port.ts';
import { firstTrouble, type Halfway, walk, walkOn } from '../path/model/walk.ts';
import { alike } from '../state/alike.ts';
import { holds, sameAddress } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values } from '../verdict/verdict.ts';
import { applyLine, placeOf } from './apply-line.ts';
import { blank, vain } from './blanks.ts';

/** The trouble to cure: the packet that does not arrive, and the reason. */
export interface Trouble {
  packet: Packet;
  reason: Reason | null;
  node: string;
  values: Values;
  /** Where the packet was seen last, if it was. */
  halfway?: Halfway | null;
}

/**
 * Whether these lines, typed one after the other, help: the tools take them, they change something, and where the model
 * gives the same reason for the packet's end, the packet then comes further in it. Words that a person has to fill in,
 * and tools that are not understood here, are not judged.
 */
export function helps(observation: Observation, trouble: Trouble, lines: readonly Line[]): boolean {
  const state = typedAll(observation, lines);
  if (state === 'useless' || takesGateway(observation, lines)) return false;
  return state === 'open' || furtherIn(observation, state, trouble);
}

/** The lines take an address away by which another node reaches its other networks, and nobody else there has it. */
function takesGateway(before: Observation, lines: readonly Line[]): boolean {
  return lines.some(({ on, run }) => {
    const [node, argv] = placeOf(on, run.split(/\s+/));
    const address = argv.join(' ').match(/^ip addr del ([^\s/]+)\//)?.[1];
    const kept = lines.some((one) => one.run.includes(` addr add ${address}/`));
    const state = before.nodes[node];
    if (address === undefined || state === undefined || kept) return false;
    const links = state.links.map((link) => ({
      ...link,
      addresses: link.addresses.filter((one) => !sameAddress(one.address, address)),
    }));
    const routes = state.routes.filter(
      ({ type, destination }) => type !== 'local' || !holds(destination, address),
    );
    const after: Observation = { nodes: { ...before.nodes, [node]: { ...state, links, routes } } };
    return usersOf(before, address).some(
      (user) =>
        neighbour(before, user, address).kind === 'owner' && neighbour(after, user, address).kind !== 'owner',
    );
  });
}

/** The interfaces by which nodes send to a gateway. */
const usersOf = ({ nodes }: Observation, gateway: string): Port[] =>
  Object.entries(nodes).flatMap(([node, { routes }]) =>
    routes.flatMap(({ via, dev }) =>
      dev !== null && via !== null && sameAddress(via, gateway) ? [{ node, link: dev }] : [],
    ),
  );

/** The state after all lines; `useless` where one is refused or nothing changes, `open` where it is not judged here. */
export function typedAll(observation: Observation, lines: readonly Line[]): Observation | 'open' | 'useless' {
  let state = observation;
  for (const line of lines) {
    if (blank.test(line.run)) return vain(observation, line) ? 'useless' : 'open';
    const next = applyLine(state, line);
    if (next === 'unknown') return 'open';
    if (next === 'refused') return 'useless';
    state = next;
  }
  return alike(state, observation) ? 'useless' : state;
}

export function furtherIn(before: Observation, after: Observation, trouble: Trouble): boolean {
  const { packet, halfway } = trouble;
  const whole = compared(
    trouble,
    [before, after].map((each) => walk(each, packet)),
  );
  if (whole !== 'elsewhere' || halfway == null) return whole !== 'none';
  // Frames may still go to a MAC address that was learned: then the model's packet does not come where it was seen.
  const rest = compared(
    trouble,
    [before, after].map((each) => ({ request: walkOn(each, halfway), reply: null })),
  );
  return rest === 'further' || (rest !== 'none' && !derived.includes(trouble.reason));
}

/** Reasons that the model derives from the state alone: where it does not, nothing proves a cure for one. */
const derived: readonly (Reason | null)[] = [
  ...(['no-route', 'reply-not-routed', 'no-address', 'wrong-prefix', 'wrong-gateway'] as const),
  ...(['route-refuses', 'forwarding-off', 'neighbour-silent', 'duplicate-address'] as const),
];

/** `elsewhere`: the model's packet does not end as the one in trouble, or the model does not decide. */
function compared(
  { reason, node, values }: Trouble,
  ways: readonly Walk[],
): 'further' | 'none' | 'elsewhere' {
  const [one, other] = ways.map((way) => firstTrouble(way));
  const [was, is] = ways.map(lengthOf);
  // One of several next hops: the kernel's choice is not known, and none is left with one way only.
  if (one?.kind === 'undecided' && other === null) return 'further';
  if (one?.kind !== 'lost') return 'elsewhere';
  const known = one.reason === reason && one.node === node;
  if (!known && !askedFirst(one, reason, node)) return 'elsewhere';
  // A mark that conntrack restores is seen on the packet; the model does not have it.
  if (one.values.validMark !== values.validMark) return 'elsewhere';
  if (other?.kind !== 'lost') return 'further';
  // Round in circles is no further.
  if (other.reason === 'routing-loop') return 'none';
  // The same rule may stop the reply as well, once the request has come past it.
  const turned = other.values.direction !== one.values.direction;
  const same =
    !turned && other.reason === one.reason && other.node === one.node && other.object === one.object;
  return !same && (is ?? 0) >= (was ?? 0) ? 'further' : 'none';
}

/** The model asks for the MAC address that the packet's sender still had, of a node that lost the address. */
const askedFirst = ({ reason, values }: Finding, own: Reason | null, node: string): boolean =>
  own === 'no-address' && reason === 'neighbour-silent' && values.peer?.split(':')[0] === node;

const lengthOf = ({ request, reply }: Walk): number => request.hops.length + (reply?.hops.length ?? 0);
