import { kind } from '../../kind.ts';
import { judgeRule } from './judge.ts';
import { schema } from './schema.ts';

export const rule = kind('rule', {
  schema,
  dependsOn: ['nodes', 'rules'],
  noticed: false,
  judge: judgeRule,
});
