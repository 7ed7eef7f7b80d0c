import { neighbour } from '../../path/model/neighbour.ts';
import { lookup } from '../../path/model/routing.ts';
import { firstTrouble, walk } from '../../path/model/walk.ts';
import type { Route } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type EndFacts, type Ending, packetOf } from './end-finding.ts';

/**
 * A node that keeps a packet because its way back leads elsewhere, by a route that leads to nobody: to loosen the filter
 * would not bring the reply back, to delete the route does.
 */
export function misled({ recording }: Ending, { node, values }: EndFacts): Values {
  const { observation } = recording;
  const state = observation.nodes[node];
  const source = backTo(values);
  const route = state === undefined || source === undefined ? null : lookup(state, source);
  if (state === undefined || source === undefined || route === null || !isTyped(route)) return {};
  const start = { node, link: route.dev ?? '' };
  if (neighbour(observation, start, route.via ?? source).kind !== 'finding') return {};
  const without = { ...state, routes: state.routes.filter((one) => one !== route) };
  const way = walk({ nodes: { ...observation.nodes, [node]: without } }, packetOf(recording));
  if (firstTrouble(way) !== null) return {};
  const six = route.family === 'ipv6' ? ' -6' : '';
  return {
    ...{ misledNode: node, misledTo: source, misledBy: route.text },
    misleading: `{ip}${six} route del ${route.text}`,
  };
}

/** The source that rp_filter, arp_filter or a rule asked the way back to. */
const backTo = ({ wayDev, source, backRoute, backSource, leaves, asker }: Values): string | undefined =>
  wayDev !== undefined
    ? source
    : backRoute !== undefined
      ? backSource
      : leaves === undefined
        ? undefined
        : asker;

/** Not one that came with an address, nor the one for everything else. */
const isTyped = ({ type, protocol, destination, dev }: Route): boolean =>
  type === 'unicast' && protocol !== 'kernel' && destination !== 'default' && dev !== null;
