import { CorefileError } from '../dns/corefile.ts';
import { serverText } from '../dns/server.ts';
import { findIn, listOf } from '../objects/kinds.ts';
import type { Container, Pod } from '../objects/pod.ts';
import type { Store } from '../store/store.ts';
import type { StandIn } from './stand-in.ts';

/** Neither CoreDNS's program nor its messages are there; its Corefile decides. */
export const corednsProgram = `# Stands for CoreDNS, of which there is no package: unbound answers, by the Corefile and the objects of the cluster.
if [ -s /etc/unbound/refused ]; then
  cat /etc/unbound/refused >&2
  exit 1
fi
echo "stand-in for CoreDNS: unbound answers, configured by the Corefile"
mkfifo /run/log
# Unbound begins anew whenever an object changes, and says so each time.
sed -u -e '/ start of service\\| service stopped/d' -e 's/^[^ ]* unbound[^ ]* error: /[ERROR] /' \\
  -e 's/^[^ ]* unbound[^ ]* reply: /[INFO] /' </run/log &
exec unbound -d -c /etc/unbound/unbound.conf >/run/log 2>&1
`;

export const coredns: StandIn = {
  reads: ['services', 'endpointslices.discovery.k8s.io', 'pods', 'namespaces', 'configmaps'],
  files: ({ store, pod, container, resolvConf }) => {
    const server = '/etc/unbound/unbound.conf';
    const refused = '/etc/unbound/refused';
    const named = {
      namespaces: listOf(store, 'namespaces'),
      services: listOf(store, 'services'),
      slices: listOf(store, 'endpointslices.discovery.k8s.io'),
      pods: listOf(store, 'pods'),
    };
    const service = findIn(store, 'services', 'kube-system', 'kube-dns')?.spec.clusterIP ?? '127.0.0.1';
    try {
      const corefile = corefileOf(store, pod, container);
      return { [server]: serverText(named, { corefile, resolvConf, service }), [refused]: '' };
    } catch (error) {
      if (!(error instanceof CorefileError)) throw error;
      // A running CoreDNS goes on with the file it has; one that starts ends.
      return { [refused]: `${error.message}\n` };
    }
  },
};

/** The ConfigMap that is mounted at the path of -conf. */
function corefileOf(
  store: Store,
  { metadata, spec }: Pod,
  { args = [], volumeMounts = [] }: Container,
): string {
  const file = args[args.indexOf('-conf') + 1] ?? '/etc/coredns/Corefile';
  const at = file.lastIndexOf('/');
  const mount = volumeMounts.find(({ mountPath }) => mountPath.replace(/\/$/, '') === file.slice(0, at));
  const source = spec.volumes?.find(({ name }) => name === mount?.name)?.configMap;
  if (source === undefined) return '';
  const path = file.slice(at + 1);
  const key = source.items?.find((item) => item.path === path)?.key ?? path;
  return findIn(store, 'configmaps', metadata.namespace, source.name)?.data?.[key] ?? '';
}
