import { kind } from '../../kind.ts';
import { judgeLink } from './judge.ts';
import { schema } from './schema.ts';

export const link = kind('link', {
  schema,
  dependsOn: ['nodes', 'links'],
  noticed: false,
  judge: judgeLink,
});
