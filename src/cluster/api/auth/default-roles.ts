import type { ApiObject } from '../../store/objects.ts';

/** The roles and bindings that every cluster begins with, as far as they are used here. */
export function defaultRoles(): [resource: string, object: ApiObject][] {
  return [
    ...Object.entries(roles).map(([name, rules]) => role(name, rules)),
    binding('cluster-admin', 'cluster-admin', ['system:masters']),
    binding('system:discovery', 'system:discovery', ['system:authenticated']),
    binding('system:basic-user', 'system:basic-user', ['system:authenticated']),
    binding('system:public-info-viewer', 'system:public-info-viewer', [
      'system:authenticated',
      'system:unauthenticated',
    ]),
  ];
}

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

const read = ['get', 'list', 'watch'];
const write = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const workloads = [
  ...['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'replicasets/scale'],
  ...['statefulsets', 'statefulsets/scale'],
];
const networking = ['ingresses', 'networkpolicies'];
const plain = ['configmaps', 'endpoints', 'pods', 'serviceaccounts', 'services'];
const reading: Rule[] = [
  {
    apiGroups: [''],
    resources: [...plain, 'events', 'namespaces', 'pods/log', 'pods/status', 'services/status'],
    verbs: read,
  },
  { apiGroups: ['apps'], resources: workloads, verbs: read },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: read },
  { apiGroups: ['networking.k8s.io'], resources: networking, verbs: read },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
];
const editing: Rule[] = [
  ...reading,
  {
    apiGroups: [''],
    resources: ['secrets', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'],
    verbs: read,
  },
  {
    apiGroups: [''],
    resources: [...plain, 'secrets', 'pods/attach', 'pods/exec', 'pods/eviction', 'serviceaccounts/token'],
    verbs: write,
  },
  { apiGroups: ['apps'], resources: workloads, verbs: write },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: write },
  { apiGroups: ['networking.k8s.io'], resources: networking, verbs: write },
];
const reviews = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'];

const roles: Record<string, Rule[]> = {
  'cluster-admin': [
    { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    { nonResourceURLs: ['*'], verbs: ['*'] },
  ],
  admin: [
    ...editing,
    {
      apiGroups: ['rbac.authorization.k8s.io'],
      resources: ['rolebindings', 'roles'],
      verbs: [...read, ...write],
    },
    { apiGroups: ['authorization.k8s.io'], resources: ['localsubjectaccessreviews'], verbs: ['create'] },
  ],
  edit: editing,
  view: reading,
  'system:discovery': [
    {
      nonResourceURLs: [
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
        '/healthz',
        '/livez',
        '/openapi',
        '/openapi/*',
        '/readyz',
        '/version',
        '/version/',
      ],
      verbs: ['get'],
    },
  ],
  'system:basic-user': [
    { apiGroups: ['authorization.k8s.io'], resources: reviews, verbs: ['create'] },
    { apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'], verbs: ['create'] },
  ],
  'system:public-info-viewer': [
    { nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'], verbs: ['get'] },
  ],
};

const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const apiGroup = 'rbac.authorization.k8s.io';
const apiVersion = `${apiGroup}/v1`;

function role(name: string, rules: Rule[]): [string, ApiObject] {
  return [`clusterroles.${apiGroup}`, { apiVersion, kind: 'ClusterRole', metadata: { name, labels }, rules }];
}

function binding(name: string, role: string, groups: string[]): [string, ApiObject] {
  const subjects = groups.map((group) => ({ apiGroup, kind: 'Group', name: group }));
  const roleRef = { apiGroup, kind: 'ClusterRole', name: role };
  const object = { apiVersion, kind: 'ClusterRoleBinding', metadata: { name, labels }, roleRef, subjects };
  return [`clusterrolebindings.${apiGroup}`, object];
}
