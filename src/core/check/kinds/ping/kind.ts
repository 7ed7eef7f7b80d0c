import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgePing } from './judge.ts';
import { schema } from './schema.ts';

export const ping = kind('ping', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, size, control }) => [
    { kind: 'ping', from, to, ...(size === undefined ? {} : { size }) },
    ...controlPing(control),
  ],
  judge: judgePing,
});
