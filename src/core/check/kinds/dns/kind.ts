import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { controlQuery, queryOf } from '../../queries.ts';
import { judgeDns } from './judge.ts';
import { schema } from './schema.ts';

export const dns = kind('dns', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: (args) => [queryOf(args), ...controlQuery(args.control)],
  judge: judgeDns,
});
