import { kind } from '../../kind.ts';
import { judgeNetns } from './judge.ts';
import { schema } from './schema.ts';

export const netns = kind('netns', {
  schema,
  dependsOn: ['nodes'],
  noticed: false,
  judge: judgeNetns,
});
