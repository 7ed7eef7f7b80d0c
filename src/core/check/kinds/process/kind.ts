import { kind } from '../../kind.ts';
import { judgeProcess } from './judge.ts';
import { schema } from './schema.ts';

export const process = kind('process', {
  schema,
  dependsOn: ['nodes', 'processes'],
  noticed: false,
  slow: true,
  readsProcesses: true,
  judge: judgeProcess,
});
