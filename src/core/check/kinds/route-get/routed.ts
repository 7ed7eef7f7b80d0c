import { keyTo } from '../../../path/model/policy.ts';
import { routing } from '../../../path/model/routing.ts';
import { sameAddress } from '../../../state/ip.ts';
import type { Observation, Route } from '../../../state/observation.ts';
import type { Values } from '../../../verdict/verdict.ts';
import type { Args } from './schema.ts';

/** The route that decides in this state, as the model finds it; null if none does. */
function routeIn(observation: Observation, { on, to, from = '', iif, mark = 0 }: Args): Route | null {
  const state = observation.nodes[on];
  const routed = state === undefined ? null : routing(state, { ...keyTo(to), from, iif: iif ?? null, mark });
  return routed?.kind === 'route' ? routed.route : null;
}

/**
 * The command that gives the deciding route the wanted gateway, where a rule has chosen its table and no other table
 * is wanted.
 */
export function corrected(observation: Observation, args: Args, used: string): Values {
  const { via, table = used } = args;
  const route = routeIn(observation, args);
  if (via === undefined || used === 'main' || table !== used || route?.table !== used) return {};
  const ip = route.family === 'ipv6' ? 'ip -6' : 'ip';
  const dev = args.dev === undefined ? '' : ` dev ${args.dev}`;
  return { gateway: via, set: `${ip} route replace ${route.destination} via ${via}${dev} table ${used}` };
}

/** The model's decision is the wanted one. */
export function decidesRight(observation: Observation, args: Args): boolean {
  const route = routeIn(observation, args);
  const { via, dev, table } = args;
  return (
    route !== null &&
    (via === undefined || sameAddress(via, route.via ?? '')) &&
    (dev === undefined || dev === route.dev) &&
    (table === undefined || table === route.table)
  );
}
