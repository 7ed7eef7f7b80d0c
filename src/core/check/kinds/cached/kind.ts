import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { queryOf } from '../../queries.ts';
import { judgeCached } from './judge.ts';
import { schema } from './schema.ts';

export const cached = kind('cached', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ at, ...asked }) => {
    return [{ kind: 'cached', from: asked.from, query: queryOf({ ...asked, recurse: true }), at }];
  },
  judge: judgeCached,
});
