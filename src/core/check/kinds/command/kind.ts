import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeCommand } from './judge.ts';
import { schema } from './schema.ts';

export const command = kind('command', {
  schema,
  // A command line may ask for anything.
  dependsOn: [...anyPacket, 'processes'],
  noticed: true,
  slow: true,
  readsProcesses: true,
  probes: ({ on, run, as = null, control }) => {
    const lines = control === undefined ? [run] : [run, control];
    return lines.map((line) => ({ kind: 'command', from: on, run: line, as }));
  },
  judge: judgeCommand,
});
