import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeSeen } from './judge.ts';
import { schema } from './schema.ts';

export const seen = kind('seen', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, at }) => [{ kind: 'seen', from, to, at }],
  judge: judgeSeen,
});
