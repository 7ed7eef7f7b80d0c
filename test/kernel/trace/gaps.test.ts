import t from 'tap';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import { chain } from '../../support/chain.ts';
import { sh, workplace } from '../../support/machines.ts';

/** Datagrams to the probe's own port, as fast as they go; none is answered. */
const flood = `
import socket
taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
taken.bind(('10.0.1.1', 0))
while True:
    taken.sendto(bytes(1400), ('10.0.2.2', 999))
`;
const silent = `
import socket, time
taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
taken.bind(('', 999))
time.sleep(60)
`;
const owner = "(echo 'add table inet hoplab_trace { flags owner; }'; sleep 1) | nft -i";

t.test('a trace reports what it could not see', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, chain);
    const others = [machine.run('b', ['python3', '-c', silent]), machine.run('a', ['python3', '-c', flood])];
    const received = async () => {
      const [link] = JSON.parse(await sh(machine, 'ip -n b -j -s link show dev bb'));
      return link.stats64.rx.packets;
    };
    for (const end = Date.now() + 10_000; (await received()) < 1000; )
      if (Date.now() > end) throw new Error('there is no flood');
    const probe = { kind: 'udp', port: 999 } as const;
    const flooded = tracedPath(await machine.trace({ from: 'a', to: '10.0.2.2', probe }));
    await sh(machine, 'ip netns pids a | xargs kill; ip netns pids b | xargs kill');
    await Promise.all(others);
    t.ok(flooded.gaps.length > 0, 'a flood on the probe’s own port is more than a trace keeps');
    for (const { code, text } of flooded.gaps) {
      t.ok(['frames-over', 'frames-lost', 'reports-lost'].includes(code), code);
      t.match(text.ko, /[가-힣]/, text.ko);
    }

    // As a watcher of the trace before that takes its time to end.
    const held = machine.run('r', ['sh', '-c', owner]);
    await sh(
      machine,
      `timeout 5 sh -c 'until ip netns exec r nft list tables | grep -q hoplab_trace; do :; done'`,
    );
    const next = tracedPath(await machine.trace({ from: 'a', to: '10.0.2.2', probe: { kind: 'icmp' } }));
    t.same(next.gaps, [], 'a trace waits for the one before it to end');
    t.equal((await held).exitCode, 0);

    await sh(machine, 'ip netns exec r nft add table inet hoplab_trace');
    const path = tracedPath(await machine.trace({ from: 'a', to: '10.0.2.2', probe: { kind: 'icmp' } }));
    t.match(path.end, { kind: 'delivered' }, 'what devices see is seen all the same');
    t.match(path.gaps, [{ code: 'rules-untraced', node: 'r', values: { family: 'inet' } }]);
    t.match(await sh(machine, 'ip netns exec r nft list tables'), /table inet hoplab_trace/);
  }),
);
