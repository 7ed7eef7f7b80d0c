import { kind } from '../../kind.ts';
import { judgeRule, textProbes } from './judge.ts';
import { schema } from './schema.ts';

export const rule = kind('rule', {
  schema,
  dependsOn: ['nodes', 'rules'],
  noticed: false,
  probes: ({ on, like }) => textProbes(on, like),
  judge: judgeRule,
});
