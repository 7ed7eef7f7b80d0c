import type { CheckArguments } from '../../src/core/check/check.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';
import { policy } from './observation.ts';

const root = { pids: [40], command: '/bin/sleep infinity', node: 'red', uid: 0, capabilities: ['net_admin'] };
const user = { pids: [41, 1], command: 'sleep infinity', node: 'red', uid: 1010, capabilities: [] };
const processes = [root, user];

/** The answer of `conntrack -L` for one flow through a destination NAT. */
export const tracked = (extra = '[ASSURED] mark=5 use=1') =>
  outcome('answer', {
    status: 0,
    body: `tcp      6 99 ESTABLISHED src=10.0.0.1 dst=10.0.0.9 sport=1000 dport=80 src=10.0.0.2 dst=10.0.0.1 sport=8080 dport=1000 ${extra}
conntrack v1.4.7 (conntrack-tools): 1 flow entries have been shown.
`,
  });
export const flow = { on: 'host', protocol: 'tcp', source: '10.0.0.1', port: 80, absent: false } as const;

export const got: CheckArguments['route-get'] = {
  ...{ on: 'host', to: '10.7.0.1', mark: 5, via: '192.168.1.1', dev: 'eth0', table: '55', absent: false },
};
export const routed = outcome('answer', {
  status: 0,
  body: '10.7.0.1 via 192.168.1.1 dev eth0 table 55 src 192.168.1.2 mark 5 uid 0 \n    cache \n',
});
export const unrouted = outcome('answer', { status: 2, body: 'RTNETLINK answers: Network is unreachable\n' });

/** A host with a VXLAN link that leads to 10.0.0.2. */
export const tunnelled = () =>
  namespaces().link('host', 'vx', {
    ...{ kind: 'vxlan', parent: 'eth0', mtu: 1450, up: false },
    details: { id: '42', remote: '10.0.0.2', dstport: '4789' },
  });
export const tunnel: CheckArguments['link'] = {
  ...{ on: 'host', name: 'vx', kind: 'vxlan', parent: 'eth0', absent: false },
  tunnel: { id: 42, dstport: 4789 },
};

/** A host with a rule for what red sends, and red's address behind its port. */
export const switched = () =>
  namespaces()
    .link('host', 'veth-red-br', { vlans: [{ id: 10, pvid: true, untagged: true }] })
    .node('host', {
      policies: [
        policy({
          ...{ priority: 100, from: '192.168.15.1/32', text: '100: from 192.168.15.1 lookup 55' },
          action: { kind: 'table', table: '55', suppressPrefix: null },
        }),
        policy({
          ...{
            priority: 200,
            mark: { value: 5, mask: 0xffffffff },
            text: '200: from all fwmark 0x5 prohibit',
          },
          action: { kind: 'refuse', type: 'prohibit' },
        }),
      ],
      fdb: [
        { mac: '02:00:00:00:00:aa', dev: 'veth-red-br', master: 'v-net-0', dst: null, vlan: null, state: '' },
      ],
    });
export const rule: CheckArguments['ip-rule'] = {
  on: 'host',
  family: 'ipv4',
  from: '192.168.15.1/32',
  table: '55',
  action: 'lookup',
  absent: false,
};

/** Checks of processes, commands and what is read by one that pass. */
export function programRights(): Verdict[] {
  const world = namespaces();
  return [
    ask(world, 'route-get', got, { outcomes: [routed] }),
    ask(world, 'route-get', { ...got, table: '56', absent: true }, { outcomes: [routed] }),
    ask(world, 'route-get', { ...got, absent: true }, { outcomes: [unrouted] }),
    ask(tunnelled(), 'link', tunnel),
    ask(tunnelled(), 'link', { ...tunnel, mtu: 1450, tunnel: { remote: '10.0.0.2' } }),
    ask(switched(), 'ip-rule', rule),
    ask(switched(), 'ip-rule', { ...rule, from: '192.168.15.1', priority: 100 }),
    ask(switched(), 'ip-rule', { ...rule, from: '192.168.0.0/16', absent: true }),
    ask(switched(), 'fdb', { on: 'host', mac: '02:00:00:00:00:AA', dev: 'veth-red-br', absent: false }),
    ask(switched(), 'fdb', { on: 'host', mac: '02:00:00:00:00:bb', absent: true }),
    ask(switched(), 'vlan', { on: 'host', dev: 'veth-red-br', id: 10, pvid: true, absent: false }),
    ask(switched(), 'vlan', { on: 'host', dev: 'veth-red-br', id: 20, absent: true }),
    ask(
      world,
      'conntrack-entry',
      { ...flow, state: 'ESTABLISHED', replied: true, mark: 5, reply: { source: '10.0.0.2', port: 8080 } },
      { outcomes: [tracked()] },
    ),
    ask(world, 'conntrack-entry', { ...flow, port: 81, absent: true }, { outcomes: [tracked()] }),
    ask(world, 'conntrack-entry', { ...flow, mark: 6, absent: true }, { outcomes: [tracked()] }),
    ask(world, 'process', { on: 'red', name: 'sleep', uid: 1010, lacks: ['net_admin'] }, { processes }),
    ask(world, 'process', { on: 'red', name: 'sleep', uid: 0, has: ['net_admin'] }, { processes }),
    ask(world, 'process', { on: 'red', pid: 1, name: 'sleep' }, { processes }),
    ask(
      world,
      'command',
      { on: 'red', run: 'ip link', as: 'sleep', exit: 0, output: 'lo' },
      { processes, outcomes: [outcome('answer', { status: 0, body: '1: lo: ...' })] },
    ),
    ask(
      world,
      'command',
      { on: 'red', run: 'ip link set lo up', exit: 2, output: 'not permitted', control: 'ip link' },
      {
        outcomes: [
          outcome('answer', { status: 2, body: 'RTNETLINK answers: Operation not permitted\n' }),
          outcome('answer', { status: 0, body: '' }),
        ],
      },
    ),
  ];
}
