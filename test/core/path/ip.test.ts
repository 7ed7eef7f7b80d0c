import t from 'tap';
import { covers, holds, networkOf, parseIp, parsePrefix, sameAddress } from '../../../src/core/state/ip.ts';

t.test('addresses', async (t) => {
  t.same(parseIp('192.168.15.1'), { family: 'ipv4', value: 0xc0a80f01n });
  t.same(parseIp('::1'), { family: 'ipv6', value: 1n });
  t.same(parseIp('::ffff:10.0.0.1'), { family: 'ipv6', value: 0xffff0a000001n });
  for (const wrong of [
    '',
    '1.2.3',
    '256.1.1.1',
    '1.2.3.4.5',
    '1::2::3',
    '12345::',
    'db',
    '1.2.3.4/24',
    '1:2:3:4:5:6:7',
  ]) {
    t.equal(parseIp(wrong), null, wrong);
  }
  t.ok(sameAddress('fd00:0:0::1', 'fd00::1'));
  t.notOk(sameAddress('10.0.0.1', '10.0.0.2'));
});

t.test('prefixes', async (t) => {
  const [wide, narrow] = [parsePrefix('10.0.0.0/8'), parsePrefix('10.1.0.0/16')];
  if (wide === null || narrow === null) throw new Error('unread');
  t.ok(covers(wide, narrow));
  t.notOk(covers(narrow, wide));
  t.ok(holds('default', '8.8.8.8'));
  t.ok(holds('fd00::/8', 'fd00::1'));
  t.notOk(holds('10.0.0.0/8', 'fd00::1'));
  t.equal(parsePrefix('10.0.0.0/33'), null);
  t.equal(parsePrefix('10.0.0.0/'), null);
  t.equal(networkOf('192.168.15.5', 24), '192.168.15.0/24');
  t.equal(networkOf('192.168.15.5', 0), '0.0.0.0/0');
  t.equal(networkOf('fd00:15::5', 64), 'fd00:15::/64');
  t.equal(networkOf('fd00:1:2:3::5', 48), 'fd00:1:2::/48');
});
