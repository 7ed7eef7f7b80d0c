import t from 'tap';
import { apiUnderTest } from './support/cluster.ts';

const { run, close } = await apiUnderTest();
t.teardown(close);

const path = { path: '/', pathType: 'Prefix' };
const apis: Record<string, string> = {
  Ingress: 'networking.k8s.io/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
};
const container = (more: object) => ({ containers: [{ name: 'a', image: 'nginx', ...more }] });
const policy = (rule: object) => ({ podSelector: {}, ingress: [rule] });
const except = (cidr: string, ...list: string[]) => policy({ from: [{ ipBlock: { cidr, except: list } }] });
const ports = [{ port: 80 }];

/** One mistake each, and the words of the API server, which name the field. */
const wrong: [kind: string, spec: object, words: string][] = [
  [
    'Service',
    { ports, sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 90000 } } },
    'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 90000: must be greater than 0 and less than 86400',
  ],
  [
    'Service',
    { ports, externalIPs: ['10.0.0.300'] },
    'spec.externalIPs[0]: Invalid value: "10.0.0.300": must be a valid IP address',
  ],
  [
    'Service',
    { ports, externalIPs: ['192.0.2.1', '127.0.0.1'] },
    'spec.externalIPs[1]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
  ],
  [
    'Service',
    { ports, externalIPs: ['169.254.1.1'] },
    'spec.externalIPs[0]: Invalid value: "169.254.1.1": may not be in the link-local range',
  ],
  [
    'Service',
    { ports, externalIPs: ['::'] },
    'spec.externalIPs[0]: Invalid value: "::": may not be unspecified (0.0.0.0 or ::)',
  ],
  [
    'Service',
    { ports, externalIPs: ['fe80::1'] },
    'spec.externalIPs[0]: Invalid value: "fe80::1": may not be in the link-local range',
  ],
  [
    'Service',
    { ports, type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.1'] },
    'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1": must be a valid CIDR value',
  ],
  [
    'Service',
    { ports, loadBalancerSourceRanges: ['10.0.0.0/8'] },
    "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
  ],
  [
    'NetworkPolicy',
    except('10.0.0.0/24', '10.1.0.0/24'),
    'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.1.0.0/24": must be a strict subset of `cidr`',
  ],
  [
    'NetworkPolicy',
    except('10.0.0.0/24', '10.0.0.0/25', '10.0.0.0/24'),
    'ipBlock.except[1]: Invalid value: "10.0.0.0/24": must be a strict subset of `cidr`',
  ],
  [
    'NetworkPolicy',
    except('2001:db8::/32', '2001:db9::/48'),
    'except[0]: Invalid value: "2001:db9::/48": must be a strict subset of `cidr`',
  ],
  [
    'NetworkPolicy',
    except('10.0.0.0/24', '10.0.0.0/33'),
    'except[0]: Invalid value: "10.0.0.0/33": must be a valid CIDR value',
  ],
  [
    'NetworkPolicy',
    policy({ ports: [{ port: 80, endPort: 70 }] }),
    'spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`',
  ],
  [
    'NetworkPolicy',
    policy({ ports: [{ endPort: 70 }] }),
    'endPort: Invalid value: 70: may not be specified when `port` is not specified',
  ],
  [
    'NetworkPolicy',
    policy({ ports: [{ port: 'http', endPort: 70 }] }),
    'endPort: Invalid value: 70: may not be specified when `port` is non-numeric',
  ],
  [
    'Ingress',
    {
      rules: [
        {
          http: {
            paths: [{ ...path, backend: { service: { name: 'a', port: { number: 80, name: 'http' } } } }],
          },
        },
      ],
    },
    'spec.rules[0].http.paths[0].backend: Invalid value: "": cannot set both port name & port number',
  ],
  [
    'Pod',
    container({ securityContext: { runAsUser: -1 } }),
    'spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
  ],
  [
    'Pod',
    { ...container({}), securityContext: { runAsGroup: -5 } },
    'spec.securityContext.runAsGroup: Invalid value: -5',
  ],
  [
    'Pod',
    container({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1024M' } } }),
    'spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1024M',
  ],
  [
    'Pod',
    container({ resources: { requests: { cpu: '1' }, limits: { cpu: '999m' } } }),
    'must be less than or equal to cpu limit of 999m',
  ],
];

t.test('a manifest with one mistake is refused with the path of its field', async (t) => {
  for (const [kind, spec, words] of wrong) {
    const apiVersion = apis[kind] ?? 'v1';
    const { code, err } = await run(
      ['create', '-f', '-'],
      JSON.stringify({ apiVersion, kind, metadata: { name: 'a' }, spec }),
    );
    t.equal(code, 1, words);
    t.match(err, words);
  }
});

t.test('what those rules leave alone', async (t) => {
  const right: [kind: string, spec: object][] = [
    ['Service', { ports, externalIPs: ['192.0.2.1', '2001:db8::1'] }],
    ['Service', { ports, type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8', ' 2001:db8::/32 '] }],
    ['NetworkPolicy', except('10.0.0.0/24', '10.0.0.128/25', '10.0.0.1/32')],
    ['NetworkPolicy', except('2001:db8::/32', '2001:db8:1::/48')],
    ['NetworkPolicy', policy({ ports: [{ port: 70, endPort: 70 }] })],
    [
      'Pod',
      container({
        securityContext: { runAsUser: 0 },
        resources: { requests: { memory: '1Gi', cpu: '0.5' }, limits: { memory: '1024Mi', cpu: '500m' } },
      }),
    ],
  ];
  for (const [index, [kind, spec]] of right.entries()) {
    const object = { apiVersion: apis[kind] ?? 'v1', kind, metadata: { name: `right-${index}` }, spec };
    t.match(await run(['create', '-f', '-'], JSON.stringify(object)), { code: 0, err: '' });
  }
});

t.test('the data of a secret is base64, with line breaks or without', async (t) => {
  const secret = (value: string) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { key: value } });
  for (const [value, at] of [
    ['not base64', 3],
    ['YWJj YWJj', 4],
    ['YWJjZ', 4],
  ] as const)
    t.match(
      (await run(['create', '-f', '-'], secret(value))).err,
      `Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte ${at}`,
    );
  t.equal((await run(['create', '-f', '-'], secret('YWJj\nYQ==\n'))).code, 0);
});

t.test('a Service that becomes an ExternalName loses what only its first type has', async (t) => {
  const balanced = { ports, type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
  const named = { type: 'ExternalName', externalName: 'example.com' };
  const of = (spec: object) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'turns' }, spec });
  t.equal((await run(['apply', '-f', '-'], of(balanced))).code, 0);
  t.match(await run(['apply', '-f', '-'], of(named)), { code: 0, err: '' });
});

t.test('a kind that nobody knows is no question of custom resources', async (t) => {
  const typo = '{"apiVersion":"v1","kind":"Pods","metadata":{"name":"a"}}';
  t.match(await run(['apply', '-f', '-'], typo), {
    code: 1,
    err: 'no matches for kind "Pods" in version "v1"',
  });
  t.match(await run(['get', 'crd']), { code: 0, err: 'No resources found' });
  const definition = {
    group: 'example.com',
    names: { kind: 'Lamp', plural: 'lamps' },
    scope: 'Namespaced',
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  };
  const object = {
    apiVersion: apis.CustomResourceDefinition,
    kind: 'CustomResourceDefinition',
    metadata: { name: 'lamps.example.com' },
    spec: definition,
  };
  t.match(await run(['create', '-f', '-'], JSON.stringify(object)), {
    code: 1,
    err: 'the server does not allow this method on the requested resource',
  });
});
