import { kind } from '../../kind.ts';
import { judgeListener } from './judge.ts';
import { schema } from './schema.ts';

export const listener = kind('listener', {
  schema,
  dependsOn: ['nodes', 'listeners'],
  noticed: false,
  slow: true,
  judge: judgeListener,
});
