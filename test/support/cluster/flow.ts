import { passages } from '../../../src/core/path/model/chances.ts';
import { passHook } from '../../../src/core/path/model/netfilter.ts';
import type { Headers } from '../../../src/core/path/model/packet.ts';
import { isLocal } from '../../../src/core/path/model/routing.ts';
import { rulesetOf } from '../../../src/core/path/model/ruleset.ts';
import type { Sighting } from '../../../src/core/path/model/sighting.ts';
import { observe } from '../observation.ts';

const [pods4, pods6] = ['10.244.1.', 'fd00:10:244:1::'];

/** node1 of the reference: 192.168.1.11, its pods behind cni0; a second address and IPv6 besides. */
const { nodes } = observe({
  node1: {
    links: {
      eth0: { addresses: ['192.168.1.11/24', '192.168.9.11/24', '2001:db8:1::11/64', '2001:db8:9::11/64'] },
      cni0: { kind: 'bridge', addresses: [`${pods4}1/24`, `${pods6}1/64`] },
    },
    routes: ['default via 192.168.1.1'],
  },
});

/**
 * The targets of a connection's first packet: `ADDRESS:PORT`, with `masq` if its source is changed, `here` for a
 * program of the node itself.
 */
export function ends(
  whole: string,
  source: string,
  to: string,
  protocol: Headers['protocol'] = 'tcp',
): string[] {
  const found = nodes.node1;
  if (found === undefined) throw new Error('no node1');
  const family = source.includes(':') ? 'ipv6' : 'ipv4';
  const node = { ...found, rules: { ipv4: whole, ipv6: whole } };
  const rules = rulesetOf(node, family);
  const [, destination = '', port] = /^\[?(.*?)\]?:(\d+)$/.exec(to) ?? [];
  const headers: Headers = { source, destination, protocol, sourcePort: null, destinationPort: Number(port) };
  const own = isLocal(node, source) || source === '::1';
  const link = (address: string) =>
    address.startsWith(pods4) || address.startsWith(pods6) ? 'cni0' : 'eth0';
  const first: Sighting = {
    node,
    headers,
    in: own ? null : link(source),
    out: own ? link(destination) : null,
    state: 'NEW',
    natted: true,
    original: headers,
    translated: headers,
    answer: false,
    mark: 0,
  };
  const reached = passages(rules, own ? 'OUTPUT' : 'PREROUTING', first).map((passage): string => {
    if (passage.kind !== 'accept') return passage.kind;
    const { translation } = passage;
    const after: Headers = {
      ...headers,
      destination: translation?.destination ?? destination,
      destinationPort: translation?.destinationPort ?? headers.destinationPort,
    };
    const sighting = { ...first, headers: after, translated: after, mark: passage.mark };
    const local = isLocal(node, after.destination) || after.destination === '::1';
    const shown = family === 'ipv6' ? `[${after.destination}]` : after.destination;
    const end = `${shown}:${after.destinationPort}`;
    const out = link(after.destination);
    if (!own) {
      const inner = passHook(rules, local ? 'INPUT' : 'FORWARD', { ...sighting, out: local ? null : out });
      if (inner.kind !== 'accept') return inner.kind;
    }
    if (local) return `${end} here`;
    const last = passHook(rules, 'POSTROUTING', { ...sighting, in: null, out });
    if (last.kind !== 'accept') return last.kind;
    return last.translation === null ? end : `${end} masq`;
  });
  return [...new Set(reached)].sort();
}
