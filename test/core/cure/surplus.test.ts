import t from 'tap';
import { rungOf } from '../../../src/core/explain/rung.ts';
import type { Reason } from '../../../src/core/verdict/reasons.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces, type World } from '../../support/namespaces.ts';

/** The idea, and what is typed, where a ping with a control is to fail for this reason. */
function hints(
  world: World,
  [from, to]: readonly [string, string],
  {
    expect,
    control,
    result,
  }: { expect: Reason; control: readonly [string, string]; result: 'reply' | 'silence' },
) {
  const args = { from, to, expect, control: { from: control[0], to: control[1] } };
  const verdict = ask(world, 'ping', args, { outcomes: [outcome(result), outcome('reply')] });
  return {
    idea: rungOf(verdict, 3).en,
    typed: rungOf(verdict, 4).en.replace('# type:\n', ''),
    ko: rungOf(verdict, 3).ko,
  };
}

const outside = { expect: 'no-route', control: ['host', '192.168.1.3'] } as const;
const toRed = ['host', '192.168.15.1'] as const;
const both = ['192.168.1.2/24', '192.168.15.5/24'];

t.test('an address too much is removed, and given to no other interface', async (t) => {
  const onEth0 = namespaces()
    .link('host', 'v-net-0', { addresses: [] })
    .link('host', 'eth0', { addresses: both });
  const { idea, typed, ko } = hints(onEth0, toRed, { ...outside, result: 'silence' });
  t.equal(typed, 'host # ip addr del 192.168.15.5/24 dev eth0');
  t.equal(
    idea,
    'Remove the address 192.168.15.5/24 from eth0 in host: it gives host a route to 192.168.15.1, and in this step there should be none. If a later step asks for it, add it then.',
  );
  t.match(ko, /^host의 eth0 인터페이스에서 주소 192\.168\.15\.5\/24를 삭제하세요\./);
});

t.test('the address of a later step is named', async (t) => {
  const { idea, typed } = hints(namespaces(), toRed, { ...outside, result: 'reply' });
  t.equal(typed, 'host # ip addr del 192.168.15.5/24 dev v-net-0');
  t.match(idea, /^Remove the address 192\.168\.15\.5\/24 from v-net-0 in host:/);
  const twice = namespaces().link('host', 'eth0', { addresses: both });
  t.equal(
    hints(twice, toRed, { ...outside, result: 'reply' }).typed,
    'host # ip addr del 192.168.15.5/24 dev eth0\nhost # ip addr del 192.168.15.5/24 dev v-net-0',
  );
});

t.test('a route, a setting and a rule of a later step are taken away', async (t) => {
  const toLan = ['blue', '192.168.1.3'] as const;
  const near = { control: ['blue', '192.168.15.1'], result: 'reply' } as const;
  const route = hints(namespaces(), toLan, { ...near, expect: 'no-route' });
  t.equal(route.typed, 'host # ip -n blue route del default via 192.168.15.5');
  t.match(route.idea, /^Delete the route `default via 192\.168\.15\.5` in blue:/);
  const forwarding = hints(namespaces(), toLan, { ...near, expect: 'forwarding-off' });
  t.equal(forwarding.typed, 'host # sysctl -w net.ipv4.ip_forward=0');
  const source = hints(namespaces(), toLan, {
    ...{ expect: 'reply-not-routed', control: ['host', '192.168.1.3'], result: 'reply' },
  } as const);
  t.equal(source.typed, 'host # iptables -t nat -D POSTROUTING 1');
  t.match(source.idea, /^Delete the rule `-A POSTROUTING -s 192\.168\.15\.0\/24 -j MASQUERADE` in host:/);
});

t.test('what the control needs is not taken away', async (t) => {
  const toLan = ['blue', '192.168.1.3'] as const;
  const { typed } = hints(namespaces(), toLan, {
    ...{ expect: 'no-route', control: ['blue', '192.168.1.2'], result: 'reply' },
  } as const);
  t.match(typed, /route get/);
});
