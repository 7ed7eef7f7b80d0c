import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeMtu } from './judge.ts';
import { schema } from './schema.ts';
import { search } from './search.ts';

export const mtu = kind('mtu', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, to, bytes }) => [
    { kind: 'ping', from, to },
    { kind: 'command', from, run: search(to, bytes), as: null },
  ],
  judge: judgeMtu,
});
