import type { TracedHop } from '../../path/recording/hop.ts';
import { sameAddress } from '../../state/ip.ts';
import type { Values } from '../../verdict/verdict.ts';
import { addressGiven, portGiven, targets, unreached, wantedBy } from '../given.ts';
import type { EndFacts, Ending } from './end-finding.ts';

/** The rule of NAT that gave the request the address to which no packet or no reply gets. */
export function givenBy(seen: Ending, { reason, values, direction }: EndFacts): Values {
  const { packets, recording } = seen;
  if (reason === null || !unreached.includes(reason)) return {};
  const address = reason === 'kernel-drop' ? takenReply(seen) : wantedBy(values);
  if (address === undefined) return {};
  const requests = packets.filter((one) => one.direction === 'request').flatMap(({ hops }) => hops);
  const side = direction === 'reply' || values.side === 'source' ? 'source' : 'destination';
  return addressGiven(requests, side, address) ?? givenByLegacy(recording, requests, side, address);
}

/** The rule of NAT that gave the request the port on which no program listens. */
export function portGivenBy({ packets }: Ending, { reason, values }: EndFacts): Values {
  const hops = packets.filter(({ direction }) => direction === 'request').flatMap((one) => one.hops);
  return portGiven(hops, reason, values) ?? {};
}

/** The address to which a reply went that another node took, and has no socket for. */
function takenReply({ packets, recording }: Ending): string | undefined {
  const { from } = recording.request;
  const reply = packets.find(({ direction, end }) => direction === 'reply' && end.node !== from);
  return reply?.hops.at(-1)?.before?.destination;
}

/** No tracer sees the rules of iptables-legacy: the one that names this address, where the packet got it. */
function givenByLegacy(
  { observation }: Ending['recording'],
  hops: readonly TracedHop[],
  side: 'source' | 'destination',
  address: string,
): Values {
  const hop = hops.find(({ changes }) =>
    changes.some(({ field, after }) => field === side && sameAddress(after, address)),
  );
  const { ipv4 = '', ipv6 = '' } = observation.nodes[hop?.node ?? '']?.legacy ?? {};
  const lines = (address.includes(':') ? ipv6 : ipv4).split('\n');
  const named = lines.find((line) => targets[side].test(line) && line.includes(address));
  return hop === undefined || named === undefined
    ? {}
    : {
        given: address,
        giver: hop.node,
        givenRule: `${address.includes(':') ? 'ip6tables' : 'iptables'}-legacy -t nat ${named}`,
      };
}
