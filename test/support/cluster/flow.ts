import { passages } from '../../../src/core/path/model/chances.ts';
import { passHook } from '../../../src/core/path/model/netfilter.ts';
import type { Headers } from '../../../src/core/path/model/packet.ts';
import { isLocal } from '../../../src/core/path/model/routing.ts';
import { rulesetOf } from '../../../src/core/path/model/ruleset.ts';
import type { Sighting } from '../../../src/core/path/model/sighting.ts';
import { observe } from '../observation.ts';

/** node1 of the reference: 192.168.1.11, its pods behind cni0. */
function node1(whole: string) {
  const { nodes } = observe({
    node1: {
      links: {
        eth0: { addresses: ['192.168.1.11/24'] },
        cni0: { kind: 'bridge', addresses: ['10.244.1.1/24'] },
      },
      routes: ['default via 192.168.1.1'],
    },
  });
  const node = nodes.node1;
  if (node === undefined) throw new Error('no node1');
  return { ...node, rules: { ipv4: whole, ipv6: '' } };
}

/** The targets of a connection's first packet: `ADDRESS:PORT`, with `masq` if its source is changed. */
export function ends(whole: string, source: string, to: string, protocol: 'tcp' | 'udp' = 'tcp'): string[] {
  const node = node1(whole);
  const rules = rulesetOf(node, 'ipv4');
  const [destination = '', port] = to.split(':');
  const headers: Headers = { source, destination, protocol, sourcePort: null, destinationPort: Number(port) };
  const own = isLocal(node, source);
  const link = (address: string) => (address.startsWith('10.244.1.') ? 'cni0' : 'eth0');
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
  const found = passages(rules, own ? 'OUTPUT' : 'PREROUTING', first).map((passage): string => {
    if (passage.kind !== 'accept') return passage.kind;
    const { translation } = passage;
    const after: Headers = {
      ...headers,
      destination: translation?.destination ?? destination,
      destinationPort: translation?.destinationPort ?? headers.destinationPort,
    };
    const sighting = { ...first, headers: after, translated: after, mark: passage.mark };
    const local = isLocal(node, after.destination);
    const end = `${after.destination}:${after.destinationPort}`;
    const out = link(after.destination);
    if (!own) {
      const inner = passHook(rules, local ? 'INPUT' : 'FORWARD', { ...sighting, out: local ? null : out });
      if (inner.kind !== 'accept') return inner.kind;
      if (local) return `${end} here`;
    }
    const last = passHook(rules, 'POSTROUTING', { ...sighting, in: null, out });
    if (last.kind !== 'accept') return last.kind;
    return last.translation === null ? end : `${end} masq`;
  });
  return [...new Set(found)].sort();
}
