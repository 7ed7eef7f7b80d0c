import { at, child, type Fields, recordOf, recordsOf, setDefault, textOf } from '../values.ts';

/** Fills in the defaults of the API server in a pod's spec, or in a template's. */
export function podSpecDefaults(spec: Fields, template: boolean): void {
  setDefault(spec, 'restartPolicy', 'Always');
  setDefault(spec, 'terminationGracePeriodSeconds', 30);
  setDefault(spec, 'dnsPolicy', 'ClusterFirst');
  setDefault(spec, 'schedulerName', 'default-scheduler');
  spec.securityContext ??= {};
  if (!template) setDefault(spec, 'enableServiceLinks', true);
  if (textOf(spec.serviceAccountName) !== '') setDefault(spec, 'serviceAccount', spec.serviceAccountName);
  else if (textOf(spec.serviceAccount) !== '') spec.serviceAccountName = spec.serviceAccount;
  for (const name of ['containers', 'initContainers', 'ephemeralContainers']) {
    for (const container of recordsOf(spec[name])) containerDefaults(container, spec.hostNetwork === true);
    if (!template)
      for (const container of recordsOf(spec[name])) resourceDefaults(at(container, 'resources'));
  }
  for (const volume of recordsOf(spec.volumes)) volumeDefaults(volume);
}

function containerDefaults(container: Fields, hostNetwork: boolean): void {
  container.resources ??= {};
  setDefault(container, 'terminationMessagePath', '/dev/termination-log');
  setDefault(container, 'terminationMessagePolicy', 'File');
  setDefault(container, 'imagePullPolicy', pullPolicy(textOf(container.image)));
  for (const port of recordsOf(container.ports)) {
    setDefault(port, 'protocol', 'TCP');
    if (hostNetwork) setDefault(port, 'hostPort', port.containerPort);
  }
  for (const variable of recordsOf(container.env)) {
    const reference = at(variable, 'valueFrom').fieldRef;
    if (reference !== undefined) setDefault(recordOf(reference), 'apiVersion', 'v1');
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (container[name] !== undefined) probeDefaults(child(container, name));
  }
  for (const handler of Object.values(at(container, 'lifecycle'))) httpGetDefaults(recordOf(handler));
}

/** A request that is not set is the limit; in a template only the pods made of it have that. */
function resourceDefaults(resources: Fields): void {
  const limits = recordOf(resources.limits);
  if (Object.keys(limits).length > 0) resources.requests = { ...limits, ...recordOf(resources.requests) };
}

/** `latest` or no tag: Always. */
function pullPolicy(image: string): string {
  const [name = '', digest] = image.split('@');
  const tag = /:([^:/]+)$/.exec(name)?.[1];
  return digest === undefined && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
}

function probeDefaults(probe: Fields): void {
  const values = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  for (const [name, value] of Object.entries(values)) if (!probe[name]) probe[name] = value;
  httpGetDefaults(probe);
  if (probe.grpc !== undefined) at(probe, 'grpc').service ??= '';
}

function httpGetDefaults(handler: Fields): void {
  if (handler.httpGet === undefined) return;
  const get = recordOf(handler.httpGet);
  setDefault(get, 'path', '/');
  setDefault(get, 'scheme', 'HTTP');
}

const modes: Record<string, number> = {
  configMap: 0o644,
  secret: 0o644,
  projected: 0o644,
  downwardAPI: 0o644,
};

function volumeDefaults(volume: Fields): void {
  if (Object.keys(volume).length === 1) volume.emptyDir = {};
  for (const [name, mode] of Object.entries(modes)) {
    if (volume[name] !== undefined) recordOf(volume[name]).defaultMode ??= mode;
  }
  if (volume.hostPath !== undefined) recordOf(volume.hostPath).type ??= '';
  for (const source of recordsOf(at(volume, 'projected').sources)) {
    if (source.serviceAccountToken !== undefined)
      recordOf(source.serviceAccountToken).expirationSeconds ??= 3600;
  }
  for (const item of [
    at(volume, 'downwardAPI'),
    ...recordsOf(at(volume, 'projected').sources).map((one) => at(one, 'downwardAPI')),
  ]) {
    for (const file of recordsOf(item.items)) {
      if (file.fieldRef !== undefined) setDefault(recordOf(file.fieldRef), 'apiVersion', 'v1');
    }
  }
}
