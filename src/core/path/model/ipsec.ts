import { holds } from '../../state/ip.ts';
import type { IpsecPolicy, IpsecTemplate, NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Finding } from './finding.ts';
import type { Headers } from './packet.ts';
import { setting } from './settings.ts';

interface Asked {
  observation: Observation;
  node: string;
  state: NodeState;
  headers: Headers;
}

/**
 * The policy of IPsec that keeps a packet from going on (xfrm_lookup, __xfrm_policy_check): it blocks, it finds no state
 * to wrap the packet with, or it takes none that came as it is.
 * @param link by which the packet leaves, or came in.
 */
export function ipsecRefusal(
  { observation, node, state, headers }: Asked,
  direction: IpsecPolicy['direction'],
  link: string,
): Finding | null {
  if (state.ipsec === undefined || unasked(state, direction, link)) return null;
  const policy = deciding(state.ipsec.policies, direction, headers);
  if (policy === undefined || policy.other) return null;
  const values: Values = {
    ...{ ipsecPolicy: policy.text, ipsecDirection: direction },
    ...{ source: headers.source, dst: headers.destination },
  };
  const found = (more: Values): Finding => ({
    ...{ reason: 'ipsec-refuses', node, object: policy.text, values: { ...values, ...more } },
  });
  if (policy.action === 'block') return found({ blocked: policy.text });
  const needed = policy.templates.filter(({ optional }) => optional === undefined);
  if (direction === 'out') {
    const missing = needed.find(
      (template) => !state.ipsec?.states.some((one) => does(one, template, headers)),
    );
    return missing === undefined ? null : found({ missingState: textOf(missing, headers) });
  }
  const [template] = needed;
  // What another node wraps, this one may unwrap: the state does not say what the packet was.
  return template === undefined || wrappedSomewhere(observation, node)
    ? null
    : found({ wrapping: textOf(template, headers) });
}

/** The interface is left alone by IPsec, as the loopback is from the start. */
function unasked(state: NodeState, direction: IpsecPolicy['direction'], link: string): boolean {
  const name = direction === 'out' ? 'disable_xfrm' : 'disable_policy';
  return link === 'lo' || setting(state, name, link) > 0;
}

/** Of the policies that fit the first of the smallest priority. */
function deciding(
  policies: readonly IpsecPolicy[],
  direction: IpsecPolicy['direction'],
  headers: Headers,
): IpsecPolicy | undefined {
  return policies
    .filter((policy) => policy.direction === direction && fits(policy, headers))
    .toSorted((one, other) => one.priority - other.priority)[0];
}

function fits(policy: IpsecPolicy, { source, destination, protocol, ...ports }: Headers): boolean {
  const own = protocol === 'icmp' && destination.includes(':') ? 'ipv6-icmp' : protocol;
  const isPort = (wanted: number | null, port: number | null) => wanted === null || wanted === port;
  return (
    sameFamily(policy.source, source) &&
    holds(policy.source, source) &&
    holds(policy.destination, destination) &&
    (policy.protocol === null || policy.protocol === own) &&
    isPort(policy.sourcePort, ports.sourcePort) &&
    isPort(policy.destinationPort, ports.destinationPort)
  );
}

const sameFamily = (one: string, other: string): boolean => one.includes(':') === other.includes(':');

function does(state: IpsecTemplate, template: IpsecTemplate, headers: Headers): boolean {
  const { source, destination } = endsOf(template, headers);
  return (
    state.protocol === template.protocol &&
    state.mode === template.mode &&
    state.source === source &&
    state.destination === destination &&
    (template.request === 0 || state.request === template.request)
  );
}

const any = ['0.0.0.0', '::'];

/** In transport mode the ends are the packet's own. */
function endsOf({ source, destination, mode }: IpsecTemplate, headers: Headers) {
  const own = mode === 'transport';
  return {
    source: own || any.includes(source) ? headers.source : source,
    destination: own || any.includes(destination) ? headers.destination : destination,
  };
}

const textOf = (template: IpsecTemplate, headers: Headers): string => {
  const { source, destination } = endsOf(template, headers);
  return `${template.protocol} ${template.mode} ${source} -> ${destination}`;
};

const wrappedSomewhere = ({ nodes }: Observation, node: string): boolean =>
  Object.entries(nodes).some(([name, { ipsec }]) => name !== node && (ipsec?.states.length ?? 0) > 0);
