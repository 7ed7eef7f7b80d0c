import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeDistribution } from './judge.ts';
import { schema } from './schema.ts';

export const distribution = kind('distribution', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, url, requests, header = null }) => [{ kind: 'distribution', from, url, requests, header }],
  judge: judgeDistribution,
});
