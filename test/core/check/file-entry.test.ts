import t from 'tap';
import type { CheckArguments } from '../../../src/core/check/check.ts';
import { sight } from '../../../src/core/check/kinds/file/entry.ts';
import { nearHost, nearLine, nearServer } from '../../../src/core/text/slip.ts';

const on = { on: 'a', absent: false };
const is = (wanted: Partial<CheckArguments['file']>, text: string) => sight({ ...on, ...wanted }, text);

t.test('hosts: any spacing, further names, comments; the first line of a family counts', async (t) => {
  const hosts = { address: '192.168.1.11', name: 'db' };
  t.match(is({ hosts }, '# 192.168.1.11 db\n'), { found: null, near: null });
  t.match(is({ hosts }, '192.168.1.11   web\tdb # B\n'), { found: /web/ });
  t.match(is({ hosts }, '192.168.1.11 DB\n'), { found: /DB/ }, 'glibc compares without case');
  t.match(is({ hosts }, '192.168.1.11 db2\n'), { found: null, near: null });
  t.match(is({ hosts }, 'db 192.168.1.11\n'), { found: null, near: null });
  t.match(is({ hosts }, '192.168.1.12 db\n192.168.1.11 db\n'), { found: null, near: '192.168.1.12 db' });
  t.match(is({ hosts }, 'fd00::11 db\n192.168.1.11 db\n'), { found: '192.168.1.11 db' });
});

t.test('resolv.conf: every name server counts, of search lists only the last', async (t) => {
  const text = 'search a.example\nnameserver 192.168.1.100\nnameserver 8.8.8.8\nsearch b.example c.example\n';
  t.match(is({ nameserver: '8.8.8.8' }, text), { found: 'nameserver 8.8.8.8' });
  t.match(is({ nameserver: '8.8.4.4' }, text), { found: null, near: 'nameserver 8.8.8.8' });
  t.match(is({ nameserver: '8.8.8.8' }, '#nameserver 8.8.8.8\n'), { found: null, near: null });
  t.match(is({ search: 'c.example' }, text), { found: /^search b/ });
  t.match(is({ search: 'c.example' }, 'search C.Example\n'), { found: 'search C.Example' });
  t.match(is({ search: 'a.example' }, text), { found: null, near: /^search b/ });
});

t.test('nsswitch.conf: the sources in their order, without actions', async (t) => {
  t.match(is({ nsswitch: 'dns files' }, 'passwd: files\nhosts:\tdns [NOTFOUND=continue] files\n'), {
    found: /^hosts/,
  });
  t.match(is({ nsswitch: 'dns files' }, 'hosts: files dns\n'), { found: null, near: 'hosts: files dns' });
  t.match(is({ nsswitch: 'dns files' }, ''), { found: null, near: null });
});

t.test('sysctl.conf: the last line with the key counts', async (t) => {
  const sysctl = { key: 'net.ipv4.ip_forward', value: '1' };
  t.match(is({ sysctl }, 'net.ipv4.ip_forward=1\n'), { found: /=1/ });
  t.match(is({ sysctl }, '-net/ipv4/ip_forward = 1 # on\n'), { found: /= 1/ });
  t.match(is({ sysctl }, 'net.ipv4.ip_forward=1\nnet.ipv4.ip_forward = 0\n'), { found: null, near: /= 0/ });
  t.match(is({ sysctl }, '#net.ipv4.ip_forward=1\n'), { found: null, near: null });
});

t.test('a line that is the entry but for one thing', async (t) => {
  const near = (entry: string, line: string) =>
    nearLine(entry, `127.0.0.1 localhost\n${line}\n`)?.slip ?? null;
  const host = '192.168.1.11 mail';
  t.equal(near(host, 'mail 192.168.1.11'), 'order');
  t.equal(near(host, '# 192.168.1.11  mail'), 'comment');
  t.equal(near(host, '192.168.1.11mail'), 'space');
  t.equal(near(host, '192.168.1.11 mail.'), 'dot');
  t.equal(near(host, '192.168.1.11 mial'), 'spelling');
  t.equal(near(host, '192.168.1.11 web'), null, 'another name');
  t.equal(near('192.168.1.11 db', '192.168.1.11 da'), null, 'too short to be a slip');
  t.equal(near('nameserver 192.168.1.100', '192.168.1.100'), 'word');
  t.equal(near('hosts: dns files', 'dns files'), 'word');
  t.equal(near(host, '10.0.0.1'), null, 'no word of it');
  t.equal(near(host, '192.168.1.111111 mail'), 'address');
  t.equal(near('nameserver 192.168.1.100', 'nameserver 192.168.1.1000'), 'address');
  t.equal(near('nameserver fd00::11', 'nameserver fd00:::11'), 'address');
  t.equal(near(host, '192.168.1.300 web'), null, 'another name');
  t.equal(near('nameserver 192.168.1.100', 'nameserver 192.168.1.101'), null, 'an address, and another one');
  t.equal(near('nameserver 192.168.1.100', 'nameserver 192.168.1.100, 8.8.8.8'), 'stray');
  t.equal(near('nameserver 192.168.1.100', 'nameserver dns'), 'name');
  t.equal(near('nameserver 192.168.1.100', 'options 192.168.1.100,'), null);
  t.equal(near('search lan.example', 'search=lan.example'), 'sign');
  t.equal(near('nameserver 192.168.1.100', 'nameserver: 192.168.1.100'), 'sign');
  t.equal(near('net.ipv4.ip_forward = 1', 'net.ipv4.ip_forward 1'), 'sign');
  t.equal(near('nameserver 192.168.1.100', 'nameserver: 192.168.1.101'), null, 'two things');
  t.equal(near('nameserver 192.168.1.100', 'namesever 192.168.1.100'), 'spelling');
  t.equal(near('nameserver 192.168.1.100', 'namesever 192.168.1.101'), null, 'two things');
  t.equal(near('net.ipv4.ip_forward = 1', 'net.ipv4.ip_foward = 1'), 'spelling');
  t.equal(near('net.ipv4.ip_forward = 1', 'net.ipv6.ip_forward = 1'), null, 'a number is no slip');
});

t.test('why a name is not found although a line was meant to give its address', async (t) => {
  t.equal(nearHost('mail', '# 192.168.1.11 MAIL\n')?.slip, 'comment');
  const hosts = (line: string) => nearHost('mail', `127.0.0.1 localhost\n${line}\n`)?.slip ?? null;
  t.equal(hosts('mail 192.168.1.11'), 'order');
  t.equal(hosts('#192.168.1.11 mail'), 'comment');
  t.equal(hosts('192.168.1.11mail'), 'space');
  t.equal(hosts('192.168.1.11 web mail.'), 'dot');
  t.equal(hosts('192.168.1.11 maill'), 'spelling');
  t.equal(hosts('192.168.1.11 web'), null);
  t.equal(hosts('192.168.1.11, mail'), 'stray');
  t.equal(hosts('192.168.1.11=mail'), 'stray');
  t.equal(hosts('192.168.1.11 web, mail,'), 'stray');
  t.equal(hosts('192.168.1.1111 mail'), 'address');
  t.equal(hosts('192.168.1 mail'), 'address');
  t.equal(hosts('fd00:::11 mail'), 'address');
  t.equal(hosts('192.168.1.256 web'), null, 'another name');
  t.equal(nearServer('search lan\nnamesever 192.168.1.100\n')?.slip, 'spelling');
  t.equal(
    nearServer('NAMESERVER 192.168.1.100\n')?.slip,
    'spelling',
    'resolv.conf has its words in small letters',
  );
  t.equal(nearServer('Nameserver 192.168.1.100\n')?.slip, 'spelling');
  t.equal(nearServer('#nameserver 192.168.1.100\n')?.slip, 'comment');
  t.equal(nearServer('192.168.1.100 nameserver\n')?.slip, 'order');
  t.equal(nearServer('nameserver192.168.1.100\n')?.slip, 'space');
  t.equal(nearServer('192.168.1.100\n')?.slip, 'word');
  t.equal(nearServer('nameserver=192.168.1.100\n')?.slip, 'stray');
  t.equal(nearServer('nameserver = 192.168.1.100\n')?.slip, 'stray');
  t.equal(nearServer('nameserver 192.168.1.1000\n')?.slip, 'address');
  t.equal(nearServer('nameserver 192.168.1.\n')?.slip, 'address');
  t.equal(nearServer('nameserver fd00::10000\n')?.slip, 'address');
  t.equal(nearServer('nameserver 192.168.1.100, 8.8.8.8\n')?.slip, 'stray');
  t.equal(nearServer('nameserver 192.168.1.100,\n')?.slip, 'stray');
  t.equal(nearServer('nameserver 192.168.1.1000, 8.8.8.8\n')?.slip, 'address');
  t.equal(nearServer('nameserver dns\n')?.slip, 'name');
  t.equal(nearServer('nameserver dns.lan.example\n')?.slip, 'name');
  t.equal(nearServer('nameserver 192.168.1.100\n'), null, 'a server');
  t.equal(nearServer('options ndots:1\n'), null);
});
