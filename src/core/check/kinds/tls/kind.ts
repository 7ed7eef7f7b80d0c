import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgeTls } from './judge.ts';
import { schema } from './schema.ts';

export const tls = kind('tls', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, port, name = null, trust = null, control }) => {
    return [{ kind: 'tls', from, to, port, name, trust }, ...controlPing(control)];
  },
  judge: judgeTls,
});
