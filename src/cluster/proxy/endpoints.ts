import { isIPv6, ofFamily, plainAddress } from './networks.ts';
import type { EndpointSlice, SliceEndpoint } from './objects.ts';
import type { ProxyOptions } from './options.ts';
import { compare, type Front, isExternal } from './service-ports.ts';

export interface Endpoint {
  ip: string;
  port: number;
  /** `ip:port`, an IPv6 address in brackets: as in DNAT, comments and hashes. */
  text: string;
  ready: boolean;
  serving: boolean;
  terminating: boolean;
  local: boolean;
  /** Hints: the zones and the nodes whose traffic it is meant for. */
  zones: string[];
  nodes: string[];
}

/** The endpoints of a service port that a node may use. */
export interface Choice {
  /** For traffic under the Cluster policy. */
  cluster: Endpoint[];
  /** For traffic under a Local policy. */
  local: Endpoint[];
  /** All that some chain of the node leads to. */
  reachable: Endpoint[];
  /** Usable endpoints anywhere; without, the service is refused. */
  any: boolean;
}

const serviceName = 'kubernetes.io/service-name';

/** Every endpoint the slices list for a service port, sorted as text. */
export function endpointsOf(
  front: Front,
  slices: readonly EndpointSlice[],
  options: ProxyOptions,
): Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const slice of slices) {
    const { namespace, labels } = slice.metadata;
    if (namespace !== front.namespace || labels?.[serviceName] !== front.service) continue;
    for (const port of slice.ports ?? []) {
      // 1.20 leaves out a port whose name is null instead of empty.
      if (options.form === '1.20' && port.name === null) continue;
      if ((port.name ?? '') !== front.portName || !port.port) continue;
      if ((port.protocol ?? 'TCP').toLowerCase() !== front.protocol) continue;
      for (const listed of slice.endpoints ?? []) {
        const endpoint = endpointOf(listed, port.port, options);
        if (endpoint === null || (options.form === '1.20' && !endpoint.ready)) continue;
        // The same address twice: one of them may say that it is here.
        const key = options.form === '1.20' ? endpoint.ip : endpoint.text;
        if (endpoint.local || !found.has(key)) found.set(key, endpoint);
      }
    }
  }
  return [...found.values()].sort((one, other) => compare(one.text, other.text));
}

function endpointOf(listed: SliceEndpoint, port: number, options: ProxyOptions): Endpoint | null {
  const ip = plainAddress(listed.addresses[0] ?? '');
  if (ip === null || !ofFamily(ip, options.family)) return null;
  const ready = listed.conditions?.ready ?? true;
  const node = options.form === '1.20' ? listed.topology?.['kubernetes.io/hostname'] : listed.nodeName;
  return {
    ip,
    port,
    text: isIPv6(ip) ? `[${ip}]:${port}` : `${ip}:${port}`,
    ready,
    serving: listed.conditions?.serving ?? ready,
    terminating: listed.conditions?.terminating ?? false,
    local: node === options.nodeName,
    zones: listed.hints?.forZones?.map(({ name }) => name) ?? [],
    nodes: listed.hints?.forNodes?.map(({ name }) => name) ?? [],
  };
}

/** Which endpoints a node uses. 1.20 knows neither terminating endpoints nor hints. */
export function choose(front: Front, all: readonly Endpoint[], options: ProxyOptions): Choice {
  const old = options.form === '1.20';
  const usable = (list: readonly Endpoint[], hints = false) => {
    const ready = list.filter((endpoint) => endpoint.ready);
    if (old) return ready;
    if (ready.length > 0) return hints ? hinted(ready, options) : ready;
    return list.filter(({ serving, terminating }) => serving && terminating);
  };
  const external = isExternal(front);
  const usesCluster = old || !front.internalLocal || external;
  const usesLocal = (front.externalLocal && (old || external)) || (!old && front.internalLocal);
  const cluster = usesCluster ? usable(all, true) : [];
  const local = usesLocal ? usable(all.filter((endpoint) => endpoint.local)) : [];
  const reachable = [...new Set([...cluster, ...local])].sort((one, other) => compare(one.text, other.text));
  return { cluster, local, reachable, any: usable(all).length > 0 };
}

/** Hints for nodes, then those for zones: they count where every endpoint has one and one of them fits. */
function hinted(ready: Endpoint[], { nodeName, zone }: ProxyOptions): Endpoint[] {
  for (const [hints, here] of [
    [({ nodes }: Endpoint) => nodes, nodeName],
    [({ zones }: Endpoint) => zones, zone],
  ] as const) {
    const near = ready.filter((endpoint) => here !== null && hints(endpoint).includes(here));
    if (near.length > 0 && ready.every((endpoint) => hints(endpoint).length > 0)) return near;
  }
  return ready;
}
