import { kind } from '../../kind.ts';
import { judgeFdb } from './judge.ts';
import { schema } from './schema.ts';

export const fdb = kind('fdb', {
  schema,
  dependsOn: ['nodes', 'links', 'neighbours', 'permanent-neighbours'],
  noticed: false,
  // A bridge learns an address from the frames that come from it.
  readsAfterProbes: true,
  judge: judgeFdb,
});
