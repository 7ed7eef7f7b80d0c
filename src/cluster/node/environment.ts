import type { KubeService } from '../objects/kinds.ts';
import type { Container, EnvVar, Pod } from '../objects/pod.ts';

/** The sources of a container's variables. */
export interface Sources {
  services: readonly KubeService[];
  dataOf: (kind: 'configmaps' | 'secrets', name: string) => Record<string, string> | null;
}

/** The variables of the services there are now: later ones are not in them. */
function serviceVariables(pod: Pod, services: readonly KubeService[]): Record<string, string> {
  const { namespace } = pod.metadata;
  const own =
    pod.spec.enableServiceLinks === false
      ? []
      : services.filter((each) => each.metadata.namespace === namespace);
  const master = services.filter(
    ({ metadata }) => metadata.namespace === 'default' && metadata.name === 'kubernetes',
  );
  const found: Record<string, string> = {};
  for (const { metadata, spec } of [...master, ...own]) {
    const { clusterIP, ports = [] } = spec;
    const [first] = ports;
    if (!clusterIP || clusterIP === 'None' || first === undefined) continue;
    const name = metadata.name.toUpperCase().replaceAll('-', '_');
    found[`${name}_SERVICE_HOST`] = clusterIP;
    found[`${name}_SERVICE_PORT`] = String(first.port);
    for (const { name: portName, port } of ports)
      if (portName)
        found[`${name}_SERVICE_PORT_${portName.toUpperCase().replaceAll('-', '_')}`] = String(port);
    found[`${name}_PORT`] = urlOf(clusterIP, first);
    for (const each of ports) {
      const prefix = `${name}_PORT_${each.port}_${each.protocol ?? 'TCP'}`;
      found[prefix] = urlOf(clusterIP, each);
      found[`${prefix}_PROTO`] = (each.protocol ?? 'TCP').toLowerCase();
      found[`${prefix}_PORT`] = String(each.port);
      found[`${prefix}_ADDR`] = clusterIP;
    }
  }
  return found;
}

const urlOf = (address: string, { port, protocol = 'TCP' }: { port: number; protocol?: string }): string =>
  `${protocol.toLowerCase()}://${address}:${port}`;

/** @throws where a variable names a ConfigMap, a Secret or a key that is not there */
export function environmentOf(pod: Pod, { env = [] }: Container, sources: Sources): Record<string, string> {
  const found: Record<string, string> = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: pod.spec.hostname ?? pod.metadata.name,
    HOME: '/root',
    ...serviceVariables(pod, sources.services),
  };
  for (const each of env) {
    const value = variableOf(pod, each, sources);
    if (value !== null) found[each.name] = expandVariables(value, found);
  }
  return found;
}

/** `$(NAME)` stands for a variable before it; `$$` for a dollar sign. */
export function expandVariables(text: string, known: Record<string, string>): string {
  return text.replace(/\$\$|\$\(([\w.-]+)\)/g, (whole, name?: string) =>
    name === undefined ? '$' : (known[name] ?? whole),
  );
}

function variableOf(pod: Pod, { value = '', valueFrom }: EnvVar, { dataOf }: Sources): string | null {
  if (valueFrom === undefined) return value;
  if (valueFrom.fieldRef !== undefined) return fieldOf(pod, valueFrom.fieldRef.fieldPath);
  const kind = valueFrom.configMapKeyRef === undefined ? 'secrets' : 'configmaps';
  const { name = '', key = '', optional = false } = valueFrom.configMapKeyRef ?? valueFrom.secretKeyRef ?? {};
  const data = dataOf(kind, name);
  const found = data?.[key];
  if (found !== undefined) return found;
  if (optional) return null;
  const word = kind === 'secrets' ? 'Secret' : 'ConfigMap';
  const { namespace } = pod.metadata;
  throw new Error(
    data === null
      ? `${word.toLowerCase()} "${name}" not found`
      : `couldn't find key ${key} in ${word} ${namespace}/${name}`,
  );
}

function fieldOf({ metadata, spec, status }: Pod, path: string): string {
  const label = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (label !== null)
    return metadata[label[1] === 'labels' ? 'labels' : 'annotations']?.[label[2] ?? ''] ?? '';
  const known: Record<string, string | undefined> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': spec.serviceAccountName ?? 'default',
    'status.hostIP': status?.hostIP,
    'status.podIP': status?.podIP,
  };
  return known[path] ?? '';
}
