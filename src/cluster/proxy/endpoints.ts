import { isIPv6, ofFamily } from './networks.ts';
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
  zones: string[] | null;
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
        if (endpoint !== null) found.set(endpoint.text, endpoint);
      }
    }
  }
  return [...found.values()].sort((one, other) => compare(one.text, other.text));
}

function endpointOf(listed: SliceEndpoint, port: number, options: ProxyOptions): Endpoint | null {
  const ip = listed.addresses[0];
  if (ip === undefined || !ofFamily(ip, options.family)) return null;
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
    zones: listed.hints?.forZones?.map(({ name }) => name) ?? null,
  };
}

/** Which endpoints a node uses. 1.20 knows neither terminating endpoints nor hints. */
export function choose(front: Front, all: readonly Endpoint[], options: ProxyOptions): Choice {
  const old = options.form === '1.20';
  const usable = (list: readonly Endpoint[]) => {
    const ready = list.filter((endpoint) => endpoint.ready);
    if (ready.length > 0 || old) return ready;
    return list.filter(({ serving, terminating }) => serving && terminating);
  };
  const usesCluster = old || !front.internalLocal || isExternal(front);
  const usesLocal = front.externalLocal || (!old && front.internalLocal);
  const anywhere = usable(all);
  const cluster = usesCluster ? (old ? anywhere : nearby(anywhere, options.zone)) : [];
  const local = usesLocal ? usable(all.filter((endpoint) => endpoint.local)) : [];
  const reachable = [...new Set([...cluster, ...local])].sort((one, other) => compare(one.text, other.text));
  return { cluster, local, reachable, any: anywhere.length > 0 };
}

/** Hints count only where every ready endpoint has one and one of them is for the node's zone. */
function nearby(endpoints: Endpoint[], zone: string | null): Endpoint[] {
  if (zone === null || endpoints.some(({ ready, zones }) => ready && !zones?.length)) return endpoints;
  const hinted = endpoints.filter(({ zones }) => zones?.includes(zone));
  return hinted.length > 0 ? hinted : endpoints;
}
