import { kind } from '../../kind.ts';
import { judgeRoute } from './judge.ts';
import { schema } from './schema.ts';

export const route = kind('route', {
  schema,
  dependsOn: ['nodes', 'links', 'addresses', 'routes'],
  noticed: false,
  judge: judgeRoute,
});
