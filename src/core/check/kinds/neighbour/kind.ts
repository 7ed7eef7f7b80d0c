import { kind } from '../../kind.ts';
import { judgeNeighbour } from './judge.ts';
import { schema } from './schema.ts';

export const neighbour = kind('neighbour', {
  schema,
  dependsOn: ['nodes', 'links', 'addresses', 'neighbours', 'permanent-neighbours'],
  noticed: false,
  // A neighbour is learned by talking to it.
  readsAfterProbes: true,
  judge: judgeNeighbour,
});
