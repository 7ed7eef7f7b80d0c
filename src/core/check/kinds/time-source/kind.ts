import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeTimeSource } from './judge.ts';
import { schema } from './schema.ts';

export const timeSource = kind('time-source', {
  schema,
  dependsOn: anyPacket,
  noticed: false,
  probes: ({ on, source, state = null, answers = null }) => [
    { kind: 'time-sources', from: on, until: { source, state, answers } },
  ],
  judge: judgeTimeSource,
});
