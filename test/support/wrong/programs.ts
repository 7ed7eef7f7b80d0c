import type { CheckArguments } from '../../../src/core/check/check.ts';
import type { Process } from '../../../src/core/state/observation.ts';
import { ask, outcome } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import {
  flow,
  got,
  routed,
  rule,
  switched,
  tracked,
  tunnel,
  tunnelled,
  unrouted,
} from '../rights-programs.ts';
import type { Wrong } from './wrong.ts';

const sleep: Process = {
  ...{ pids: [40], command: 'sleep infinity', node: 'red' },
  ...{ uid: 0, capabilities: ['net_raw', 'net_admin'] },
};
const running = { processes: [sleep] };
const process = (more: Partial<CheckArguments['process']>) => ({ on: 'red', name: 'sleep', ...more });
const command = (more: Partial<CheckArguments['command']> = {}): CheckArguments['command'] => {
  return { on: 'red', run: 'ip link set lo up', as: 'sleep', exit: 0, ...more };
};
const refused = { exit: 2, output: 'Operation not permitted', control: 'ip link show lo' };
const ended = (status: number, body: string) => outcome('answer', { status, body });
const eperm = ended(2, 'RTNETLINK answers: Operation not permitted\n');

/** Processes, their rights, and commands. */
export const wrongPrograms: Wrong[] = [
  [
    'no process of this name',
    'fail process-missing red',
    ask(namespaces(), 'process', process({ name: 'nginx' }), running),
  ],
  ['as root', 'fail wrong-user red', ask(namespaces(), 'process', process({ uid: 1010 }), running)],
  [
    'a capability short',
    'fail capability-missing red',
    ask(namespaces(), 'process', process({ has: ['net_raw', 'sys_time'] }), running),
  ],
  [
    'a capability too many',
    'fail capability-present red',
    ask(namespaces(), 'process', process({ lacks: ['net_admin'] }), running),
  ],
  [
    'nobody whose rights a command could have',
    'fail process-missing red',
    ask(namespaces(), 'command', command({ as: 'nginx' }), running),
  ],
  [
    'refused by the kernel',
    'fail not-permitted red',
    ask(namespaces(), 'command', command(), { ...running, outcomes: [eperm] }),
  ],
  [
    'fails otherwise',
    'fail wrong-exit red',
    ask(namespaces(), 'command', command(), {
      ...running,
      outcomes: [ended(1, 'Cannot find device "lo"\n')],
    }),
  ],
  [
    'succeeds although it should be refused',
    'fail wrong-exit red',
    ask(namespaces(), 'command', command(refused), { ...running, outcomes: [ended(0, ''), ended(0, '')] }),
  ],
  [
    'fails as asked, but says another reason',
    'fail wrong-output red',
    ask(namespaces(), 'command', command(refused), {
      ...running,
      outcomes: [ended(2, 'Cannot find device "lo"\n'), ended(0, '')],
    }),
  ],
  [
    'its control fails as well',
    'could-not-check control-failed red',
    ask(namespaces(), 'command', command(refused), { ...running, outcomes: [eperm, ended(1, 'no\n')] }),
  ],
  [
    'no control',
    'could-not-check control-failed red',
    ask(namespaces(), 'command', command({ exit: 2, output: 'not' }), { ...running, outcomes: [eperm] }),
  ],
  [
    'the tool of its control fails',
    'could-not-check tool-failed red',
    ask(namespaces(), 'command', command(refused), { ...running, outcomes: [eperm, outcome('tool-failed')] }),
  ],
  [
    'the flow is not tracked',
    'fail entry-missing host',
    ask(namespaces(), 'conntrack-entry', { ...flow, port: 81 }, { outcomes: [tracked()] }),
  ],
  [
    'the flow is translated otherwise',
    'fail wrong-entry host',
    ask(
      namespaces(),
      'conntrack-entry',
      { ...flow, reply: { source: '10.0.0.3' } },
      { outcomes: [tracked()] },
    ),
  ],
  [
    'the flow has no reply yet',
    'fail wrong-entry host',
    ask(
      namespaces(),
      'conntrack-entry',
      { ...flow, replied: true },
      { outcomes: [tracked('[UNREPLIED] mark=0 use=1')] },
    ),
  ],
  [
    'a stale flow is still tracked',
    'fail entry-present host',
    ask(namespaces(), 'conntrack-entry', { ...flow, absent: true }, { outcomes: [tracked()] }),
  ],
  [
    'conntrack does not finish its list',
    'could-not-check tool-failed host',
    ask(namespaces(), 'conntrack-entry', flow, {
      outcomes: [outcome('answer', { status: 0, body: 'garbage' })],
    }),
  ],
  [
    'no rule for this source',
    'fail entry-missing host',
    ask(switched(), 'ip-rule', { ...rule, from: '192.168.15.2' }),
  ],
  [
    'the rule leads to another table',
    'fail wrong-entry host',
    ask(switched(), 'ip-rule', { ...rule, table: '56' }),
  ],
  [
    'the rule is still there',
    'fail entry-present host',
    ask(switched(), 'ip-rule', { ...rule, absent: true }),
  ],
  [
    'the bridge does not know the address',
    'fail entry-missing host',
    ask(switched(), 'fdb', { on: 'host', mac: '02:00:00:00:00:bb', absent: false }),
  ],
  [
    'the address is behind another port',
    'fail wrong-entry host',
    ask(switched(), 'fdb', { on: 'host', mac: '02:00:00:00:00:aa', dev: 'veth-blue-br', absent: false }),
  ],
  [
    'the bridge still knows the address',
    'fail entry-present host',
    ask(switched(), 'fdb', { on: 'host', mac: '02:00:00:00:00:aa', absent: true }),
  ],
  [
    'the port is not in the VLAN',
    'fail entry-missing host',
    ask(switched(), 'vlan', { on: 'host', dev: 'veth-red-br', id: 20, absent: false }),
  ],
  [
    'the VLAN goes out with its tag',
    'fail wrong-entry host',
    ask(switched(), 'vlan', { on: 'host', dev: 'veth-red-br', id: 10, untagged: false, absent: false }),
  ],
  [
    'the port is still in the VLAN',
    'fail entry-present host',
    ask(switched(), 'vlan', { on: 'host', dev: 'veth-red-br', id: 10, absent: true }),
  ],
  [
    'there is no such port',
    'fail link-missing host',
    ask(switched(), 'vlan', { on: 'host', dev: 'veth-none', id: 10, absent: false }),
  ],
  [
    'the MTU is too large for the tunnel',
    'fail wrong-entry host',
    ask(tunnelled(), 'link', { ...tunnel, mtu: 1400 }),
  ],
  [
    'the tunnel leads elsewhere',
    'fail wrong-entry host',
    ask(tunnelled(), 'link', { ...tunnel, tunnel: { remote: '10.0.0.3' } }),
  ],
  [
    'the link is made on another',
    'fail wrong-entry host',
    ask(tunnelled(), 'link', { ...tunnel, parent: 'eth1' }),
  ],
  [
    'nothing routes the packet',
    'fail entry-missing host',
    ask(namespaces(), 'route-get', got, { outcomes: [unrouted] }),
  ],
  [
    'another table routes the packet',
    'fail wrong-entry host',
    ask(namespaces(), 'route-get', { ...got, table: 'main' }, { outcomes: [routed] }),
  ],
  [
    'the packet is still routed that way',
    'fail entry-present host',
    ask(namespaces(), 'route-get', { ...got, absent: true }, { outcomes: [routed] }),
  ],
];
