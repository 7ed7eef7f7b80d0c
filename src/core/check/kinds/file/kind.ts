import { kind } from '../../kind.ts';
import { pathOf } from './entry.ts';
import { judgeFile } from './judge.ts';
import { schema } from './schema.ts';

export const file = kind('file', {
  schema,
  dependsOn: ['nodes', 'files'],
  noticed: false,
  probes: (args) => [{ kind: 'read', from: args.on, path: pathOf(args) }],
  judge: judgeFile,
});
