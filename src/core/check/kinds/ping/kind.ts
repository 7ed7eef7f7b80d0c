import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgePing } from './judge.ts';
import { schema } from './schema.ts';

export const ping = kind('ping', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, control }) => [{ kind: 'ping', from, to }, ...controlPing(control)],
  judge: judgePing,
});
