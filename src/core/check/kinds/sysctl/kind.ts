import { kind } from '../../kind.ts';
import { judgeSysctl } from './judge.ts';
import { schema } from './schema.ts';

export const sysctl = kind('sysctl', {
  schema,
  // Some settings exist per link.
  dependsOn: ['nodes', 'links', 'sysctls'],
  noticed: false,
  sysctlKeys: ({ key }) => [key],
  judge: judgeSysctl,
});
