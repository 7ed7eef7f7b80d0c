import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgeSmtp } from './judge.ts';
import { schema } from './schema.ts';

export const smtp = kind('smtp', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, port, host = from, sender, recipient, control }) => [
    { kind: 'smtp', from, to, port, host, sender, recipient },
    ...controlPing(control),
  ],
  judge: judgeSmtp,
});
