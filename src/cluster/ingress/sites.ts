import type { KubeService, Slice } from '../objects/kinds.ts';
import type { Backend, Ingress, IngressPath } from './objects.ts';

/** One host with its paths, of all ingresses together. */
export interface Site {
  /** `_`: requests for no host that a rule names. */
  host: string;
  locations: Location[];
  /** `namespace/name` of the secret; empty: TLS without one. */
  tls: string | null;
  redirect: boolean;
}

export interface Location {
  path: string;
  pathType: IngressPath['pathType'];
  upstream: Upstream;
  rewrite: string | null;
  regex: boolean;
  ingress: string;
}

/** The targets of one backend's requests: addresses of pods, never the Service's. */
export interface Upstream {
  name: string;
  servers: string[];
}

export interface Behind {
  services: readonly KubeService[];
  slices: readonly Slice[];
}

const prefix = 'nginx.ingress.kubernetes.io/';

export function sitesOf(ingresses: readonly Ingress[], behind: Behind): Site[] {
  const sites = new Map<string, Site>();
  const site = (host: string): Site => {
    const found = sites.get(host) ?? { host, locations: [], tls: null, redirect: false };
    sites.set(host, found);
    return found;
  };
  site('_');
  for (const ingress of ingresses) {
    const { namespace = '', annotations = {} } = ingress.metadata;
    const annotation = (name: string) => annotations[`${prefix}${name}`];
    for (const { host, http } of ingress.spec.rules ?? []) {
      const one = site(host || '_');
      for (const { path = '/', pathType, backend } of http?.paths ?? []) {
        if (one.locations.some((known) => known.path === path && known.pathType === pathType)) continue;
        const rewrite = annotation('rewrite-target') ?? null;
        one.locations.push({
          ...{ path: path || '/', pathType, rewrite: rewrite === path ? null : rewrite },
          upstream: upstreamOf(namespace, backend, behind),
          regex: annotation('use-regex') === 'true' || (rewrite !== null && rewrite !== path),
          ingress: `${namespace}/${ingress.metadata.name}`,
        });
      }
      const tls = (ingress.spec.tls ?? []).find(({ hosts = [] }) => hosts.includes(host ?? ''));
      if (tls !== undefined) {
        one.tls = tls.secretName ? `${namespace}/${tls.secretName}` : '';
        one.redirect = annotation('ssl-redirect') !== 'false';
      }
      if (annotation('force-ssl-redirect') === 'true') one.redirect = true;
    }
    const fallback = ingress.spec.defaultBackend;
    if (fallback !== undefined) {
      const hosts = (ingress.spec.rules ?? []).map(({ host }) => host || '_');
      for (const host of hosts.length === 0 ? ['_'] : hosts) {
        const one = site(host);
        if (one.locations.some(({ path }) => path === '/')) continue;
        const upstream = upstreamOf(namespace, fallback, behind);
        const about = `${namespace}/${ingress.metadata.name}`;
        one.locations.push({
          path: '/',
          pathType: 'Prefix',
          upstream,
          rewrite: null,
          regex: false,
          ingress: about,
        });
      }
    }
  }
  return [...sites.values()];
}

/** Ready endpoints of a backend; none where its service or its port is not there. */
export function upstreamOf(namespace: string, { service }: Backend, { services, slices }: Behind): Upstream {
  const { name = '', port = {} } = service ?? {};
  const upstream = `${namespace}-${name}-${port.name ?? port.number ?? ''}`;
  const found = services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const wanted = found?.spec.ports?.find((each) =>
    port.name === undefined ? each.port === port.number : each.name === port.name,
  );
  if (wanted === undefined) return { name: upstream, servers: [] };
  const servers = slices
    .filter(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.labels?.['kubernetes.io/service-name'] === name,
    )
    .flatMap(({ ports, endpoints }) => {
      const target = ports?.find((each) => (each.name ?? '') === (wanted.name ?? ''))?.port;
      if (target === undefined || target === null) return [];
      return (endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false)
        .flatMap(({ addresses }) => addresses.map((address) => `${address}:${target}`));
    });
  return { name: upstream, servers };
}
