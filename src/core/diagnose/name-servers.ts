import { isLoopback } from '../path/model/routing.ts';
import { holds, networkOf, parseIp, sameAddress } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { editDistance } from '../text/nearest.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { Values } from '../verdict/verdict.ts';

interface NameServer {
  node: string;
  address: string;
}

/** The name servers that run on other nodes, by each address at which they can be asked. */
export function serversAround({ nodes }: Observation, from: string): NameServer[] {
  return Object.entries(nodes).flatMap(([node, { listeners, links }]) => {
    if (node === from) return [];
    const heard = listeners.filter(({ protocol, port }) => protocol === 'udp' && port === 53);
    const own = links.flatMap(({ addresses }) => addresses.map(({ address }) => address));
    return own
      .filter((one) => !isLoopback(one) && heard.some(({ address }) => hears(address, one)))
      .map((address) => ({ node, address }));
  });
}

/** Programs that one word starts as a name server. */
const namePrograms = ['dnsmasq', 'unbound'] as const;

/**
 * What cures a node that was asked for a name and has no name server: another address in resolv.conf where one runs on
 * a wire of the client, else the program that all other name servers are, started there.
 */
export function serverMissing(
  observation: Observation,
  from: string,
  node: string,
  asked: { server: string; configured: boolean },
): Values {
  const { shell } = promptOf(observation, from);
  const around = serversAround(observation, from);
  const onWire = around.filter((one) => one.node !== node && isOnWire(observation, from, one.address));
  const [only, more] = onWire;
  if (only !== undefined)
    return more === undefined && asked.configured
      ? { resolverShell: shell, otherServer: only.address, wrongServer: asked.server }
      : {};
  const state = observation.nodes[node];
  if (state === undefined || state.listeners.some(({ port }) => port === 53)) return {};
  if (state.kind === 'pod' || state.kind === 'container') return {};
  const others = new Set(around.map((one) => programOf(observation, one.node)));
  const [program = 'dnsmasq', another] = others;
  return another === undefined && isProgram(program) ? { nameProgram: program } : {};
}

export const isProgram = (name: string): boolean => namePrograms.some((one) => one === name);

const programOf = ({ nodes }: Observation, node: string): string =>
  nodes[node]?.listeners.find(({ port }) => port === 53)?.process ?? '';

const hears = (listening: string, address: string): boolean =>
  listening === '*' ||
  listening === (address.includes(':') ? '::' : '0.0.0.0') ||
  sameAddress(listening, address);

/**
 * The server that resolv.conf was to name: the address in the line that was to name it, the one that differs little
 * from what stands there, the one of the node that stands there; else the one server on a wire of the node. Null: any.
 */
export function meantServer(observation: Observation, from: string, line: string | null): string | null {
  const words = wordsOf(line ?? '');
  const typed = words.find((word) => parseIp(word) !== null);
  if (typed !== undefined) return typed;
  const around = serversAround(observation, from);
  const near = around.filter(({ address }) =>
    words.some((word) => /\d[.:]/.test(word) && editDistance(word, address) <= 2),
  );
  const named = around.find(({ node }) => words.includes(node));
  const onWire = around.filter(({ address }) => isOnWire(observation, from, address));
  const [only, more] = near.length > 0 ? near : named !== undefined ? [named] : onWire;
  return more === undefined ? (only?.address ?? null) : null;
}

/** The words of a line without its key and without the signs around them. */
const wordsOf = (line: string): string[] =>
  line
    .replace(/nameserver/i, ' ')
    .split(/[\s,;=#]+/)
    .map((word) => word.replace(/^:(?!:)|(?<!:):$/g, ''))
    .filter((word) => word !== '');

function isOnWire({ nodes }: Observation, from: string, address: string): boolean {
  const links = nodes[from]?.links ?? [];
  return links.some((link) =>
    link.addresses.some((own) => holds(networkOf(own.address, own.prefix), address)),
  );
}
