import t from 'tap';
import { atOtherHook } from '../../../src/core/path/model/other-hook.ts';
import type { Headers } from '../../../src/core/path/model/packet.ts';
import type { NodeState } from '../../../src/core/state/observation.ts';
import { observe } from '../../support/observation.ts';

const packet: Headers = {
  ...{ source: '10.0.1.2', destination: '10.0.1.1', protocol: 'tcp' },
  ...{ sourcePort: 40000, destinationPort: 8080 },
};

function at(rules: string[], link: string | null, headers = packet) {
  const chains = [':PREROUTING ACCEPT', ':OUTPUT ACCEPT'];
  const links = { eth0: { addresses: ['10.0.1.1/24'] } };
  const { r } = observe({ r: { links, rules: { nat: [...chains, ...rules] } } }).nodes;
  return atOtherHook(r as NodeState, headers, link);
}

const target = '-j DNAT --to-destination 10.0.2.2:80';

t.test('a translation in the chain for the other kind of packets', async (t) => {
  const arriving = `-A PREROUTING -i eth0 -p tcp -m tcp --dport 8080 ${target}`;
  const any = `-A PREROUTING -p tcp -m tcp --dport 8080 ${target}`;
  t.same(at([any], null), {
    forArrivals: any,
    moved: `OUTPUT -d 10.0.1.1 ${any.slice('-A PREROUTING '.length)}`,
    rightChain: 'OUTPUT',
  });
  t.same(at([arriving], null), {}, 'a packet of the node came in by no interface');
  const own = `-A OUTPUT -d 10.0.1.1/32 -p tcp -m tcp --dport 8080 ${target}`;
  t.same(at([own], 'eth0'), {
    forOwn: own,
    moved: `PREROUTING ${own.slice('-A OUTPUT '.length)}`,
    rightChain: 'PREROUTING',
  });
  t.same(at([own], 'lo'), {}, 'what comes by the loopback the node has made');
  t.same(at([any], null, { ...packet, destinationPort: 9090 }), {}, 'for another port');
  t.match(at([any], null, { ...packet, destination: '127.0.0.1' }), { forArrivals: any, moved: undefined });
});
