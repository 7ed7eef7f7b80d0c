import { kind } from '../../kind.ts';
import { asking, judgeRouteGet } from './judge.ts';
import { schema } from './schema.ts';

export const routeGet = kind('route-get', {
  schema,
  dependsOn: ['nodes', 'links', 'addresses', 'routes', 'sysctls'],
  noticed: false,
  probes: (args) => [{ kind: 'command', from: args.on, run: asking(args), as: null }],
  judge: judgeRouteGet,
});
