const map = (name: string, data: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: ${data}\n${more}`;
const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: bad }\nspec: ${spec}\n`;
const workload = (kind: string, name: string, spec: string, label = name) => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  ${spec}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${label} } }
    spec: { containers: [{ name: a, image: nginx }] }
`;
const networking = (kind: string, name: string, spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const backend = 'backend: { service: { name: web, port: { number: 80 } } }';

/** The input of `-f -`, by the name in commands.txt. */
export const manifests: Record<string, string> = {
  immutable: map('fixed', '{ a: "1" }', 'immutable: true\n'),
  node: 'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\n',
  applied: map('applied', '{ a: "1", gone: "1", b: "1" }'),
  'applied-2': map('applied', '{ a: "1", b: "2" }'),
  shared: map('shared', '{ a: "1" }'),
  'shared-2': map('shared', '{ a: "2" }'),
  dry: map('dry', '{ a: "1" }'),
  'no-image': pod('{ containers: [{ name: a }] }'),
  'two-names': pod('{ containers: [{ name: a, image: a }, { name: a, image: b }] }'),
  'bad-mount': pod('{ containers: [{ name: a, image: a, volumeMounts: [{ name: none, mountPath: /a }] }] }'),
  'bad-port': pod('{ containers: [{ name: a, image: a, ports: [{ containerPort: 70000 }] }] }'),
  'unknown-field': pod('{ hostname2: a, containers: [{ name: a, image: a }] }'),
  'wrong-type': pod('{ containers: [{ name: a, image: a, env: [{ name: A, value: 1 }] }] }'),
  'bad-selector': workload('Deployment', 'bad', 'replicas: 1', 'other'),
  daemonset: workload('DaemonSet', 'agent', 'minReadySeconds: 1'),
  replicaset: workload('ReplicaSet', 'set', 'replicas: 2'),
  endpoints:
    'apiVersion: v1\nkind: Endpoints\nmetadata: { name: hand }\nsubsets: [{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 80 }] }]\n',
  ingress: networking(
    'Ingress',
    'front',
    `{ ingressClassName: nginx, rules: [{ host: shop.example, http: { paths: [{ path: /cart, pathType: Prefix, ${backend} }] } }] }`,
  ),
  'bad-ingress': networking('Ingress', 'bad', `{ rules: [{ http: { paths: [{ path: /, ${backend} }] } }] }`),
  policy: networking('NetworkPolicy', 'deny', '{ podSelector: {}, policyTypes: [Ingress] }'),
  'all-peers': networking(
    'NetworkPolicy',
    'all-peers',
    '{ podSelector: { matchLabels: { role: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { name: api } }, namespaceSelector: { matchLabels: { name: prod } } }, { ipBlock: { cidr: 10.1.0.0/16, except: [10.1.128.0/17] } }], ports: [{ port: 3306 }] }], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/24 } }], ports: [{ port: 5978 }] }] }',
  ),
  'bad-policy-2': networking(
    'NetworkPolicy',
    'bad',
    '{ podSelector: {}, ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: 10.0.0.0/8 } }] }] }',
  ),
  corefile: map('coredns', '{ Corefile: ".:53 {\\n    errors\\n    forward . /etc/resolv.conf\\n}\\n" }'),
  'bad-policy': networking(
    'NetworkPolicy',
    'bad',
    '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/99 } }] }] }',
  ),
};
