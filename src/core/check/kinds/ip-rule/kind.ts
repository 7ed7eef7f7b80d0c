import { kind } from '../../kind.ts';
import { judgeIpRule } from './judge.ts';
import { schema } from './schema.ts';

export const ipRule = kind('ip-rule', {
  schema,
  dependsOn: ['nodes', 'routes'],
  noticed: false,
  judge: judgeIpRule,
});
