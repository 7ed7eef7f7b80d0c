/** A resource that the API serves. Kinds, names and verbs are those of Kubernetes 1.32. */
export interface Resource {
  group: string;
  version: string;
  /** The plural name, as in paths. */
  name: string;
  kind: string;
  namespaced: boolean;
  shortNames: readonly string[];
  categories: readonly string[];
  verbs: readonly string[];
  subresources: readonly Subresource[];
}

export interface Subresource {
  name: string;
  group: string;
  version: string;
  kind: string;
  verbs: readonly string[];
}

const all = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const readWrite = ['get', 'patch', 'update'];

interface Extra {
  cluster?: boolean;
  short?: string;
  all?: boolean;
  verbs?: string[];
  sub?: (string | Subresource)[];
}

function resource(path: string, name: string, kind: string, extra: Extra = {}): Resource {
  const [group = '', version = 'v1'] = path.includes('/') ? path.split('/') : ['', path];
  const sub = (extra.sub ?? []).map((one) =>
    typeof one === 'string' ? { name: one, group, version, kind, verbs: readWrite } : one,
  );
  return {
    group,
    version,
    name,
    kind,
    namespaced: extra.cluster !== true,
    shortNames: extra.short?.split(' ') ?? [],
    categories: extra.all === true ? ['all'] : [],
    verbs: extra.verbs ?? all,
    subresources: sub,
  };
}

function sub(name: string, path: string, kind: string, verbs: string[]): Subresource {
  const [group = '', version = 'v1'] = path.includes('/') ? path.split('/') : ['', path];
  return { name, group, version, kind, verbs };
}

const scale = sub('scale', 'autoscaling/v1', 'Scale', readWrite);
const only = ['create'];
const passedOn = ['create', 'delete', 'get', 'patch', 'update'];

export const resources: readonly Resource[] = [
  resource('v1', 'configmaps', 'ConfigMap', { short: 'cm' }),
  resource('v1', 'endpoints', 'Endpoints', { short: 'ep' }),
  resource('v1', 'events', 'Event', { short: 'ev' }),
  resource('v1', 'namespaces', 'Namespace', {
    cluster: true,
    short: 'ns',
    verbs: all.filter((verb) => verb !== 'deletecollection'),
    sub: [sub('finalize', 'v1', 'Namespace', ['update']), 'status'],
  }),
  resource('v1', 'nodes', 'Node', { cluster: true, short: 'no', sub: ['status'] }),
  resource('v1', 'pods', 'Pod', {
    short: 'po',
    all: true,
    sub: [
      sub('attach', 'v1', 'PodAttachOptions', ['create', 'get']),
      sub('binding', 'v1', 'Binding', only),
      sub('eviction', 'policy/v1', 'Eviction', only),
      sub('exec', 'v1', 'PodExecOptions', ['create', 'get']),
      sub('log', 'v1', 'Pod', ['get']),
      sub('portforward', 'v1', 'PodPortForwardOptions', ['create', 'get']),
      sub('proxy', 'v1', 'PodProxyOptions', passedOn),
      'status',
    ],
  }),
  resource('v1', 'secrets', 'Secret'),
  resource('v1', 'serviceaccounts', 'ServiceAccount', {
    short: 'sa',
    sub: [sub('token', 'authentication.k8s.io/v1', 'TokenRequest', only)],
  }),
  resource('v1', 'services', 'Service', {
    short: 'svc',
    all: true,
    sub: [sub('proxy', 'v1', 'ServiceProxyOptions', passedOn), 'status'],
  }),
  resource('apps/v1', 'daemonsets', 'DaemonSet', { short: 'ds', all: true, sub: ['status'] }),
  resource('apps/v1', 'deployments', 'Deployment', { short: 'deploy', all: true, sub: [scale, 'status'] }),
  resource('apps/v1', 'replicasets', 'ReplicaSet', { short: 'rs', all: true, sub: [scale, 'status'] }),
  resource('apps/v1', 'statefulsets', 'StatefulSet', { short: 'sts', all: true, sub: [scale, 'status'] }),
  resource('batch/v1', 'jobs', 'Job', { all: true, sub: ['status'] }),
  // None is kept: kubectl asks for them before it says that it does not know a kind.
  resource('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'CustomResourceDefinition', {
    cluster: true,
    short: 'crd crds',
    verbs: ['get', 'list', 'watch'],
  }),
  resource('authentication.k8s.io/v1', 'selfsubjectreviews', 'SelfSubjectReview', {
    cluster: true,
    verbs: only,
  }),
  resource('authentication.k8s.io/v1', 'tokenreviews', 'TokenReview', { cluster: true, verbs: only }),
  resource('authorization.k8s.io/v1', 'localsubjectaccessreviews', 'LocalSubjectAccessReview', {
    verbs: only,
  }),
  resource('authorization.k8s.io/v1', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview', {
    cluster: true,
    verbs: only,
  }),
  resource('authorization.k8s.io/v1', 'selfsubjectrulesreviews', 'SelfSubjectRulesReview', {
    cluster: true,
    verbs: only,
  }),
  resource('authorization.k8s.io/v1', 'subjectaccessreviews', 'SubjectAccessReview', {
    cluster: true,
    verbs: only,
  }),
  resource('certificates.k8s.io/v1', 'certificatesigningrequests', 'CertificateSigningRequest', {
    cluster: true,
    short: 'csr',
    sub: ['approval', 'status'],
  }),
  resource('coordination.k8s.io/v1', 'leases', 'Lease'),
  resource('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice'),
  resource('networking.k8s.io/v1', 'ingressclasses', 'IngressClass', { cluster: true }),
  resource('networking.k8s.io/v1', 'ingresses', 'Ingress', { short: 'ing', sub: ['status'] }),
  resource('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', { short: 'netpol' }),
  resource('rbac.authorization.k8s.io/v1', 'clusterrolebindings', 'ClusterRoleBinding', { cluster: true }),
  resource('rbac.authorization.k8s.io/v1', 'clusterroles', 'ClusterRole', { cluster: true }),
  resource('rbac.authorization.k8s.io/v1', 'rolebindings', 'RoleBinding'),
  resource('rbac.authorization.k8s.io/v1', 'roles', 'Role'),
];

/** The name that the store and the API's messages use: pods, deployments.apps. */
export function qualifiedName(resource: { group: string; name: string }): string {
  return resource.group === '' ? resource.name : `${resource.name}.${resource.group}`;
}

export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

export function qualifiedKind({ group, kind }: { group: string; kind: string }): string {
  return group === '' ? kind : `${kind}.${group}`;
}

export function findResource(group: string, version: string, name: string): Resource | undefined {
  return resources.find((one) => one.group === group && one.version === version && one.name === name);
}

/** By the name the store uses. */
export function storedAs(name: string): Resource {
  const found = resources.find((one) => qualifiedName(one) === name);
  if (found === undefined) throw new Error(`no resource ${name} in src/cluster/api/resources.ts`);
  return found;
}

export function groups(): string[] {
  return [...new Set(resources.map(({ group }) => group))];
}
