import type { Route } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import { refuses, type routing } from './routing.ts';

/** The rule or route that refuses; null where there is none. */
export function refusal(node: string, to: string, routed: ReturnType<typeof routing>): Finding | null {
  if (routed.kind === 'refused') {
    const { text, priority, action } = routed.rule;
    const observed = action.kind === 'refuse' ? action.type : '';
    const values = { dst: to, route: text, observed, priority: String(priority) };
    return { reason: 'route-refuses', node, object: text, values };
  }
  if (routed.kind !== 'route' || !refuses(routed.route)) return null;
  const { route } = routed;
  const values = { dst: to, route: route.text, observed: route.type, deletion: deletionOf(route) };
  return { reason: 'route-refuses', node, object: route.text, values };
}

/** As `ip route del` takes it: of a next hop object that refuses (`nhid`) the route is none of that type to it. */
function deletionOf({ family, type, text }: Route): string {
  const object = family === 'ipv4' && text.startsWith(`${type} `) && / dev lo\b/.test(text);
  return object ? text.slice(type.length + 1).replace(/ dev lo\b/, '') : text;
}
