import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import t from 'tap';
import type { ChangeKind } from '../../src/core/check/changes.ts';
import type { Node } from '../../src/core/lab/lab.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import type { Machine } from '../../src/core/ports.ts';
import { sh, workplace } from '../support/machines.ts';

const docker: Node = {
  ...{ name: 'host', kind: 'machine', title: null, service: 'docker', sysctls: {}, routes: [], run: [] },
};

/** A process in a network namespace of its own that has no name; it has left its shell. */
const unnamed =
  '(setsid unshare --net sleep 4444 >/dev/null 2>&1 &); until pgrep -f "^sleep 4444"; do :; done';

async function kinds(machine: Machine): Promise<Record<string, string>> {
  const { nodes } = await machine.observe();
  return Object.fromEntries(Object.entries(nodes).map(([name, { kind }]) => [name, kind]));
}

t.test('other files in /run/netns do not hide the namespaces', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    for (const line of [
      'ip netns add red',
      'ln -s /nonexistent /run/netns/dangling',
      'touch /run/netns/file',
      'ln -s /proc/1/ns/uts /run/netns/link',
      'touch /run/netns/bound && mount --bind /proc/1/ns/uts /run/netns/bound',
      'mkdir /run/netns/directory && mkfifo /run/netns/fifo',
      'ln -s loop /run/netns/loop; ln -s dangling /run/netns/chain; ln -s / /run/netns/root; ln -s /dev/null /run/netns/null',
      'python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'/run/netns/socket\')"',
      'true & wait $! && ln -s /proc/$!/ns/net /run/netns/ended',
      "touch $'/run/netns/new\\nline' /run/netns/-rf '/run/netns/ ' && chmod 0 /run/netns/file",
      'cd /run/netns && seq -f empty%g 1000 | xargs touch',
    ]) {
      await sh(machine, line);
      t.strictSame(await kinds(machine), { host: 'machine', red: 'netns' }, line);
    }
    const reply = await machine.probe({ kind: 'ping', from: 'host', to: '127.0.0.1' });
    t.equal(reply.result, 'reply');
    const { outcome } = await machine.trace({
      from: 'host',
      to: '127.0.0.1',
      probe: { kind: 'icmp' },
    });
    t.equal(outcome.result, 'reply');
  }),
);

t.test('one namespace is one node, however many names it has', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await machine.perform([{ kind: 'host', name: 'lan' }]);
    await sh(machine, unnamed);
    await sh(machine, 'ip netns add red; ln -s /proc/1/ns/net /run/netns/self');
    await sh(machine, 'ln -s /proc/$(pgrep -f "^sleep 4444")/ns/net /run/netns/mine');
    await sh(machine, 'ln -s mine /run/netns/mine2; ln -s /run/netns/mine2 /run/netns/mine3');
    await sh(machine, 'for name in red2 lan2; do touch /run/netns/$name; done');
    await sh(
      machine,
      'mount --bind /run/netns/red /run/netns/red2; ln -s /var/run/netns/red /run/netns/red3',
    );
    const seen = { host: 'machine', lan: 'host', red: 'netns', mine: 'netns' };
    t.match(await kinds(machine), seen);
    t.notMatch(Object.keys(await kinds(machine)).join(' '), /self|red2|red3|mine2|mine3|sleep/);
    await sh(machine, 'ip link set dev lo up', 'mine');
    const { outcome, gaps } = await machine.trace({ from: 'mine', to: '127.0.0.1', probe: { kind: 'icmp' } });
    t.equal(outcome.result, 'reply');
    t.strictSame(gaps, []);
  }),
);

t.test('a namespace that only a process or a mount holds is a node, as long as it is held', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, unnamed);
    t.strictSame(await kinds(machine), { host: 'machine', sleep: 'container' });
    await sh(machine, 'ip link set dev lo up', 'sleep');
    t.equal((await machine.probe({ kind: 'ping', from: 'sleep', to: '127.0.0.1' })).result, 'reply');
    const named = (await machine.processes()).find(({ command }) => command === 'sleep 4444');
    t.equal(named?.node, 'sleep');
    await sh(machine, 'touch /tmp/kept && mount --bind /proc/$(pgrep -f "^sleep 4444")/ns/net /tmp/kept');
    await sh(machine, 'pkill -f "^sleep 4444"; while pgrep -f "^sleep 4444"; do :; done; true');
    t.strictSame(await kinds(machine), { host: 'machine', kept: 'container' });
    t.equal((await machine.probe({ kind: 'ping', from: 'kept', to: '127.0.0.1' })).result, 'reply');
    await sh(machine, 'umount /tmp/kept');
    t.strictSame(await kinds(machine), { host: 'machine' });
  }),
);

t.test('a name that an engine has no container for is no node, however long it is', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    // Files and a parent process as containerd has them; anybody in the machine can make them.
    const named = (name: string) => [
      'id=$(printf a%.0s $(seq 64)); mkdir -p /tmp/$id /var/lib/docker/containers/$id',
      `printf '{"Name":"/%s"}' ${name} >/var/lib/docker/containers/$id/config.v2.json`,
    ];
    const shim = [
      'ln -sf /usr/bin/bash /tmp/containerd-shim; cd /tmp/$id',
      '(setsid /tmp/containerd-shim -c "unshare --net sleep 4444; true" >/dev/null 2>&1 &)',
      'until pgrep -f "^sleep 4444"; do :; done',
    ];
    await sh(machine, [...named('web'), ...shim].join('; '));
    t.strictSame(await kinds(machine), { host: 'machine', web: 'container' });
    await sh(machine, named('$(printf x%.0s $(seq 100000))').join('; '));
    t.strictSame(await kinds(machine), { host: 'machine' });
  }),
);

t.test('containers are nodes under the names of docker ps, and know the names that they know', (t) =>
  workplace(t, async ({ machines }) => {
    const machine = await machines.create('docker', { root: 256, memory: 768 });
    try {
      await machine.perform(planTopology({ nodes: [docker], bridges: [], links: [] }));
      const changed: ChangeKind[] = [];
      const { promise: firstChange, resolve } = Promise.withResolvers<void>();
      const watch = machine.watch({
        changed: (list) => {
          changed.push(...list);
          if (changed.includes('nodes')) resolve();
        },
        stale: () => {},
        ended: () => {},
      });
      t.ok(await watch.ready);
      // A plain file is no namespace, and takes no name away.
      await sh(machine, 'docker network create backbone; mkdir -p /run/netns; touch /run/netns/web');
      await sh(machine, 'docker run -d --name web --network backbone -p 8080:80 adolfintel/speedtest');
      await sh(machine, 'docker run -d --name db --network backbone busybox sleep infinity');
      await firstChange;
      t.ok(changed.includes('nodes'), 'their coming is told');
      t.strictSame(await kinds(machine), { host: 'machine', db: 'container', web: 'container' });
      const { nodes } = await machine.observe();
      t.equal(nodes.web?.links.find(({ name }) => name === 'eth0')?.peer?.node, 'host');
      const asked = await machine.probe({ kind: 'http', from: 'db', url: 'http://web/getIP.php' });
      t.equal(asked.status, 200);
      t.match(await sh(machine, 'cat /etc/resolv.conf', 'db'), 'nameserver 127.0.0.11');
      const traced = await machine.trace({
        ...{ from: 'db', to: '172.18.0.2' },
        probe: { kind: 'tcp', port: 80 },
      });
      t.equal(traced.outcome.result, 'answer');
      t.ok(traced.frames.length > 0);
      const handle = await machine.expose('db', `hoplab-test.${process.pid}`);
      t.match(
        execFileSync('nsenter', [`--net=${handle}`, 'ip', '-br', 'addr'], { encoding: 'utf8' }),
        '172.18.0.3',
      );
      // The usual way to have `ip netns exec` for a container; another name for it is no other node.
      await sh(
        machine,
        'rm /run/netns/web; for name in web another; do ln -s $(docker inspect -f /proc/{{.State.Pid}}/ns/net web) /run/netns/$name; done',
      );
      await sh(machine, 'ip netns attach db2 $(docker inspect -f {{.State.Pid}} db)');
      t.strictSame(await kinds(machine), { host: 'machine', db: 'container', web: 'container' });
      await sh(machine, 'rm /run/netns/web /run/netns/another; ip netns del db2');
      await sh(machine, 'docker rm -f web db');
      t.strictSame(await kinds(machine), { host: 'machine' });
      while (existsSync(handle)) await new Promise(setImmediate);
      await watch.stop();
    } finally {
      await machine.destroy();
    }
  }),
);

t.test('a namespace with the name of a host hides nothing', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await machine.perform([{ kind: 'host', name: 'lan' }]);
    await sh(machine, 'ip netns add lan; ip netns add host; ip -n lan link set dev lo up');
    const seen = { host: 'machine', lan: 'host', 'lan-netns': 'container', 'host-netns': 'container' };
    t.strictSame(await kinds(machine), seen);
    const { nodes } = await machine.observe();
    t.match(nodes['lan-netns']?.links, [{ name: 'lo', up: true }], 'its own state');
    t.match(await sh(machine, 'ip link show dev lo', 'lan-netns'), /LOOPBACK,UP/, 'commands get into it');
    const reply = await machine.probe({ kind: 'ping', from: 'lan-netns', to: '127.0.0.1' });
    t.equal(reply.result, 'reply');
    const { outcome } = await machine.trace({ from: 'lan-netns', to: '127.0.0.1', probe: { kind: 'icmp' } });
    t.equal(outcome.result, 'reply');
    await sh(machine, 'ip netns del lan; ip netns del host');
    t.strictSame(await kinds(machine), { host: 'machine', lan: 'host' });
  }),
);
