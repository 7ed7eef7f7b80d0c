import { record } from '../control/events.ts';
import { certificateFile, nginxConf } from '../ingress/nginx.ts';
import type { Ingress } from '../ingress/objects.ts';
import { classesOf, defaultBackendOf, servedIngresses } from '../ingress/selected.ts';
import { sitesOf, type Upstream, upstreamOf } from '../ingress/sites.ts';
import { findIn, listOf } from '../objects/kinds.ts';
import type { Container } from '../objects/pod.ts';
import type { Store } from '../store/store.ts';
import type { StandIn, Standing } from './stand-in.ts';

/** The controller itself is hoplab's; nginx is nginx. */
export const ingressProgram = `# Stands for ingress-nginx, of which there is no package: nginx answers, configured from the Ingresses of the cluster.
echo "stand-in for ingress-nginx: $(nginx -v 2>&1 | sed 's/.*: //') answers, configured from the Ingresses"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -out /tmp/fake.crt -keyout /tmp/fake.key \\
  -subj '/O=Acme Co/CN=Kubernetes Ingress Controller Fake Certificate' -addext subjectAltName=DNS:ingress.local 2>/dev/null
exec nginx -c /etc/nginx/nginx.conf
`;

const secretsOf = (store: Store, ingresses: readonly Ingress[]): Record<string, string> =>
  Object.fromEntries(
    ingresses.flatMap(({ metadata, spec }) =>
      (spec.tls ?? []).flatMap(({ secretName = '' }) => {
        const data = findIn(store, 'secrets', metadata.namespace, secretName)?.data;
        const [crt, key] = [data?.['tls.crt'], data?.['tls.key']];
        if (crt === undefined || key === undefined) return [];
        const file = certificateFile(`${metadata.namespace}/${secretName}`);
        return [
          [`${file}.crt`, Buffer.from(crt, 'base64').toString()],
          [`${file}.key`, Buffer.from(key, 'base64').toString()],
        ];
      }),
    ),
  );

function own(store: Store, { args = [] }: Container): Ingress[] {
  return servedIngresses(
    listOf(store, 'ingresses.networking.k8s.io'),
    listOf(store, 'ingressclasses.networking.k8s.io'),
    classesOf(args),
  );
}

export const ingressNginx: StandIn = {
  reads: [
    ...(['ingresses.networking.k8s.io', 'ingressclasses.networking.k8s.io', 'secrets', 'services'] as const),
    'endpointslices.discovery.k8s.io',
    'pods',
  ],
  files: ({ store, container }) => {
    const behind = {
      services: listOf(store, 'services'),
      slices: listOf(store, 'endpointslices.discovery.k8s.io'),
    };
    const ingresses = own(store, container);
    const files = secretsOf(store, ingresses);
    const sites = sitesOf(ingresses, behind).map((site) => ({
      ...site,
      // Without its secret a host gets the controller's own certificate.
      tls: site.tls !== null && `${certificateFile(site.tls)}.crt` in files ? site.tls : null,
    }));
    return { ...files, '/etc/nginx/nginx.conf': nginxConf(sites, fallback(container, behind)) };
  },
  report: (standing) => {
    for (const ingress of own(standing.store, standing.container)) tell(standing, ingress);
  },
};

function fallback({ args = [] }: Container, behind: Parameters<typeof upstreamOf>[2]): Upstream | null {
  const [namespace = '', name = ''] = defaultBackendOf(args)?.split('/') ?? [];
  const service = behind.services.find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
  const number = service?.spec.ports?.[0]?.port;
  if (number === undefined) return null;
  const upstream = upstreamOf(namespace, { service: { name, port: { number } } }, behind);
  return upstream.servers.length === 0 ? null : upstream;
}

/** The address under which it is reached, and an event for each change that was taken up. */
function tell({ store, pod }: Standing, ingress: Ingress): void {
  const ip = findIn(store, 'pods', pod.metadata.namespace, pod.metadata.name)?.status?.hostIP;
  const status = { loadBalancer: { ingress: ip === undefined ? [] : [{ ip }] } };
  const { namespace, name, generation } = ingress.metadata;
  if (JSON.stringify(ingress.status) !== JSON.stringify(status))
    store.update('ingresses.networking.k8s.io', { ...ingress, status });
  const key = `${pod.metadata.uid}/${namespace}/${name}`;
  if (reported.get(key) === generation) return;
  reported.set(key, generation);
  const words = { type: 'Normal', reason: 'Sync', message: 'Scheduled for sync' } as const;
  record(store, { verb: 'event', about: ingress, from: 'nginx-ingress-controller', ...words });
}

/** The last generation of each ingress that an event has reported. */
const reported = new Map<string, unknown>();
