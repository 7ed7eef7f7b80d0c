import t from 'tap';
import type { Check } from '../../src/core/check/check.ts';
import { checkStep } from '../../src/session/checker.ts';
import { sh, workplace } from '../support/machines.ts';

const step = { id: 'any', solution: [], checks: [], faults: [], predict: [] };
const check = (kind: string, args: object): Check =>
  ({ id: kind, kind, args: { absent: false, ...args }, needs: [], until: null }) as unknown as Check;

const questions = [
  check('link', { on: 'red', name: 'eth0', up: true }),
  check('address', { on: 'red', address: '10.0.0.9/24' }),
  check('route', { on: 'host', to: '10.9.0.0/24' }),
  check('route', { on: 'host', to: 'fd00:9::1', via: 'fd00:1::1' }),
  check('link', { on: 'red', name: 'eth0', mtu: 1400 }),
  check('process', { on: 'red', name: 'sleep 1001', uid: 1010 }),
  check('rule', { on: 'host', like: '-t nat -A POSTROUTING -s 10.0.0.0/24 -j MASQUERADE' }),
];

t.test('under a verdict stands what the command prints', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      'ip netns add red; ip link add name eth0 netns red type veth peer name v0; ip -6 addr add fd00:1::2/64 dev v0; ip link set dev v0 up; ip netns exec red sleep 1001 >/dev/null 2>&1 </dev/null & iptables -t nat -A OUTPUT -d 10.9.9.9 -j ACCEPT',
    );
    const verdicts = await checkStep(machine, step, questions);
    t.strictSame(
      verdicts.map(({ status }) => status),
      questions.map(() => 'fail'),
    );
    const commands = verdicts
      .flatMap(({ evidence }) => evidence)
      .filter(({ command }) => !/-save/.test(command));
    t.ok(commands.length >= 4);
    t.ok(commands.some(({ command }) => command === 'ip -6 route'));
    for (const { command, output } of commands)
      t.equal(output, (await sh(machine, command)).trimEnd(), command);
  }),
);

t.test('a program of the machine that prints without end makes no large verdict', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      `printf '#!/bin/sh\\nhead -c 3000000 /dev/zero | tr "\\\\0" x\\n' >/tmp/ip; chmod +x /tmp/ip; mount --bind /tmp/ip "$(command -v ip)"`,
    );
    const [verdict] = await checkStep(machine, step, [check('link', { on: 'host', name: 'eth9', up: true })]);
    t.equal(verdict?.status, 'fail');
    t.match(verdict?.evidence, [{ output: /^x{1000}\.\.\.$/ }]);
  }),
);
