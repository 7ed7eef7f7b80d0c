import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';

const root = { pids: [40], command: '/bin/sleep infinity', node: 'red', uid: 0, capabilities: ['net_admin'] };
const user = { pids: [41, 1], command: 'sleep infinity', node: 'red', uid: 1010, capabilities: [] };
const processes = [root, user];

/** Checks of processes and commands that pass. */
export function programRights(): Verdict[] {
  const world = namespaces();
  return [
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
