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
import { type LinkSpec, observe } from '../../support/observation.ts';

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

t.test('where to look says the state that the entry of the neighbour is in', async (t) => {
  const silent = (neighbours: string[]) => {
    const world = namespaces().node('red', {
      links: { 'veth-red': { peer: 'host:veth-red-br', addresses: ['192.168.15.1/24'] } },
      neighbours,
    });
    const args = { from: 'red', to: '192.168.15.9', expect: 'reply' } as const;
    return rungOf(ask(world, 'ping', args, { outcomes: [outcome('silence')] }), 2);
  };
  const start = '`ip -n red neigh` shows';
  const end = 'for 192.168.15.9';
  const known = (state: string) => silent([`192.168.15.9 veth-red 02:00:00:00:00:99 ${state}`]);
  t.ok(silent([]).en.startsWith(`${start} INCOMPLETE or FAILED ${end}`));
  t.ok(silent(['192.168.15.9 veth-red - FAILED']).en.startsWith(`${start} INCOMPLETE or FAILED ${end}`));
  for (const state of ['REACHABLE', 'STALE'])
    t.ok(
      known(state).en.startsWith(`${start} ${state} ${end}, with the MAC address 02:00:00:00:00:99`),
      known(state).en,
    );
  t.match(known('STALE').ko, /MAC 주소 02:00:00:00:00:99, 상태 STALE로 나옵니다\./);
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

t.test('where to look for a PID is what is shown', async (t) => {
  const process = { node: 'red', pids: [77], command: 'sleep 9', uid: 0, capabilities: [] };
  const shown = (args: object) => {
    const verdict = ask(
      namespaces(),
      'process' satisfies CheckKind,
      { on: 'red', ...args },
      { processes: [process] },
    );
    return { where: rungOf(verdict, 2).en, command: verdict.evidence[0]?.command };
  };
  const pid = shown({ pid: 1 });
  t.match(pid.where, /^`ps -eo pid,pidns,args` /);
  t.equal(pid.command, 'ps -eo pid,pidns,args');
  t.equal(shown({ name: 'sleep 8' }).command, 'ps -o pid,uid,args -C sleep');
});

t.test('a gateway that is no router is replaced, and one that is may be right for the rest', async (t) => {
  const via = (gateway: string, to = '8.8.8.8') => {
    const world = namespaces().node('blue', { routes: [`default via ${gateway}`] });
    world.node('gate', {
      links: {
        eth0: { peer: 'host:veth-gate-br', addresses: ['192.168.15.9/24'] },
        eth1: { addresses: ['10.9.0.1/24'] },
      },
    });
    world.link('host', 'veth-gate-br', { master: 'v-net-0' });
    return ask(world, 'route', { on: 'blue', to, via: '192.168.15.5', absent: false });
  };
  const replace = 'host # ip -n blue route replace default via 192.168.15.5';
  for (const wrong of ['192.168.15.1', '192.168.15.77']) {
    t.equal(typed(via(wrong)), replace, wrong);
    t.equal(rungOf(via(wrong), 3).en, 'Replace the route: the gateway must be 192.168.15.5.');
  }
  const router = via('192.168.15.9', '192.168.1.3');
  t.equal(typed(router), `host # ip -n blue route add 192.168.1.0/24 via 192.168.15.5\n# or\n${replace}`);
  t.match(
    rungOf(router, 3).en,
    /^The packet takes the default route\. If that is right for all other addresses,/,
  );
  t.match(rungOf(router, 3).ko, /^이 패킷은 기본 경로\(default\)를 따릅니다\./);
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

t.test('an interface in the wrong node is moved, whatever it has been given there', async (t) => {
  const world = (there: LinkSpec) =>
    namespaces()
      .link('host', 'veth-orange-br', { master: 'v-net-0', peer: 'gray:veth-orange' })
      .node('gray', { links: { 'veth-orange': { peer: 'host:veth-orange-br', ...there } } })
      .node('orange', { links: {} });
  const link = { on: 'orange', name: 'veth-orange', absent: false, peer: 'host:veth-orange-br' };
  const address = { on: 'orange', address: '192.168.15.3/24', dev: 'veth-orange', absent: false };
  const move = 'host # ip -n gray link set dev veth-orange netns orange';
  const idea =
    'Move veth-orange from gray to orange. An interface can only be moved from the namespace it is in.';
  for (const there of [{}, { addresses: ['192.168.15.3/24'] }])
    for (const verdict of [ask(world(there), 'link', link), ask(world(there), 'address', address)]) {
      t.equal(typed(verdict), move);
      t.equal(rungOf(verdict, 3).en, idea);
    }
  t.equal(
    typed(ask(world({ addresses: ['10.0.0.9/24'] }), 'link', link)),
    move,
    'its other end is the right one',
  );
});

t.test('an interface of the same name that another node needs itself is not moved', async (t) => {
  const world = (there: LinkSpec) =>
    namespaces()
      .link('host', 'veth-gray', { peer: 'gray:eth0' })
      .node('gray', { links: { eth0: { peer: 'host:veth-gray', ...there } } })
      .node('orange', { links: {} });
  const link = { on: 'orange', name: 'eth0', absent: false, peer: 'host:veth-orange' };
  const address = { on: 'orange', address: '192.168.15.3/24', dev: 'eth0', absent: false };
  const used = { addresses: ['192.168.15.4/24'] };
  for (const verdict of [
    ask(world({}), 'link', link),
    ask(world(used), 'link', link),
    ask(world(used), 'address', address),
  ]) {
    t.notMatch(typed(verdict), / netns /);
    t.match(rungOf(verdict, 3).en, /^Make the interface eth0, or move it to orange/);
  }
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
