import { missingRoute, networkOfOwner } from '../../../path/model/missing-route.ts';
import { isLocal, lookup, lookupNetwork, ownersOf, refuses } from '../../../path/model/routing.ts';
import { findLink } from '../../../path/model/segment.ts';
import { slippedRoute } from '../../../path/model/slipped-route.ts';
import { parseIp, parsePrefix, sameAddress } from '../../../state/ip.ts';
import type { NodeState, Observation, Route } from '../../../state/observation.ts';
import { routeEvidence } from '../../../verdict/evidence.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/** The routing decision for a destination: every route that sends it in the wanted direction is right. */
export function judgeRoute({ args, observation }: JudgeFacts<Args>): Judgement {
  const frame = frameOf(args);
  const node = nodeOr(frame, observation, args.on);
  if (isJudgement(node)) return node;
  frame.evidence = [routeEvidence(observation, args.on, node, frame)];
  const route = decided(node, args.to);
  if (args.absent) return absent(args, frame, route);
  if (route === null) return missing(args, frame, node, observation);
  if (refuses(route))
    return fail(frame, 'route-refuses', route.text, { route: route.text, observed: route.type });
  if (args.via !== undefined && !sentVia(route, args.via)) {
    return fail(frame, 'wrong-gateway', route.text, {
      gateway: args.via,
      self: route.via !== null && isLocal(node, route.via) ? route.via : '',
      via: route.via ?? '',
      route: route.text,
      destination: route.destination,
      defaultRoute: route.destination === 'default' ? 'default' : '',
      specific: leadsOn(observation, args.on, route)
        ? broader(route, networkOfOwner(observation, args.to))
        : '',
    });
  }
  if (args.dev !== undefined && route.dev !== args.dev) {
    if (findLink(node, args.dev)?.up === false) return fail(frame, 'link-down', route.text);
    return fail(frame, 'wrong-device', route.text, {
      expected: args.dev,
      observed: route.dev ?? '-',
      route: route.text,
      destination: route.destination,
    });
  }
  return pass(frame, route.text);
}

/**
 * Whether a route can be right for other addresses: its gateway is another node with two interfaces or more, or it is
 * for the neighbours on the wire.
 */
function leadsOn(observation: Observation, on: string, { via, destination }: Route): boolean {
  if (via === null) return destination !== 'default';
  const links = (node: string) =>
    observation.nodes[node]?.links.filter(({ kind, master }) => kind !== 'loopback' && master === null) ?? [];
  return ownersOf(observation, via).some((owner) => owner !== on && links(owner).length > 1);
}

/** The network, where the route is one to much more; empty where it is the network's own, or for fewer addresses. */
function broader({ destination }: Route, network: string): string {
  const length = (prefix: string) => Number(prefix.split('/')[1] ?? 0);
  return network !== '' && length(destination) < length(network) ? network : '';
}

/** Why there is none: the link's state and address come before the table, which follows from them. */
function missing(args: Args, frame: Frame, node: NodeState, observation: Observation): Judgement {
  const network = networkOfOwner(observation, args.to);
  if (parseIp(args.to) === null) return fail(frame, 'no-route', '-', { network });
  const finding = missingRoute(observation, args.on, node, args.via ?? args.to);
  // With a gateway asked for, a reachable gateway means that only the route itself is missing.
  if (args.via !== undefined && decided(node, args.via) !== null) {
    return fail(frame, 'no-route', '-', { network, ...slippedRoute(observation, node, network, args.to) });
  }
  return { ...fail(frame, finding.reason, '-', { ...finding.values, dst: args.to }), object: finding.object };
}

function absent(args: Args, frame: Frame, route: Route | null): Judgement {
  const via = args.via === undefined || (route !== null && sentVia(route, args.via));
  const dev = args.dev === undefined || route?.dev === args.dev;
  const there = route !== null && !refuses(route) && via && dev;
  if (there)
    return fail(frame, 'route-present', route.text, { route: route.text, destination: route.destination });
  return pass(frame, route === null ? '-' : route.text);
}

function decided(node: NodeState, to: string): Route | null {
  const ip = parseIp(to);
  if (ip !== null) return isLocal(node, to) ? ownRoute(to) : lookup(node, to);
  const network = parsePrefix(to);
  return network === null ? null : lookupNetwork(node, network);
}

/** The node's own address: always decided, by the table `local`. */
function ownRoute(to: string): Route {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  const none = { via: null, nexthops: [], source: null, metric: 0, scope: 'host', protocol: 'kernel' };
  return {
    ...none,
    family,
    table: 'local',
    type: 'local',
    destination: to,
    dev: 'lo',
    text: `local ${to} dev lo`,
  };
}

function sentVia(route: Route, via: string): boolean {
  return route.via !== null && sameAddress(route.via, via);
}

function frameOf(args: Args): Frame {
  const words = [args.to];
  if (args.via !== undefined) words.push('via', args.via);
  if (args.dev !== undefined) words.push('dev', args.dev);
  const expected = args.absent ? '-' : words.join(' ');
  const values = {
    to: args.to,
    dst: args.to,
    expected: args.via ?? args.dev ?? words.join(' '),
    gateway: args.via ?? '',
    link: args.dev ?? '',
    absent: args.absent ? 'yes' : '',
  };
  return { node: args.on, object: args.to, expected, values, evidence: [] };
}
