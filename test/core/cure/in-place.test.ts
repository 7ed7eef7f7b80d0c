import t from 'tap';
import type { CheckKind } from '../../../src/core/check/check.ts';
import { diagnose } from '../../../src/core/diagnose/packet.ts';
import { explain } from '../../../src/core/explain/explain.ts';
import { rungOf } from '../../../src/core/explain/rung.ts';
import { walk } from '../../../src/core/path/model/walk.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces, routed6, type World } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

const typed = (verdict: Verdict) => rungOf(verdict, 4).en.replace('# type:\n', '');
const observed = (verdict: Verdict) => explain(verdict, 'en').observed;

t.test('an address that was given to another node of the wire is taken from it first', async (t) => {
  const world = namespaces()
    .node('red', { links: { 'veth-red': { peer: 'host:veth-red-br' } } })
    .node('blue', { links: { 'veth-blue': { peer: 'host:veth-blue-br', addresses: ['192.168.15.1/24'] } } });
  const question = { on: 'red', address: '192.168.15.1/24', dev: 'veth-red', absent: false };
  const verdict = ask(world, 'address', question);
  t.equal(
    typed(verdict),
    'host # ip -n blue addr del 192.168.15.1/24 dev veth-blue\nhost # ip -n red addr add 192.168.15.1/24 dev veth-red',
  );
  t.equal(
    rungOf(verdict, 3).en,
    'Remove 192.168.15.1/24 from blue, and add 192.168.15.1/24 to veth-red in red.',
  );
});

t.test('the address that is there instead is named', async (t) => {
  const world = namespaces().node('red', {
    links: { 'veth-red': { peer: 'host:veth-red-br', addresses: ['192.168.15.11/24'] } },
  });
  const question = { on: 'red', address: '192.168.15.1/24', dev: 'veth-red', absent: false };
  const verdict = ask(world, 'address', question);
  t.equal(observed(verdict), '192.168.15.1/24 is not on veth-red in red. veth-red has 192.168.15.11/24.');
  t.match(rungOf(verdict, 3).en, /If 192\.168\.15\.11\/24 is mistyped, remove it\./);
});

t.test('no switch is said to have lost its IPv6 addresses', async (t) => {
  const world = namespaces().node('host', {
    links: {
      'v-net-0': { kind: 'bridge', addresses: ['fe80::5/64'] },
      'veth-red-br': { master: 'v-net-0' },
    },
  });
  world.node('red', {
    links: { 'veth-red': { peer: 'host:veth-red-br', addresses: ['fe80::1/64', 'fd00:15::1/64'] } },
  });
  const question = { from: 'red', to: 'fd00:15::9', expect: 'reply' } as const;
  const verdict = ask(world, 'ping', question, { outcomes: [outcome('silence')] });
  t.equal(observed(verdict), 'No node on veth-red of red answers for fd00:15::9.');
});

/** As the kernel has it once duplicate address detection has failed: no route in the table local. */
function unused(world: World, node: string, address: string): Observation {
  const observation = observe(world.spec);
  const state = observation.nodes[node];
  const routes = state?.routes.filter(({ destination }) => destination !== `${address}/128`) ?? [];
  const sourceless = routes.map((route) => ({ ...route, source: null }));
  return {
    nodes: {
      ...observation.nodes,
      ...(state === undefined ? {} : { [node]: { ...state, routes: sourceless } }),
    },
  };
}

t.test('an address that duplicate address detection found elsewhere is none', async (t) => {
  const ping = (to: string) => ({ from: 'a', to, protocol: 'icmp' as const, port: null });
  const twice = routed6().node('a', {
    links: { ar: { peer: 'r:ra', addresses: ['fe80::a/64', 'fd00:1::2/64', 'fd00:1::1/64'] } },
  });
  const observation = unused(twice, 'a', 'fd00:1::2');
  t.equal(walk(observation, ping('fd00:1::2')).request.hops[0]?.before.source, 'fd00:1::1');
  const alone = routed6().node('a', {
    links: { ar: { peer: 'r:ra', addresses: ['fe80::a/64', 'fd00:1::7/64', 'fd00:1::1/64'] } },
  });
  const { node, values } = diagnose(unused(alone, 'a', 'fd00:1::7'), ping('fd00:1::7'), outcome('silence'));
  t.equal(node, 'a');
  t.equal(values.detecting, 'ar', 'the node itself, and not another wire');
  t.equal(values.again, 'fd00:1::7/64', 'no other node has it any more');
});

t.test('a rule for another destination is corrected, before a server is started there', async (t) => {
  const rule = (to: string) =>
    `-A PREROUTING -d ${to}/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80`;
  const world = (to: string) =>
    namespaces().node('host', {
      listeners: [],
      rules: { nat: ['-A PREROUTING -i lo -j ACCEPT', rule(to)] },
    });
  const question = { from: 'lan', url: 'http://192.168.1.2/', status: 200, expect: 'answer' } as const;
  const outcomes = [outcome('rejected')];
  t.equal(
    typed(ask(world('192.168.1.3'), 'http', question, { outcomes })),
    'host # iptables -t nat -R PREROUTING 2 -d 192.168.1.2 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80',
  );
});

t.test('no web server is started in a node if that of another one should answer', async (t) => {
  const world = namespaces().node('blue', { listeners: [] });
  const http = (body: string) =>
    typed(
      ask(
        world,
        'http',
        { from: 'host', url: 'http://192.168.15.2/', status: 200, expect: 'answer', body } as const,
        { outcomes: [outcome('rejected')] },
      ),
    );
  t.equal(http('host=blue'), 'host # ip netns exec blue nginx');
  t.notMatch(http('host=lan'), /nginx/);
});

t.test('the program that should listen is started, and only the one of that node is ended', async (t) => {
  const listening = (process: string, listeners: string[]) =>
    typed(
      ask(namespaces().node('blue', { listeners }), 'listener', {
        ...{ on: 'blue', port: 80, protocol: 'tcp', absent: false, process },
      } as const),
    );
  t.equal(listening('nginx', []), 'host # ip netns exec blue nginx');
  t.equal(listening('python3', []), 'host # ip netns exec blue python3 -m http.server 80 &');
  t.notMatch(listening('haproxy', []), /nginx|python3/);
  t.equal(
    listening('haproxy', ['tcp 0.0.0.0:80 process nginx']),
    "host # ip netns exec blue sh -c 'pkill --ns $$ --nslist net nginx'",
  );
});

t.test('a process with other rights is ended, and started with those it needs', async (t) => {
  const process = { node: 'red', pids: [77], command: 'sleep 9', uid: 0, capabilities: ['net_admin'] };
  const typedFor = (args: object, more = {}) =>
    typed(
      ask(
        namespaces(),
        'process' satisfies CheckKind,
        { on: 'red', name: 'sleep 9', ...args },
        {
          processes: [{ ...process, ...more }],
        },
      ),
    );
  const start = 'host # kill 77\nhost # ip netns exec red';
  t.equal(
    typedFor({ uid: 0, has: ['net_raw'], lacks: ['net_admin', 'chown'] }),
    `${start} setpriv --bounding-set -net_admin,-chown --inh-caps -net_admin,-chown sleep 9 &`,
  );
  t.equal(
    typedFor({ uid: 1010, has: ['net_raw'] }),
    `${start} setpriv --reuid 1010 --regid 1010 --clear-groups --inh-caps +net_raw --ambient-caps +net_raw sleep 9 &`,
  );
  t.equal(
    typedFor({ has: ['net_raw'] }, { uid: 1010 }),
    `${start} setpriv --reuid 1010 --regid 1010 --clear-groups --inh-caps +net_raw --ambient-caps +net_raw sleep 9 &`,
  );
});

t.test('an end of a pair that is in the wrong node is moved to the right one', async (t) => {
  const world = namespaces()
    .node('host', { links: { 'veth-blue': { peer: 'red:veth-red' } } })
    .node('red', { links: { 'veth-red': { peer: 'host:veth-blue' } } })
    .node('blue', { links: {} });
  const question = { on: 'red', name: 'veth-red', absent: false, peer: 'blue:veth-blue' };
  const verdict = ask(world, 'link', question);
  t.equal(typed(verdict), 'host # ip link set dev veth-blue netns blue');
  t.equal(rungOf(verdict, 3).en, 'Move veth-blue, the other end, to blue.');
});
