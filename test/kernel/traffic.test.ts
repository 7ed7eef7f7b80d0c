import t from 'tap';
import type { Machine } from '../../src/core/ports.ts';
import type { Crossing, Flow, TrafficNews } from '../../src/core/traffic/flow.ts';
import { LiveTraffic } from '../../src/session/traffic.ts';
import { chain } from '../support/chain.ts';
import { sh, workplace } from '../support/machines.ts';

/** Somebody who watches a machine's traffic, as a session lets him. */
class Watcher {
  readonly flows = new Map<number, Flow>();
  readonly crossings: Crossing[] = [];
  readonly end: () => void;
  #heard: () => void = () => {};

  constructor(machine: Machine) {
    const live = new LiveTraffic(
      () => machine,
      (changed) => {
        const watch = machine.watch({ changed, stale() {}, ended() {} });
        return () => void watch.stop();
      },
    );
    this.end = live.watch((news) => this.#take(news)).end;
  }

  #take({ flows, crossings }: TrafficNews): void {
    for (const flow of flows) this.flows.set(flow.number, flow);
    this.crossings.push(...crossings);
    this.#heard();
  }

  /** Waits for such a flow. */
  async flow(wanted: Partial<Flow>, also = (_: Flow): boolean => true): Promise<Flow> {
    const entries = Object.entries(wanted) as [keyof Flow, unknown][];
    const fits = (flow: Flow) =>
      also(flow) && entries.every(([key, value]) => JSON.stringify(flow[key]) === JSON.stringify(value));
    return this.#until(
      () => [...this.flows.values()].findLast(fits),
      () => `no ${JSON.stringify(wanted)} in ${JSON.stringify([...this.flows.values()])}`,
    );
  }

  /** Waits until the flow has passed these interfaces, and no others. Nodes are read one after the other. */
  async passes(flow: Flow, direction: Crossing['direction'], places: string[]): Promise<void> {
    const path = () => this.#pathOf(flow, direction);
    await this.#until(
      () => path().toSorted().join() === places.toSorted().join() || undefined,
      () => `${direction}: ${path()}`,
    );
  }

  async #until<T>(look: () => T | undefined, failure: () => string): Promise<T> {
    for (const end = Date.now() + 15_000; ; ) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(failure());
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.#heard = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #pathOf({ number }: Flow, direction: Crossing['direction']): string[] {
    const own = this.crossings.filter((each) => each.flow === number && each.direction === direction);
    return [...new Set(own.map(({ node, link, way }) => `${node} ${way} ${link}`))];
  }
}

/** The sampler is there when it has seen a first packet. */
async function watching(machine: Machine): Promise<Watcher> {
  const watcher = new Watcher(machine);
  const pings = machine.run('a', ['ping', '-q', '-i', '0.2', '-w', '10', '10.0.1.2']);
  await watcher.flow({ protocol: 'icmp', verdict: 'answered' });
  await sh(machine, 'ip netns pids a | xargs kill -INT');
  await pings;
  return watcher;
}

const ping = (machine: Machine, to: string) => machine.run('a', ['ping', '-q', '-c', '1', '-W', '1', to]);

t.test('what a learner sends is seen on its way, with where it ends', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, chain);
    const watcher = await watching(machine);
    const to = (address: string) => (flow: Flow) => flow.destination.address === address;

    await ping(machine, '10.0.2.2');
    const answered = await watcher.flow({ from: 'a', verdict: 'answered' }, to('10.0.2.2'));
    t.equal(answered.own, false);
    await watcher.passes(answered, 'request', ['a out ar', 'r in ra', 'r out rb', 'b in bb']);
    await watcher.passes(answered, 'reply', ['b out bb', 'r in rb', 'r out ra', 'a in ar']);

    await sh(machine, 'ip netns exec r sysctl -qw net.ipv4.ip_forward=0');
    await ping(machine, '10.0.2.2');
    await watcher.flow({ verdict: 'dropped', where: { node: 'r', link: 'ra' } });

    await sh(machine, 'ip netns exec r sysctl -qw net.ipv4.ip_forward=1');
    await sh(machine, 'ip netns exec b iptables -A INPUT -p icmp -j DROP');
    await ping(machine, '10.0.2.2');
    await watcher.flow({ verdict: 'unanswered', where: { node: 'b', link: 'bb' } });

    await sh(machine, 'ip netns exec b iptables -F');
    await sh(machine, 'ip netns exec b iptables -A OUTPUT -d 10.0.1.1 -p tcp --sport 81 -j DROP');
    await machine.run('a', ['nc', '-z', '-w', '1', '10.0.2.2', '80']);
    const closed = await watcher.flow({ verdict: 'refused', where: { node: 'b', link: 'bb' } });
    t.match(closed, { protocol: 'tcp', destination: { port: 80 } }, 'a closed port');

    await sh(machine, 'ip netns exec r iptables -A FORWARD -p tcp --dport 82 -j REJECT');
    await machine.run('a', ['nc', '-z', '-w', '1', '10.0.2.2', '82']);
    const refused = await watcher.flow({ protocol: 'tcp', where: { node: 'r', link: 'ra' } });
    t.equal(refused.verdict, 'refused', 'who refused it is told');

    await sh(machine, 'ip netns exec r iptables -t nat -A POSTROUTING -o rb -j SNAT --to-source 10.0.2.1');
    await sh(
      machine,
      'ip netns exec r iptables -t nat -A PREROUTING -d 10.0.1.2 -p icmp -j DNAT --to 10.0.2.2',
    );
    await machine.run('a', ['ping', '-q', '-c', '2', '-i', '0.3', '10.0.1.2']);
    const isNew = (flow: Flow) => to('10.0.1.2')(flow) && flow.translated !== null;
    t.match(await watcher.flow({ protocol: 'icmp', verdict: 'answered' }, isNew), {
      translated: { source: { address: '10.0.2.1' }, destination: { address: '10.0.2.2' } },
    });
    watcher.end();
  }),
);

t.test('a node that is made meanwhile is seen, and what hoplab sends is marked', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, chain);
    const watcher = await watching(machine);
    await sh(
      machine,
      `ip netns add late; ip link add name l0 netns late type veth peer name a0 netns a
       ip -n late addr add 10.9.0.1/24 dev l0; ip -n late link set l0 up
       ip -n a addr add 10.9.0.2/24 dev a0; ip -n a link set a0 up`,
    );
    const pings = machine.run('late', ['ping', '-q', '-i', '0.2', '-w', '10', '10.9.0.2']);
    await watcher.flow({ from: 'late', protocol: 'icmp', verdict: 'answered' });
    await sh(machine, 'ip netns pids late | xargs kill -INT');
    await pings;
    await machine.probe({ kind: 'ping', from: 'b', to: '10.0.1.1' });
    t.equal((await watcher.flow({ from: 'b', protocol: 'icmp' })).own, true);
    watcher.end();
  }),
);

const flood = `
import socket
taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    taken.sendto(b'x' * 64, ('10.0.2.2', 9))
`;

t.test('of a flood a few frames are looked at', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, chain);
    let readings = 0;
    let most = 0;
    const sampler = machine.sample({
      seen({ frames }) {
        readings += 1;
        most = Math.max(most, frames.length);
      },
      ended() {},
    });
    const watcher = await watching(machine);
    const flooding = machine.run('a', ['timeout', '4', 'python3', '-c', flood]);
    const large = await watcher.flow({ protocol: 'udp', sampled: true });
    await flooding;
    t.equal(large.destination.port, 9);
    const sent = Number((await sh(machine, 'cat /proc/net/snmp | grep ^Udp: | tail -1', 'a')).split(' ')[4]);
    t.ok(sent > 20_000, `${sent} datagrams are a flood`);
    t.ok(most <= 200, `${most} frames in a reading`);
    t.ok(readings < 60, `${readings} readings`);
    await sampler.stop();
    watcher.end();
  }),
);
