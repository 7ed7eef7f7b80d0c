import type { Match } from 'iptables-parser-ts';
import { all, any, type Certainty, matchArgument } from './certainty.ts';
import { inverse } from './conntrack.ts';
import { inNetwork, isProtocol } from './match-header.ts';
import { inRange } from './match-transport.ts';
import type { Sighting } from './sighting.ts';

type Of<K extends Match['kind']> = Extract<Match, { kind: K }>;

export function matchState(match: Of<'state'>, sighting: Sighting): Certainty {
  return matchArgument(match.states, (states) => states.includes(sighting.state));
}

export function matchConntrack(match: Of<'conntrack'>, sighting: Sighting): Certainty {
  const { original, translated, headers, answer } = sighting;
  const reply = inverse(translated);
  return all([
    matchArgument(match.states, (states) => any(states.map((state) => inState(state, sighting)))),
    matchArgument(match.protocol, (name) => isProtocol(name, headers.protocol)),
    matchArgument(match.originalSource, (network) => inNetwork(network, original.source)),
    matchArgument(match.originalDestination, (network) => inNetwork(network, original.destination)),
    matchArgument(match.replySource, (network) => inNetwork(network, reply.source)),
    matchArgument(match.replyDestination, (network) => inNetwork(network, reply.destination)),
    matchArgument(match.originalSourcePort, (range) => inRange(range, original.sourcePort)),
    matchArgument(match.originalDestinationPort, (range) => inRange(range, original.destinationPort)),
    matchArgument(match.replySourcePort, (range) => inRange(range, reply.sourcePort)),
    matchArgument(match.replyDestinationPort, (range) => inRange(range, reply.destinationPort)),
    matchArgument(match.status, () => 'unknown'),
    matchArgument(match.expire, () => 'unknown'),
    match.direction === undefined || (match.direction === 'REPLY') === answer,
  ]);
}

/** SNAT and DNAT are states of their own: the connection's source or destination was changed. */
function inState(state: string, { state: actual, original, translated }: Sighting): boolean {
  if (state === 'SNAT') return original.source !== translated.source;
  if (state === 'DNAT') {
    return (
      original.destination !== translated.destination ||
      original.destinationPort !== translated.destinationPort
    );
  }
  return state === actual;
}
