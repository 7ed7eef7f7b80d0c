import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';

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

/** Checks of processes, commands and what is read by one that pass. */
export function programRights(): Verdict[] {
  const world = namespaces();
  return [
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
