import t from 'tap';
import { usualSize } from '../../src/core/lab/machine-size.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { DnsProbe } from '../../src/core/probe/names.ts';
import { sh, workplace } from '../support/machines.ts';

const address = '10.0.1.2';

const configuration = [
  ...['user=root', 'no-resolv', 'no-hosts', 'bind-interfaces', `listen-address=${address}`],
  ...['host-record=db.example,192.0.2.1', 'cname=www.example,db.example', 'local=/example/'],
].join('\n');

/** red 10.0.1.1 - host 10.0.1.2, where dnsmasq knows db.example and nothing else of example. */
async function withServer(machine: Machine, more = ''): Promise<void> {
  await sh(
    machine,
    `ip netns add red; ip -n red link set lo up
    ip link add name to-red type veth peer name eth0 netns red
    ip -n red addr add 10.0.1.1/24 dev eth0; ip addr add ${address}/24 dev to-red
    ip link set to-red up; ip -n red link set eth0 up
    mkdir -p /etc/netns/red; echo 'nameserver ${address}' >/etc/netns/red/resolv.conf
    echo '${configuration}
${more}' >/etc/dnsmasq.conf
    dnsmasq`,
  );
}

const query = (name: string, more: Partial<DnsProbe> = {}): DnsProbe => {
  return { kind: 'dns', from: 'red', name, type: 'A', server: null, recurse: true, ...more };
};

// Most of each is waiting for a reply that does not come.
t.jobs = 2;

t.test('dns: distinguishes every ending, and names the server that answered', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withServer(machine);
    t.match(await machine.probe(query('www.example')), {
      result: 'answer',
      names: {
        server: address,
        records: [
          { name: 'www.example', type: 'CNAME', data: 'db.example' },
          { name: 'db.example', type: 'A', data: '192.0.2.1' },
        ],
      },
      evidence: { on: 'red', command: 'dig www.example A', output: /192\.0\.2\.1[\s\S]*SERVER: 10\.0\.1\.2/ },
    });
    t.match(await machine.probe(query('nope.example')), {
      result: 'name-unknown',
      names: { server: address },
    });
    t.match(await machine.probe(query('db.example', { type: 'AAAA' })), { result: 'no-data' });
    t.match(await machine.probe(query('elsewhere.test')), { result: 'server-refused' });
    t.match(await machine.probe(query('db.example', { server: '10.0.1.1' })), { result: 'rejected' });
    t.match(await machine.probe(query('db.example', { server: '10.9.9.9' })), { result: 'no-route' });
    await sh(machine, 'iptables -A INPUT -p udp --dport 53 -j DROP');
    t.match(await machine.probe(query('db.example')), {
      result: 'silence',
      names: { server: address, nameservers: [address] },
    });
    await sh(machine, `echo 'nameserver = ${address}' >/etc/netns/red/resolv.conf`);
    t.match(await machine.probe(query('db.example')), {
      result: 'silence',
      names: { nameservers: [] },
      evidence: { output: /parse of .* failed/ },
    });
    for (const [line, slip] of [
      ['nameserver 10.0.1.1000', 'address'],
      ['nameserver 10.0.1.2, 8.8.8.8', 'stray'],
      ['nameserver dns', 'name'],
    ] as const) {
      await sh(machine, `echo '${line}' >/etc/netns/red/resolv.conf`);
      const near = { line, slip, file: '/etc/resolv.conf' };
      const asked = await machine.probe(query('db.example'));
      t.match(asked, { result: /silence|rejected/, names: { nameservers: [], near } }, line);
      t.match(asked.names?.server ?? '', /^$|^127\.|^::1$/, 'nobody else was asked');
      const libc = 'glibc';
      const got = await machine.probe({
        kind: 'resolve',
        from: 'red',
        name: 'db.example',
        libc,
        families: false,
      });
      t.match(got, { result: /silence|rejected/, names: { near } }, line);
    }
    await sh(machine, 'rm /etc/netns/red/resolv.conf');
    t.match(await machine.probe(query('db.example')), { result: 'rejected', names: { nameservers: [] } });
  }),
);

t.test('dns: a server that could not find out is asked for the root as well', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const hints = (name: string) =>
      `printf '. 3600000 NS a.root.\n${name} 3600000 A 127.0.0.1\n' >/etc/unbound/root.hints`;
    await sh(
      machine,
      `cat >/etc/unbound/unbound.conf <<'END'
      server:
        interface: 127.0.0.1
        do-not-query-localhost: no
        root-hints: /etc/unbound/root.hints
        module-config: iterator
        chroot: ""
        username: ""
        use-syslog: no
        pidfile: /run/unbound.pid
END
      ${hints('a.rot.')}; unbound`,
    );
    const ask = (recurse: boolean) =>
      machine.probe({
        ...{ kind: 'dns', from: 'host', name: 'www.example', type: 'A', server: '127.0.0.1', recurse },
      });
    t.match(await ask(true), { result: 'server-failed', names: { rootless: true, server: '127.0.0.1' } });
    const alone = await ask(false);
    t.notOk(alone.names?.rootless, 'a question about its own memory alone says nothing about the root');
  }),
);

t.test("dns: a cluster's silent server is asked for a name of the cluster's own", { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const cluster = ['server=10.0.1.77', 'listen-address=10.96.0.10'];
    const own = 'host-record=kubernetes.default.svc.cluster.local,10.96.0.1';
    await sh(machine, 'ip addr add 10.96.0.10/32 dev lo');
    await withServer(machine, [...cluster, own].join('\n'));
    await sh(machine, 'ip -n red route add 10.96.0.10 via 10.0.1.2');
    const ask = () => machine.probe(query('www.elsewhere.test', { server: '10.96.0.10' }));
    t.match(await ask(), { result: 'silence', names: { ownNames: true } });
    await sh(machine, 'iptables -A INPUT -p udp --dport 53 -j DROP');
    const deaf = await ask();
    t.equal(deaf.result, 'silence');
    t.notOk(deaf.names?.ownNames);
  }),
);

t.test('resolve: what a program gets, and why it gets nothing', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withServer(machine);
    const resolve = (name: string) =>
      machine.probe({ kind: 'resolve', from: 'red', name, libc: 'glibc', families: false });
    t.match(await resolve('db.example'), {
      result: 'answer',
      names: { addresses: ['192.0.2.1'], order: ['files', 'dns'] },
    });
    t.match(await resolve('nope.example'), { result: 'name-unknown', names: { server: address } });
    t.match(await resolve('elsewhere.test'), { result: 'server-refused' });
    await sh(machine, "echo '192.0.2.9 db.example' >/etc/netns/red/hosts");
    t.match(await resolve('db.example'), { names: { addresses: ['192.0.2.9'] } });
    await sh(machine, "echo '# none' >/etc/netns/red/nsswitch.conf");
    const byDefault = { addresses: ['192.0.2.9'], order: ['files', 'dns'] };
    t.match(await resolve('db.example'), { names: byDefault }, 'no line: the files are first');
    await sh(machine, "echo 'hosts: dns' >/etc/netns/red/nsswitch.conf");
    t.match(await resolve('db.example'), { names: { addresses: ['192.0.2.1'], order: ['dns'] } });
    await sh(machine, "echo 'hosts: files' >/etc/netns/red/nsswitch.conf");
    t.match(await resolve('www.example'), { result: 'name-unknown', names: { order: ['files'] } });
    await sh(machine, "echo 'hosts: dns' >/etc/netns/red/nsswitch.conf; kill $(pidof dnsmasq)");
    t.match(await resolve('db.example'), { result: 'rejected', names: { server: address } });
  }),
);

t.test(
  'resolve: what glibc and what musl get of a server that has one family only',
  { buffered: true },
  (t) =>
    workplace(t, async ({ make }) => {
      const machine = await make({ ...usualSize, programs: 'services' });
      const lines = [
        'address=/refused.test/192.0.2.1',
        'address=/owned.test/192.0.2.2',
        'local=/owned.test/',
      ];
      const more = ['address=/web.denied.test/192.0.2.3', 'local=/denied.test/'];
      await withServer(machine, [...lines, ...more].join('\n'));
      const resolve = (name: string, libc: 'glibc' | 'musl') =>
        machine.probe({ kind: 'resolve', from: 'red', name, libc, families: true });
      const half = (result: string) => ({
        server: address,
        families: [
          { type: 'A', result: 'answer' },
          { type: 'AAAA', result },
        ],
      });
      for (const [name, found, word] of [
        ['refused.test', '192.0.2.1', 'server-refused'],
        ['web.denied.test', '192.0.2.3', 'name-unknown'],
      ] as const) {
        const names = { ...half(word), addresses: [found] };
        t.match(await resolve(name, 'glibc'), { result: 'answer', names });
        t.match(await resolve(name, 'musl'), { result: 'name-unknown', names: half(word) });
      }
      for (const libc of ['glibc', 'musl'] as const)
        t.match(await resolve('owned.test', libc), {
          names: { ...half('no-data'), addresses: ['192.0.2.2'] },
        });
      t.match(await resolve('nope.example', 'musl'), { result: 'name-unknown' });
      await sh(
        machine,
        "iptables -A INPUT -p udp --dport 53 -m string --hex-string '|00001c0001|' --algo bm -j DROP",
      );
      t.match(await resolve('owned.test', 'glibc'), {
        names: { ...half('silence'), addresses: ['192.0.2.2'] },
      });
      t.match(await resolve('owned.test', 'musl'), { result: 'name-unknown', names: half('silence') });
    }),
);

t.test(
  'http: a name that is not found has the server it was asked of, and its reply',
  { buffered: true },
  (t) =>
    workplace(t, async ({ make }) => {
      const machine = await make();
      await withServer(machine);
      const http = (name: string) => machine.probe({ kind: 'http', from: 'red', url: `http://${name}/` });
      t.match(await http('nope.example'), { result: 'name-unknown', names: { server: address } });
      t.match(await http('elsewhere.test'), { result: 'server-refused', names: { server: address } });
      await sh(machine, `iptables -A INPUT -i to-red -p udp -j DROP`);
      t.match(await http('db.example'), {
        result: 'silence',
        names: { server: address, order: ['files', 'dns'] },
      });
      await sh(machine, 'iptables -F INPUT; kill $(pidof dnsmasq)');
      t.match(await http('db.example'), { result: 'rejected', names: { server: address } });
      await sh(machine, "echo '10.0.1.1 maps.test' >/etc/netns/red/hosts");
      const own = { addresses: ['10.0.1.1'], hostsLine: '10.0.1.1 maps.test' };
      t.match(await http('maps.test'), { result: 'rejected', names: own }, 'the line that gave the address');
      await sh(machine, 'ip -n red link set eth0 down');
      t.match(await http('db.example'), { result: 'no-route', names: { server: address } });
    }),
);

t.test(
  'resolve: a server that lost the first questions does not count as one that lacks the name',
  { buffered: true },
  (t) =>
    workplace(t, async ({ make }) => {
      const machine = await make();
      await withServer(machine);
      await sh(machine, 'iptables -A INPUT -i to-red -p udp --dport 53 -m quota --quota 120 -j DROP');
      const asked = {
        kind: 'resolve',
        from: 'red',
        name: 'db.example',
        libc: 'glibc',
        families: false,
      } as const;
      t.match(await machine.probe(asked), { result: 'answer', names: { addresses: ['192.0.2.1'] } });
    }),
);

t.test("read: a node's own file, and none", { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withServer(machine);
    const read = (from: string, path: string) => machine.probe({ kind: 'read', from, path });
    t.match(await read('red', '/etc/resolv.conf'), {
      result: 'answer',
      names: { text: `nameserver ${address}\n` },
    });
    t.match(await read('host', '/etc/resolv.conf'), { names: { text: /No name server/ } });
    t.match(await read('host', '/etc/nothing'), { result: 'answer', names: { text: null } });
    t.match(await read('host', '/etc'), { result: 'tool-failed' });
  }),
);

t.test('tcp: accepted, refused, silent, no way', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withServer(machine);
    const tcp = (port: number, to = address) => machine.probe({ kind: 'tcp', from: 'red', to, port });
    t.match(await tcp(53), { result: 'answer' });
    t.match(await tcp(54), { result: 'rejected' });
    t.match(await tcp(53, '10.9.9.9'), { result: 'no-route' });
    await sh(machine, 'iptables -A INPUT -p tcp -j DROP');
    t.match(await tcp(53), { result: 'silence' });
  }),
);

t.test('a tool that is not there is the tool failing', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'mount -t tmpfs none /usr/bin 2>/dev/null || mount --bind /mnt /usr/bin');
    const outcomes = await Promise.all([
      machine.probe(query('db.example', { from: 'host' })),
      machine.probe({ kind: 'resolve', from: 'host', name: 'db', libc: 'glibc', families: false }),
      machine.probe({ kind: 'read', from: 'host', path: '/etc/hosts' }),
      machine.probe({ kind: 'tcp', from: 'host', to: '127.0.0.1', port: 53 }),
    ]);
    for (const { result } of outcomes) t.equal(result, 'tool-failed');
  }),
);
