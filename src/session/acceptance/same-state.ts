import { parseSave, serializeRule } from 'iptables-parser-ts';
import type { NodeState, Observation } from '../../core/state/observation.ts';

/**
 * The differences between two machines that should be alike, as lines for people; empty if there are none.
 * Ignored are values that are never the same twice: indexes, MAC addresses and the addresses made from them,
 * neighbours (they come and go by themselves), counters, and names that Docker invents: links, ports of its
 * DNS.
 */
export function differences(one: Observation, other: Observation): string[] {
  const left = describe(one);
  const right = describe(other);
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `only in the first: ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `only in the second: ${line}`),
  ];
}

function describe({ nodes }: Observation): string[] {
  return Object.entries(nodes).flatMap(([name, state]) =>
    describeNode(state).map((line) => `${name}: ${settled(line)}`),
  );
}

/** Docker and the CNI plugins name a link by random digits, and Docker's DNS server in a container listens on random ports. */
function settled(line: string): string {
  const named = line
    .replaceAll(/\bveth(?:wepl)?[0-9a-f]{7,8}\b/g, 'veth*')
    .replaceAll(/\bbr-[0-9a-f]{12}\b/g, 'br-*');
  if (!named.includes('127.0.0.11')) return named;
  return named.replaceAll(/(127\.0\.0\.11:|--sport )\d+/g, '$1*');
}

function describeNode(state: NodeState): string[] {
  const links = state.links.map(({ name, kind, mtu, up, carrier, master, peer }) =>
    [
      'link',
      name,
      kind,
      mtu,
      up ? 'up' : 'down',
      carrier ? 'carrier' : 'no carrier',
      master,
      peer?.node,
      peer?.link,
    ].join(' '),
  );
  const addresses = state.links.flatMap(({ name, addresses: list }) =>
    list
      .filter(({ scope }) => scope !== 'link')
      .map(({ address, prefix }) => `address ${address}/${prefix} ${name}`),
  );
  const routes = state.routes
    .filter(
      ({ text, table }) =>
        !/\bfe80:|^ff00:|^multicast /.test(text) && !(table === 'local' && text.includes('::')),
    )
    .map(({ text, table }) => `route ${table} ${text}`);
  const sysctls = Object.entries(state.sysctls).map(([key, value]) => `sysctl ${key} = ${value}`);
  const rules = [...rulesIn(state.rules.ipv4), ...rulesIn(state.rules.ipv6)].map((rule) => `rule ${rule}`);
  const listeners = state.listeners.map(
    ({ protocol, address, port }) => `listener ${protocol} ${address}:${port}`,
  );
  return [`kind ${state.kind}`, ...links, ...addresses, ...routes, ...sysctls, ...rules, ...listeners];
}

/** Rules and policies by meaning of place: table, chain, text; no counters. */
function rulesIn(text: string): string[] {
  return parseSave(text).tables.flatMap((table) => [
    ...table.chains
      .filter(({ policy }) => policy === 'DROP')
      .map(({ name, policy }) => `${table.name} ${name} ${policy}`),
    ...table.rules.map((rule) => `${table.name} ${serializeRule(rule)}`),
  ]);
}
