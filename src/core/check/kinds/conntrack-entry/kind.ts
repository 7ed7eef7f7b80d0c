import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeConntrackEntry, listing } from './judge.ts';
import { schema } from './schema.ts';

export const conntrackEntry = kind('conntrack-entry', {
  schema,
  dependsOn: anyPacket,
  noticed: false,
  probes: (args) => [{ kind: 'command', from: args.on, run: listing(args), as: null }],
  judge: judgeConntrackEntry,
});
