import t from 'tap';
import type { Check } from '../../../src/core/check/check.ts';
import { explain } from '../../../src/core/explain/explain.ts';
import { looks } from '../../../src/core/explain/looks.ts';
import { rungOf } from '../../../src/core/explain/rung.ts';
import type { NameFindings } from '../../../src/core/probe/names.ts';
import type { NearLine } from '../../../src/core/text/slip.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces, type World } from '../../support/namespaces.ts';

const question = {
  from: 'lan',
  name: 'db',
  libc: 'glibc',
  expect: 'answer',
  address: '192.168.1.11',
} as const;
const server = { server: '8.8.8.8', nameservers: ['8.8.8.8'] };
const served = (process: string) =>
  namespaces().node('internet', {
    listeners: [`udp 0.0.0.0:53 process ${process}`],
  });

const typed = (result: Parameters<typeof outcome>[0], names: NameFindings, process = 'dnsmasq') =>
  rungOf(ask(served(process), 'resolve', question, { outcomes: [outcome(result, { names })] }), 4).en;

t.test(
  'a server that reads its files at SIGHUP only is told to read them, and shows what it has',
  async (t) => {
    const both = { ...server, order: ['files', 'dns'] };
    const told = '# type:\ninternet # pkill --ns $$ --nslist net -HUP dnsmasq';
    const shown = `${told}\n# look (this changes nothing):\ninternet # getent ahosts db`;
    t.equal(typed('name-unknown', both), shown);
    t.equal(typed('answer', { ...both, addresses: ['192.168.1.12'] }), shown);
    t.equal(typed('server-refused', both), told);
    t.equal(typed('silence', both), told);
    t.notMatch(typed('name-unknown', both, 'named'), 'HUP', 'another server is not told');
    const held = { ...both, addresses: ['192.168.1.12'], hostsLine: '192.168.1.12 db' };
    t.notMatch(typed('answer', held), 'HUP', 'nor one that was not asked');
  },
);

t.test(
  'a name server that nsswitch.conf lets no program ask is put behind the sources there are',
  async (t) => {
    const names = { nameservers: ['8.8.8.8'], order: ['files'] };
    const line = "lan # sed -i 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf";
    t.equal(typed('name-unknown', names), `# type:\n${line}`);
    const nowhere = typed('name-unknown', { nameservers: [], order: ['files'] });
    t.equal(nowhere, "# type:\nlan # echo '192.168.1.11 db' >> /etc/hosts", 'no server to ask');
  },
);

t.test('the name server in front of the right one goes', async (t) => {
  const asked = { from: 'lan', name: 'db', type: 'A', recurse: true, expect: 'answer' } as const;
  const verdict = (names: NameFindings, by: string) =>
    ask(
      served('dnsmasq'),
      'dns',
      { ...asked, answer: ['192.168.1.11'], by },
      { outcomes: [outcome('name-unknown', { names })] },
    );
  const both = verdict({ server: '8.8.8.8', nameservers: ['8.8.8.8', '192.168.1.100'] }, '192.168.1.100');
  t.match(
    explain(both, 'en').observed,
    /8\.8\.8\.8 stands first in \/etc\/resolv\.conf of lan: 192\.168\.1\.100 behind it/,
  );
  t.equal(rungOf(both, 4).en, "# type:\nlan # sed -i '/^nameserver *8\\.8\\.8\\.8 *$/d' /etc/resolv.conf");
  const other = verdict({ server: '8.8.8.8', nameservers: ['8.8.8.8'] }, '192.168.1.100');
  t.match(rungOf(other, 4).en, "sed -i 's/8.8.8.8/192.168.1.100/' /etc/resolv.conf");
  t.equal(verdict(server, '8.8.8.8').reason, 'name-unknown', 'the right one does not know it');
});

t.test('a hint with nothing to type ends with the solution to compare with', async (t) => {
  const names = { ...server, order: ['files', 'dns'], addresses: ['192.168.1.12'] };
  const verdict = {
    ...ask(served('named'), 'resolve', question, { outcomes: [outcome('answer', { names })] }),
    step: 'records',
  };
  t.match(rungOf(verdict, 4).en, /^# look .*\n(\S+ # .*\n)+# .*hoplab show records --whole$/);
  t.match(rungOf(verdict, 4).ko, /\n# .*hoplab show records --whole$/);
  t.notMatch(typed('silence', server), '--solution', 'what is typed needs no other');
});

t.test('the order is said without a claim that the file has a line for it', async (t) => {
  const names = { order: ['files', 'dns'], addresses: ['192.168.1.12'] };
  const verdict = ask(namespaces(), 'resolve', question, { outcomes: [outcome('answer', { names })] });
  t.match(explain(verdict, 'en').where, /in this order: files dns\. A line `hosts:` in \S+ sets it\.$/);
  t.match(explain(verdict, 'ko').where, /순서는 files dns입니다\. 이 순서는 \S+ `hosts:` 줄로 정합니다\.$/);
});

t.test("a pod whose cluster's DNS has no such name is told of Services, not of the root", async (t) => {
  const names = { server: '10.96.0.10', nameservers: ['10.96.0.10'], rootless: true as const };
  const fails = (kind: 'pod' | 'netns') =>
    ask(namespaces().node('lan', { kind }), 'resolve', question, {
      outcomes: [outcome('server-failed', { names })],
    });
  t.match(explain(fails('pod'), 'en').what, /^The DNS of the cluster \(10\.96\.0\.10\) knows no db/);
  t.match(explain(fails('pod'), 'ko').what, /서비스나 파드가 없습니다/);
  t.match(rungOf(fails('pod'), 4).en, /^# look .*\nhost # kubectl get services -A/);
  t.match(explain(fails('netns'), 'en').what, /servers of the root/);
  t.match(explain(fails('netns'), 'en').where, /dig @10\.96\.0\.10 \. NS/);
});

t.test('a name that the DNS of the cluster answers has the address of a Service', async (t) => {
  const web =
    '-A KUBE-SERVICES -d 192.168.99.11/32 -p tcp -m comment --comment "shop/web cluster IP" -m tcp --dport 80 -j DNAT --to-destination 192.168.1.3:80';
  const of = (kind: 'pod' | 'netns', more: NameFindings = {}, addresses = ['192.168.99.11']) => {
    const world = namespaces()
      .node('lan', { kind })
      .node('host', { rules: { nat: ['-N KUBE-SERVICES', web] } });
    const names = { nameservers: ['10.96.0.10'], order: ['files', 'dns'], addresses, ...more };
    return ask(world, 'resolve', question, { outcomes: [outcome('answer', { names })] });
  };
  const verdict = of('pod');
  t.equal(verdict.reason, 'wrong-answer');
  t.equal(
    explain(verdict, 'en').what,
    'lan resolves db to 192.168.99.11, expected 192.168.1.11. The DNS of the cluster said so: 192.168.99.11 is the ClusterIP of the Service web (namespace shop).',
  );
  t.equal(
    explain(verdict, 'ko').what,
    'lan에서 db의 값은 192.168.99.11입니다. 192.168.1.11이어야 합니다. 클러스터 DNS에서 답한 192.168.99.11은 서비스 web(shop 네임스페이스)의 ClusterIP입니다.',
  );
  t.match(explain(verdict, 'en').idea, /--cluster-ip=192\.168\.1\.11/);
  t.match(explain(verdict, 'ko').idea, /--cluster-ip=192\.168\.1\.11/);
  t.notMatch(explain(verdict, 'en').why, /Several places/);
  t.match(rungOf(verdict, 4).en, /^# look .*\nhost # kubectl -n shop get service web(\n|$)/);
  const asked = { from: 'lan', name: 'db', type: 'A', recurse: true, expect: 'answer' } as const;
  const dug = (data: string) =>
    ask(
      namespaces()
        .node('lan', { kind: 'pod' })
        .node('host', { rules: { nat: ['-N KUBE-SERVICES', web] } }),
      'dns',
      { ...asked, answer: ['192.168.1.11'] },
      {
        outcomes: [
          outcome('answer', { names: { server: '10.96.0.10', records: [{ name: 'db', type: 'A', data }] } }),
        ],
      },
    );
  t.match(dug('192.168.99.11').values, { dnsService: 'web', dnsNamespace: 'shop' });
  t.equal(dug('192.168.99.12').values.dnsService ?? '', '', 'no address of a Service');
  t.equal(of('netns').values.dnsService ?? '', '', 'no pod');
  t.equal(of('pod', { hostsLine: '192.168.99.11 db' }).values.dnsService ?? '', '', 'a line of a file');
});

t.test('what only shows an object of a cluster is no cure', async (t) => {
  for (const run of ['kubectl -n shop describe service web', 'kubectl -n shop get service web'])
    t.ok(looks(run, 'no-listener'), run);
  t.notOk(looks("kubectl -n shop patch service web -p '{}'", 'no-listener'));
});

t.test('the Service whose name is nearly the one that the DNS of the cluster does not know', async (t) => {
  const rule = (title: string, at: number) =>
    `-A KUBE-SERVICES -d 10.96.30.${at}/32 -p tcp -m comment --comment "${title} cluster IP" -m tcp --dport 80 -j DNAT --to-destination 192.168.1.3:80`;
  const nat = ['-N KUBE-SERVICES', rule('default/web-servce:http', 1), rule('payroll/mysql', 2)];
  const said = (name: string, result: 'name-unknown' | 'server-failed' = 'name-unknown') => {
    const world = namespaces().node('lan', { kind: 'pod' }).node('host', { rules: { nat } });
    const names = { server: '10.96.0.10', nameservers: ['10.96.0.10'], order: ['files', 'dns'] };
    const asked = { ...question, name };
    const verdict = ask(world, 'resolve', asked, { outcomes: [outcome(result, { names })] });
    t.match(rungOf(verdict, 4).en, /^# look .*\nhost # kubectl get services -A/);
    t.match(explain(verdict, 'en').idea, /^If \S+ is to be a Service/);
    return `${explain(verdict, 'en').what} ${explain(verdict, 'ko').what}`;
  };
  t.match(said('web-service'), / There is a Service web-servce: compare the two letter by letter\./);
  t.match(said('web-service'), /서비스 web-servce는 있습니다\. 철자를 하나씩 비교해 보세요\./);
  t.match(said('web-service', 'server-failed'), /There is a Service web-servce: .*서비스 web-servce/);
  t.match(said('web-service.default.svc.cluster.local'), /There is a Service web-servce\.default: /);
  t.match(said('mysql.payrol'), /There is a Service mysql\.payroll: /);
  t.match(
    said('mysql'),
    /There is a Service mysql\.payroll: in another namespace its short name is not enough\./,
  );
  t.match(
    said('mysql'),
    /서비스 mysql\.payroll은 있습니다\. 다른 네임스페이스에서는 짧은 이름만으로 찾을 수 없습니다\./,
  );
  for (const name of ['redis', 'web-servce.default', 'www.example.com', 'mysql.default.pod.cluster.local'])
    t.notMatch(said(name), /There is a Service/, name);
});

/** lan in a network with one name server on its wire, and one beyond the router. */
const wired = () =>
  namespaces()
    .node('internet', { listeners: ['udp 0.0.0.0:53 process dnsmasq'] })
    .node('dns', {
      kind: 'host',
      links: { eth0: { peer: 'router:lan3', addresses: ['192.168.1.100/24'] } },
      listeners: ['udp 0.0.0.0:53 process dnsmasq', 'udp 127.0.0.1:53 process dnsmasq'],
    })
    .link('router', 'lan3', { master: 'br-lan' });
const unserved = { order: ['files', 'dns'], nameservers: [] };
const resolver = (line: string, slip: NearLine['slip']) => ({
  ...unserved,
  near: { line, slip, file: '/etc/resolv.conf' },
});

t.test('a line of resolv.conf that names no server is shown and mended, in every kind', async (t) => {
  const dig = { from: 'lan', name: 'db', type: 'A', recurse: true, expect: 'answer' } as const;
  const lines = [
    ['nameserver 192.168.1.1000', 'address', '192\\.168\\.1\\.1000', /no valid IP address/],
    ['nameserver 192.168.1.100, 8.8.8.8', 'stray', '192\\.168\\.1\\.100, 8\\.8\\.8\\.8', /only spaces/i],
    ['nameserver dns', 'name', 'dns', /name stands where/],
  ] as const;
  for (const [line, slip, pattern, says] of lines) {
    const given = { outcomes: [outcome('silence', { names: resolver(line, slip) })] };
    for (const verdict of [
      ask(wired(), 'resolve', question, given),
      ask(wired(), 'dns', { ...dig, answer: ['192.168.1.11'] }, given),
    ]) {
      t.equal(verdict.reason, 'no-name-server', line);
      const { what, where } = explain(verdict, 'en');
      t.ok(what.includes(`It has the line \`${line}\``), what);
      t.match(what, says);
      t.notMatch(where, /begins with nameserver/, 'it has such a line');
      t.equal(
        rungOf(verdict, 4).en,
        `# type:\nlan # sed -i 's/nameserver ${pattern}/nameserver 192.168.1.100/' /etc/resolv.conf`,
      );
    }
  }
});

t.test(
  'the server that a slipped line means: as typed, as near, by its name, or the one on the wire',
  async (t) => {
    const mended = (line: string, slip: NearLine['slip'], world = wired()) =>
      rungOf(
        ask(world, 'resolve', question, { outcomes: [outcome('silence', { names: resolver(line, slip) })] }),
        4,
      ).en.replace(/.*\/(nameserver \S+)\/.*/s, '$1');
    t.equal(mended('#nameserver 1.1.1.1', 'comment'), 'nameserver 1.1.1.1');
    t.equal(mended('nameserver=fd00::1', 'stray'), 'nameserver fd00::1');
    t.equal(mended('nameserver192.168.1.5', 'space'), 'nameserver 192.168.1.5');
    t.equal(mended('nameserver 8.8.8.888', 'address'), 'nameserver 8.8.8.8');
    t.equal(mended('nameserver internet', 'name'), 'nameserver 203.0.113.1');
    t.equal(mended('nameserver elsewhere', 'name'), 'nameserver 192.168.1.100');
    t.equal(mended('nameserver elsewhere', 'name', namespaces()), 'nameserver ADDRESS');
  },
);

t.test('an empty resolv.conf is told of where a name server runs', async (t) => {
  const asked = (world: World, names: NameFindings = unserved, others: Check[] = []) =>
    ask(world, 'resolve', question, { outcomes: [outcome('rejected', { names })], others });
  const empty = asked(wired());
  t.equal(empty.reason, 'name-unknown');
  t.match(explain(empty, 'en').what, /\/etc\/resolv\.conf names no server\.$/);
  t.match(explain(empty, 'en').idea, /in \/etc\/hosts of lan, or .*\/etc\/resolv\.conf/);
  t.equal(rungOf(empty, 4).en, "# type:\nlan # echo 'nameserver 192.168.1.100' >> /etc/resolv.conf");
  const alone = asked(namespaces());
  t.notMatch(explain(alone, 'en').what, /resolv/, 'nobody ever meant one');
  t.equal(rungOf(alone, 4).en, "# type:\nlan # echo '192.168.1.11 db' >> /etc/hosts");
});

t.test('no line goes into a file where another check wants none', async (t) => {
  const hosts = { address: '192.168.1.11', name: 'db' };
  const absent = (on: string) =>
    ({ id: 'file', kind: 'file', args: { on, hosts, absent: true }, needs: [], until: null }) as Check;
  const cured = (others: Check[]) =>
    rungOf(
      ask(namespaces(), 'resolve', question, {
        outcomes: [outcome('name-unknown', { names: { nameservers: [], order: ['files'] } })],
        others,
      }),
      4,
    ).en;
  t.match(cured([]), /hosts/);
  t.match(cured([absent('red')]), /hosts/);
  t.notMatch(cured([absent('lan')]), />> \/etc\/hosts/);
});

t.test(
  'a line that has the key, and no address behind it, is told of in a check of the file too',
  async (t) => {
    const read = (args: object, text: string) =>
      ask(
        wired(),
        'file',
        { on: 'lan', absent: false, ...args },
        { outcomes: [outcome('answer', { names: { text } })] },
      );
    const resolver = (text: string) => explain(read({ nameserver: '192.168.1.100' }, text), 'en').what;
    t.match(resolver('nameserver 192.168.1.1000\n'), /no valid IP address/);
    t.match(resolver('nameserver 192.168.1.100, 8.8.8.8\n'), /Only spaces/);
    t.match(resolver('nameserver dns\n'), /A name stands/);
    t.match(resolver('nameserver 192.168.1.101\n'), /nameserver 192\.168\.1\.100`\.$/);
    const hosts = { address: '192.168.1.11', name: 'db' };
    t.match(explain(read({ hosts }, '192.168.1.1111 db\n'), 'en').what, /no valid IP address/);
    t.match(explain(read({ search: 'lan.example' }, 'search lan.exmaple\n'), 'en').what, /misspelled/);
    t.notMatch(explain(read({ nsswitch: 'dns files' }, 'hosts: files dns\n'), 'en').what, /columns/);
  },
);

t.test(
  "a cluster's DNS that answers for its own names, and not for one outside, is told whom it asks",
  async (t) => {
    const names = { order: ['files', 'dns'], server: '10.96.0.10', nameservers: ['10.96.0.10'] };
    const asked = (
      result: 'silence' | 'server-refused',
      more: NameFindings = {},
      kind: 'pod' | 'netns' = 'pod',
    ) =>
      ask(namespaces().node('lan', { kind }), 'resolve', question, {
        outcomes: [outcome(result, { names: { ...names, ...more } })],
      });
    const silent = asked('silence', { ownNames: true });
    t.equal(silent.reason, 'name-server-silent');
    t.match(explain(silent, 'en').what, /servers outside of the cluster, and .* no answer/);
    t.match(explain(silent, 'en').where, /configmap coredns/);
    t.match(explain(silent, 'en').idea, /line `forward` of the ConfigMap coredns/);
    t.match(explain(silent, 'ko').idea, /ConfigMap coredns의 `forward`/);
    const config = /^# look .*\nhost # kubectl -n kube-system get configmap coredns -o yaml/;
    t.match(rungOf(silent, 4).en, config);
    const deaf = asked('silence');
    t.notMatch(explain(deaf, 'en').what, /outside/, 'it may not even have heard the question');
    t.match(explain(deaf, 'en').idea, /network polic/);
    t.match(rungOf(deaf, 4).en, /^# look .*\nhost # kubectl -n kube-system get pods -o wide/);
    const refused = asked('server-refused');
    t.match(explain(refused, 'en').idea, /`forward`/);
    t.match(rungOf(refused, 4).en, config);
    for (const each of [silent, deaf, refused])
      t.notMatch(rungOf(each, 4).en, 'resolv.conf', 'what kubelet wrote stays');
    t.match(rungOf(asked('silence', {}, 'netns'), 4).en, 'resolv.conf', 'no pod');
  },
);

t.test('a name server that runs no more is started; another one on the wire is asked instead', async (t) => {
  const dns = (listeners: string[]): World => wired().node('dns', { listeners });
  const refused = (world: World, at = '192.168.1.100', more: NameFindings = {}) => {
    const names = { order: ['files', 'dns'], server: at, nameservers: [at], ...more };
    const verdict = ask(world, 'resolve', question, { outcomes: [outcome('rejected', { names })] });
    t.equal(verdict.reason, 'no-listener');
    return rungOf(verdict, 4).en;
  };
  t.equal(refused(dns([])), '# type:\ndns # dnsmasq');
  const authority = { listeners: ['udp 0.0.0.0:53 process unbound'] };
  t.equal(refused(dns([]).node('internet', authority)), '# type:\ndns # unbound', 'as the others here');
  const mixed = dns([]).node('internet', authority).node('lan2', { listeners: [] });
  mixed.node('other', {
    links: { eth0: { addresses: ['10.9.9.9/24'] } },
    listeners: ['udp 0.0.0.0:53 process dnsmasq'],
  });
  t.notMatch(refused(mixed), '# type:', 'two programs: nobody knows which');
  const wrong = wired().node('web', {
    kind: 'host',
    links: { eth0: { peer: 'router:lan4', addresses: ['192.168.1.20/24'] } },
  });
  wrong.link('router', 'lan4', { master: 'br-lan' });
  t.equal(
    refused(wrong, '192.168.1.20'),
    "# type:\nlan # sed -i 's/192.168.1.20/192.168.1.100/' /etc/resolv.conf",
    'the server is elsewhere',
  );
  const dig = { from: 'lan', name: 'db', type: 'A', recurse: true, expect: 'answer' } as const;
  const digged = ask(
    dns([]),
    'dns',
    { ...dig, server: '192.168.1.100', answer: ['192.168.1.11'] },
    { outcomes: [outcome('rejected', { names: { server: '192.168.1.100' } })] },
  );
  t.equal(rungOf(digged, 4).en, '# type:\ndns # dnsmasq', 'dig asks it as well');
  const listening = { on: 'dns', protocol: 'udp', port: 53, absent: false } as const;
  const asked = (process: string) => rungOf(ask(dns([]), 'listener', { ...listening, process }), 4).en;
  t.equal(asked('dnsmasq'), '# type:\ndns # dnsmasq', 'a check that says which');
  t.equal(asked('unbound'), '# type:\ndns # unbound');
});

t.test('an old address that dnsmasq still serves is said to be from it', async (t) => {
  const names = { ...server, order: ['files', 'dns'], addresses: ['192.168.1.12'] };
  const verdict = (more: NameFindings = {}, process = 'dnsmasq') =>
    ask(served(process), 'resolve', question, {
      outcomes: [outcome('answer', { names: { ...names, ...more } })],
    });
  t.match(explain(verdict(), 'en').what, / dnsmasq on internet gave this answer: .* SIGHUP\.$/);
  t.match(explain(verdict(), 'ko').what, /internet의 dnsmasq.* SIGHUP/);
  t.notMatch(explain(verdict({}, 'named'), 'en').what, /SIGHUP/);
  t.notMatch(explain(verdict({ hostsLine: '192.168.1.12 db' }), 'en').what, /SIGHUP/, 'the file of lan');
});
