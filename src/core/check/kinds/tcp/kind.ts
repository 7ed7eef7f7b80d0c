import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgeTcp } from './judge.ts';
import { schema } from './schema.ts';

export const tcp = kind('tcp', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, port, control }) => [{ kind: 'tcp', from, to, port }, ...controlPing(control)],
  judge: judgeTcp,
});
