import t from 'tap';
import { rungOf } from '../../../src/core/explain/rung.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

const typed = (verdict: Verdict) => rungOf(verdict, 4).en;

t.test('the node whose address is expected translates, not the last bridge on the path', async (t) => {
  const world = namespaces()
    .node('lan', { routes: ['192.168.15.0/24 via 192.168.1.2 dev eth0'] })
    .node('host', { rules: {} });
  const question = { from: 'blue', to: '192.168.1.3', at: 'lan', source: '192.168.1.2' };
  const outcomes = [outcome('reply', { sources: ['192.168.15.2'] })];
  t.equal(
    typed(ask(world, 'seen', question, { outcomes })),
    '# type:\nhost # iptables -t nat -A POSTROUTING -s 192.168.15.2 -j MASQUERADE',
  );
});

t.test('an interface with the expected peer is moved to where another one has its name', async (t) => {
  const world = namespaces().node('red', { links: { 'veth-red': { peer: 'blue:veth-old' } } });
  world.node('host', {
    links: { 'veth-red': { peer: 'host:veth-red-br' }, 'veth-red-br': { peer: 'host:veth-red' } },
  });
  const question = { on: 'red', name: 'veth-red', absent: false, peer: 'host:veth-red-br' };
  t.equal(
    typed(ask(world, 'link', question)),
    '# type:\nhost # ip -n red link del dev veth-red\nhost # ip link set dev veth-red netns red',
  );
});

t.test('a missing web server is one that answers as those of the labs do', async (t) => {
  const world = namespaces().node('blue', { listeners: [] });
  const http = (port: string) => {
    const question = {
      from: 'host',
      url: `http://192.168.15.2${port}/`,
      status: 200,
      expect: 'answer',
    } as const;
    return typed(ask(world, 'http', question, { outcomes: [outcome('rejected')] }));
  };
  t.equal(http(''), '# type:\nhost # ip netns exec blue nginx');
  t.equal(http(':8080'), '# type:\nhost # ip netns exec blue python3 -m http.server 8080');
});
