import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeAllPairs } from './judge.ts';
import { schema } from './schema.ts';

export const allPairs = kind('all-pairs', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ nodes, family }) => [{ kind: 'pairs', from: 'host', nodes: nodes ?? null, family }],
  judge: judgeAllPairs,
});
