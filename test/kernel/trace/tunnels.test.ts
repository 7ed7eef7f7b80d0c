import t from 'tap';
import { nodesOf } from '../../../src/core/check/path-sights.ts';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import type { TracedHop, TracedPacket } from '../../../src/core/path/recording/hop.ts';
import { prelude } from '../../support/causes.ts';
import { overRouter, tunnelSituations } from '../../support/causes-tunnels.ts';
import { sh, workplace } from '../../support/machines.ts';

const hopLine = ({ node, in: from, out, tunnel, before, after }: TracedHop): string => {
  const fields = after ?? before;
  const inside = tunnel === null ? '' : ` ${tunnel.kind} ${tunnel.id}`;
  return `${node} ${from ?? '.'}>${out ?? '.'} ${fields?.source}>${fields?.destination}${inside}`;
};

const isBeside = ({ hops }: TracedPacket) => /fragment|error/.test(hops[0]?.tunnel?.carries ?? '');
const wayOf = ({ hops, end }: TracedPacket) =>
  `${hops[0]?.tunnel?.carries} ${hops.map(({ node }) => node).join()} ${end.kind}`;

const request = [
  'n1 .>vx 10.9.0.1>10.9.0.2',
  'n1 .>eth0 172.31.1.2>172.31.2.2 vxlan 42',
  'host u1>u2 172.31.1.2>172.31.2.2 vxlan 42',
  'n2 eth0>. 172.31.1.2>172.31.2.2 vxlan 42',
  'n2 vx>. 10.9.0.1>10.9.0.2',
];

t.test('a packet is followed through a tunnel on the packet that carries it', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      `${prelude}\n${overRouter}\nserve n2 80\niptables -t raw -A PREROUTING -p udp -j ACCEPT`,
    );
    const icmp = tracedPath(await machine.trace({ from: 'n1', to: '10.9.0.2', probe: { kind: 'icmp' } }));
    t.equal(icmp.end.kind, 'delivered');
    const [there, back] = icmp.packets;
    t.strictSame(there?.hops.map(hopLine), request);
    t.strictSame(
      nodesOf(there),
      ['n1', 'host', 'n2'],
      'a check of the path counts the nodes it passes inside',
    );
    t.strictSame(nodesOf(back), ['n2', 'host', 'n1']);
    t.notOk(
      there?.hops.some(({ gap }) => gap),
      'nothing of the way is left out',
    );
    const router = there?.hops.find(({ node }) => node === 'host');
    t.match(router, { rules: [{ rule: '-A PREROUTING -p udp -j ACCEPT' }], route: { text: /dev u2/ } });
    const tcp = await machine.trace({ from: 'n1', to: '10.9.0.2', probe: { kind: 'tcp', port: 80 } });
    const connection = tracedPath(tcp);
    t.equal(connection.end.kind, 'delivered');
    t.strictSame(
      new Set(connection.packets.map((packet) => nodesOf(packet).join())),
      new Set(['n1,host,n2', 'n2,host,n1']),
      'every packet of a connection',
    );
    await sh(machine, 'ip link set dev u2 mtu 1400; ip -n n2 link set dev eth0 mtu 1400');
    const beside = async (size: number) => {
      const { packets } = tracedPath(
        await machine.trace({ from: 'n1', to: '10.9.0.2', probe: { kind: 'icmp', size } }),
      );
      return packets.filter(isBeside).map(wayOf);
    };
    t.strictSame(
      await beside(1400),
      ['fragment host,n2 delivered', 'fragment n2,host,n1 delivered'],
      'of the packets that carry, later fragments, cut by the router and by the other end',
    );
    await sh(machine, 'ip -n n2 link del vx');
    t.strictSame(await beside(56), ['error n2,host,n1 delivered'], 'what the other end says of them');
  }),
);

t.test('the model walks through tunnels to the same reasons', (t) =>
  workplace(t, async ({ make }) => {
    const endAfter = async (done: string) => {
      const machine = await make();
      await sh(machine, `${prelude}\n${done}`);
      const observation = await machine.observe();
      await machine.destroy();
      return firstTrouble(walk(observation, { from: 'n1', to: '10.9.0.2', protocol: 'icmp', port: null }));
    };
    t.equal(await endAfter(overRouter), null, 'nothing is in the way');
    const modelled = Object.entries(tunnelSituations).filter(([, { end }]) => !end.includes(' mtu '));
    for (const [title, { done, end }] of modelled) {
      const found = await endAfter(done);
      t.equal(found?.kind === 'lost' ? `dropped ${found.reason} ${found.node}` : null, end, title);
    }
  }),
);
