import t from 'tap';
import { withValues } from '../../../src/core/cure/fillings.ts';
import { helps } from '../../../src/core/cure/proof.ts';
import { observe, type Spec } from '../../support/observation.ts';

/** a and b on one wire, b with an address. */
const wire: Spec = {
  a: { links: { eth0: { peer: 'b:eth0' }, eth1: { kind: 'dummy' } } },
  b: { links: { eth0: { addresses: ['10.0.1.1/24', 'fd00:1::1/64'] } } },
};
const ping = { from: 'a', to: '10.0.1.1', protocol: 'icmp', port: null } as const;
const filled = (spec: Spec, run: string, packet: typeof ping | { to: string } = ping, on = 'a') =>
  withValues(observe(spec), { ...ping, ...packet }, [{ on, run }]).map(([line]) => line?.run);

t.test('an address is given where its network is', async (t) => {
  const given = filled(wire, 'ip addr add 10.0.1.9/24 dev LINK');
  t.strictSame(given, ['ip addr add 10.0.1.9/24 dev eth0']);
  t.strictSame(filled(wire, 'ip addr add 10.0.9.9/24 dev LINK'), []);
});

t.test('a node without an address gets one that no node has, and that nothing names', async (t) => {
  t.strictSame(filled(wire, 'ip addr add ADDRESS/LENGTH dev LINK'), ['ip addr add 10.0.1.2/24 dev eth0']);
  t.strictSame(filled(wire, 'ip addr add ADDRESS/LENGTH dev eth1'), []);
  const six = filled(wire, 'ip addr add ADDRESS/LENGTH dev eth0', { to: 'fd00:1::1' });
  t.strictSame(six, ['ip addr add fd00:1::2/64 dev eth0']);
  const named: Spec = {
    ...wire,
    b: {
      links: { eth0: { addresses: ['10.0.1.1/24'] } },
      routes: ['10.0.2.0/24 via 10.0.1.2 dev eth0'],
      rules: { filter: ['-A INPUT -s 10.0.1.3/32 -j DROP'] },
    },
  };
  const run = 'ip addr add ADDRESS/LENGTH dev eth0';
  t.strictSame(filled(named, run), ['ip addr add 10.0.1.4/24 dev eth0']);
  const narrow: Spec = { ...wire, b: { links: { eth0: { addresses: ['10.0.1.1/31'] } } } };
  t.strictSame(filled(narrow, run), [], 'no address is left');
  const trouble = { packet: ping, reason: 'no-address', node: 'a', values: {} } as const;
  const state = observe(wire);
  const [way = []] = withValues(state, ping, [{ on: 'a', run }]);
  t.ok(helps(state, trouble, way), 'the packet then arrives');
});

t.test('no line names an interface of a node that has none', async (t) => {
  const bare = observe({ ...wire, a: { links: {} }, b: { links: { eth0: {} } } });
  const trouble = { packet: ping, reason: 'no-address', node: 'a', values: {} } as const;
  t.notOk(helps(bare, trouble, [{ on: 'a', run: 'ip addr add ADDRESS/LENGTH dev LINK' }]));
});

t.test('what is deleted is looked up', async (t) => {
  const port: Spec = {
    a: {
      links: {
        br: { kind: 'bridge' },
        eth0: { peer: 'b:eth0', master: 'br', addresses: ['10.0.1.2/24', '10.0.3.2/24'] },
      },
    },
    b: wire.b ?? {},
  };
  t.strictSame(filled(port, 'ip addr del 10.0.1.2/LENGTH dev LINK'), ['ip addr del 10.0.1.2/24 dev eth0']);
  const moved = ['ip addr del ADDRESS/LENGTH dev eth0', 'ip addr add ADDRESS/LENGTH dev br'];
  const lines = moved.map((run) => ({ on: 'a', run }));
  t.strictSame(
    withValues(observe(port), ping, lines).map((way) => way.map(({ run }) => run)),
    ['10.0.1.2/24', '10.0.3.2/24'].map((own) => [`ip addr del ${own} dev eth0`, `ip addr add ${own} dev br`]),
  );
});

t.test('a network, a MAC address, the other ends of a tunnel and of a cable', async (t) => {
  const spec: Spec = {
    a: {
      links: {
        eth0: { peer: 'b:eth0', addresses: ['10.0.1.2/24'], mac: '0a:00:00:00:00:00' },
        vx: { kind: 'vxlan', details: { id: '7', local: '10.0.1.2' } },
        br: { kind: 'bridge' },
        port: { peer: 'b:eth1', master: 'br', up: false },
      },
    },
    b: {
      links: {
        eth0: { addresses: ['10.0.1.1/24'], mac: '02:00:00:00:00:00' },
        eth1: {},
        vx: { kind: 'vxlan', details: { id: '7', local: '10.0.1.1' } },
      },
    },
  };
  t.strictSame(filled(spec, 'ip route replace NETWORK/LENGTH via GATEWAY'), [
    'ip route replace 10.0.1.0/24 via GATEWAY',
  ]);
  t.strictSame(filled(spec, 'ip link set dev eth0 address MAC'), [
    'ip link set dev eth0 address 02:00:00:00:00:01',
  ]);
  t.strictSame(filled(spec, 'bridge fdb append 02:00:00:00:00:09 dev vx dst ADDRESS'), [
    'bridge fdb append 02:00:00:00:00:09 dev vx dst 10.0.1.1',
  ]);
  t.strictSame(filled(spec, 'ip link set dev OTHER-END up'), ['ip link set dev port up']);
  t.strictSame(filled(spec, 'ip route add 10.0.1.1 dev LINK'), ['ip route add 10.0.1.1 dev eth0']);
  t.strictSame(filled(spec, 'ip route get 10.0.1.1'), []);
  t.strictSame(filled(spec, 'ip route add 10.0.1.1 dev LINK', ping, 'nowhere'), []);
});
