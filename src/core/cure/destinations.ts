import { listensOn } from '../path/model/arrival.ts';
import { hasNodePort } from '../path/model/node-port.ts';
import type { Packet } from '../path/model/packet.ts';
import { ownersOf } from '../path/model/routing.ts';
import { parseIp } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';

/** The word in a command for the address that a rule of NAT gives. */
const blank = /(--to-destination \[?)ADDRESS\b/;

/** As many servers as are tried. */
const most = 16;

/**
 * A rule that gives packets an address which no node has, with the address of each other node that listens on the port,
 * or sends it to the pods of a Service, in its place; the most alike first.
 */
export function withDestination(
  observation: Observation,
  { from, protocol, port }: Packet,
  { run, given, giver }: { run: string; given: string; giver: string },
): string[] {
  if (ownersOf(observation, given).length > 0) return [];
  const [, , own] = /--to-destination (\[?ADDRESS\]?)(?::(\S+))?/.exec(run) ?? [];
  const wanted = own === undefined ? port : Number(own);
  const family = given.includes(':') ? 'ipv6' : 'ipv4';
  const servers = Object.entries(observation.nodes)
    .filter(([node]) => node !== giver && node !== from)
    .flatMap(([, state]) =>
      state.links
        .flatMap(({ addresses }) => addresses)
        .filter((one) => one.family === family && one.scope === 'global')
        .map(({ address }) => address)
        .filter(
          (address) =>
            hasNodePort(state, family, protocol, wanted) ||
            state.listeners.some(
              (one) => one.protocol === protocol && one.port === wanted && listensOn(one, address),
            ),
        ),
    );
  return servers
    .toSorted((one, other) => (distance(one, given) < distance(other, given) ? -1 : 1))
    .slice(0, most)
    .map((address) => run.replace(blank, `$1${address}`));
}

/** The fewer of the first bits differ, the less. */
const distance = (one: string, other: string): bigint =>
  (parseIp(one)?.value ?? 0n) ^ (parseIp(other)?.value ?? 0n);
