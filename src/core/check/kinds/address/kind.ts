import { kind } from '../../kind.ts';
import { judgeAddress } from './judge.ts';
import { schema } from './schema.ts';

export const address = kind('address', {
  schema,
  dependsOn: ['nodes', 'links', 'addresses'],
  noticed: false,
  judge: judgeAddress,
});
