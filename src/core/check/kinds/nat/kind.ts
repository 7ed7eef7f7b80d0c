import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { tracedProbe } from '../../trace-args.ts';
import { judgeNat } from './judge.ts';
import { schema } from './schema.ts';

export const nat = kind('nat', {
  schema,
  dependsOn: anyPacket,
  noticed: false,
  probes: (args) => [tracedProbe(args)],
  judge: judgeNat,
});
