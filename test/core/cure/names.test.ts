import t from 'tap';
import { explain } from '../../../src/core/explain/explain.ts';
import { rungOf } from '../../../src/core/explain/rung.ts';
import type { NameFindings } from '../../../src/core/probe/names.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

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
