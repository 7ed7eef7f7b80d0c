import { kind } from '../../kind.ts';
import { judgeVlan } from './judge.ts';
import { schema } from './schema.ts';

export const vlan = kind('vlan', {
  schema,
  dependsOn: ['nodes', 'links'],
  noticed: false,
  judge: judgeVlan,
});
