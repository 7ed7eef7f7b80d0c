import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgeNtp } from './judge.ts';
import { schema } from './schema.ts';

export const ntp = kind('ntp', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, control }) => [{ kind: 'ntp', from, to }, ...controlPing(control)],
  judge: judgeNtp,
});
