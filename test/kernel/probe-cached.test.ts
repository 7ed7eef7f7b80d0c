import t from 'tap';
import type { Machine } from '../../src/core/ports.ts';
import { sh, workplace } from '../support/machines.ts';

/**
 * red 10.0.1.1 asks host 10.0.1.2, which forwards to blue 10.0.2.1: two dnsmasq. blue's answer may be kept for a
 * minute.
 */
async function withForwarder(machine: Machine, cacheSize: number): Promise<void> {
  await sh(
    machine,
    `for n in red blue; do ip netns add $n; ip -n $n link set lo up; done
    ip link add name to-red type veth peer name eth0 netns red; ip link add name to-blue type veth peer name eth0 netns blue
    ip -n red addr add 10.0.1.1/24 dev eth0; ip -n blue addr add 10.0.2.1/24 dev eth0
    ip addr add 10.0.1.2/24 dev to-red; ip addr add 10.0.2.2/24 dev to-blue
    ip link set to-red up; ip link set to-blue up; ip -n red link set eth0 up; ip -n blue link set eth0 up
    ip netns exec blue dnsmasq -C /dev/null --user=root --pid-file=/run/blue.pid --no-resolv --no-hosts \
      --local-ttl=60 --host-record=db.example,192.0.2.1
    dnsmasq -C /dev/null --user=root --no-resolv --no-hosts --server=10.0.2.1 --cache-size=${cacheSize}`,
  );
}

const query = {
  kind: 'dns' as const,
  from: 'red',
  name: 'db.example',
  type: 'A',
  server: '10.0.1.2',
  recurse: true,
};
const ask = (machine: Machine, at: string) => machine.probe({ kind: 'cached', from: 'red', query, at });

t.test('a server that keeps answers sends no second query', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withForwarder(machine, 100);
    t.match(await ask(machine, 'host'), { result: 'answer', names: { arrived: true, sent: [] } });
    t.match(await ask(machine, 'blue'), { result: 'answer', names: { arrived: false } });
  }),
);

t.test('a server that keeps nothing asks again, and it is seen', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withForwarder(machine, 0);
    t.match(await ask(machine, 'host'), {
      result: 'answer',
      names: { arrived: true, sent: ['10.0.2.1: A? db.example.'] },
      evidence: { on: 'host', command: /^tcpdump/, output: /10\.0\.2\.1\.53: \d+\+.* A\? db\.example/ },
    });
    await sh(machine, 'kill $(cat /run/blue.pid)');
    t.match(await ask(machine, 'host'), { result: /silence|server-refused|server-failed/ });
  }),
);

t.test('without a capture the result is tool-failed', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withForwarder(machine, 100);
    await sh(machine, 'mount --bind /usr/bin/false /usr/bin/tcpdump');
    t.match(await ask(machine, 'host'), { result: 'tool-failed' });
  }),
);
