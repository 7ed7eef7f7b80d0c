import fc from 'fast-check';
import t from 'tap';
import { without } from '../../../src/cluster/policy/cidr.ts';
import type { NetworkPolicy } from '../../../src/cluster/policy/objects.ts';
import { policyRules } from '../../../src/cluster/policy/rules.ts';

const namespace = (name: string, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
});
const pod = (name: string, podIP: string, space = 'default', nodeName = 'node01') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: space, labels: { app: name } },
  spec: {
    nodeName,
    containers: [{ name: 'a', image: 'a', ports: [{ name: 'sql', containerPort: 3306 }] }],
  },
  status: { podIP, phase: 'Running' },
});
const cluster = {
  namespaces: [namespace('default'), namespace('prod', { env: 'prod' })],
  pods: [
    pod('db', '10.0.0.1'),
    pod('api', '10.0.0.2', 'default', 'node02'),
    pod('web', '10.0.0.3', 'default', 'node02'),
    pod('api', '10.0.0.4', 'prod', 'node02'),
  ],
};
const policy = (spec: Partial<NetworkPolicy['spec']>): NetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'default' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'], ...spec },
});
const rulesOn = (node: string, ...policies: NetworkPolicy[]) =>
  policyRules({ ...cluster, policies }, node, '10.96.0.0/12');
/** The traffic that the policy's chains accept: the match of each rule that marks, without its comment. */
const allows = (spec: Partial<NetworkPolicy['spec']>) =>
  [...rulesOn('node01', policy(spec)).chains]
    .filter(([chain]) => /^KUBE-NWPLCY-.{16}$/.test(chain))
    .flatMap(([, rules]) => rules)
    .filter((rule) => rule.includes('-j MARK'))
    .map((rule) => rule.replace(/ ?-m comment.*$/, ''));
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const prod = { namespaceSelector: { matchLabels: { env: 'prod' } } };

t.test('the traffic that a policy allows', async (t) => {
  const table: [string, Partial<NetworkPolicy['spec']>, string[]][] = [
    ['no rule: nothing', {}, []],
    ['an empty rule: everything', { ingress: [{}] }, ['']],
    ['pods of its own namespace', { ingress: [{ from: [app('api')] }] }, ['-s 10.0.0.2/32']],
    ['any pod of a namespace', { ingress: [{ from: [prod] }] }, ['-s 10.0.0.4/32']],
    ['both in one item', { ingress: [{ from: [{ ...app('web'), ...prod }] }] }, []],
    ['both in two items', { ingress: [{ from: [app('web'), prod] }] }, ['-s 10.0.0.3/32', '-s 10.0.0.4/32']],
    [
      'every pod of every namespace',
      { ingress: [{ from: [{ namespaceSelector: {} }] }] },
      ['-s 10.0.0.1/32', '-s 10.0.0.2/32', '-s 10.0.0.3/32', '-s 10.0.0.4/32'],
    ],
    [
      'a block with a hole',
      { ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.0/16', except: ['10.1.128.0/17'] } }] }] },
      ['-s 10.1.0.0/17'],
    ],
    [
      'ports and sources both',
      {
        ingress: [
          { from: [app('api')], ports: [{ port: 3306 }, { protocol: 'UDP', port: 53, endPort: 60 }] },
        ],
      },
      ['-s 10.0.0.2/32 -p tcp -m tcp --dport 3306', '-s 10.0.0.2/32 -p udp -m udp --dport 53:60'],
    ],
    ['a protocol without port', { ingress: [{ ports: [{ protocol: 'TCP' }] }] }, ['-p tcp']],
    [
      'a port by its name in the pod',
      { ingress: [{ ports: [{ protocol: 'TCP', port: 'sql' }] }] },
      ['-d 10.0.0.1/32 -p tcp -m tcp --dport 3306'],
    ],
    [
      'egress alone',
      { policyTypes: ['Egress'], egress: [{ to: [app('api')], ports: [{ port: 80 }] }] },
      ['-d 10.0.0.2/32 -p tcp -m tcp --dport 80'],
    ],
  ];
  for (const [title, spec, wanted] of table) t.strictSame(allows(spec), wanted, title);
});

t.test('chains are for pods of the node that a policy selects, and for nothing else', async (t) => {
  t.equal(rulesOn('node02', policy({})).chains.size, 0);
  t.equal(rulesOn('node01').jumps.length, 0);
  const { chains, jumps } = rulesOn('node01', policy({}));
  t.strictSame(
    jumps.map(({ chain }) => chain),
    ['INPUT', 'FORWARD', 'OUTPUT'],
  );
  const [own = []] = [...chains]
    .filter(([chain]) => chain.startsWith('KUBE-POD-FW-'))
    .map(([, rules]) => rules);
  t.match(own[0], /RELATED,ESTABLISHED -j ACCEPT/);
  t.match(own[2], /-d 10\.0\.0\.1\/32 .*--src-type LOCAL -j ACCEPT/);
  t.match(own[3], /-s 10\.0\.0\.1\/32 .*default egress.* -j KUBE-NWPLCY-DEFAULT/);
  t.match(own[4], /-d 10\.0\.0\.1\/32 .*nw policy p" -j KUBE-NWPLCY-/);
  t.match(own[5], /POD name:db namespace: default, not allowed by p" .* -j REJECT/);
});

const address = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const isIn = (ip: number, cidr: string) => {
  const [first = '', length = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(ip / size) === Math.floor(address(first) / size);
};

t.test('a block without holes has exactly the other addresses', async () => {
  const dotted = (ip: number) => [24, 16, 8, 0].map((shift) => Math.floor(ip / 2 ** shift) % 256).join('.');
  const ip = fc.integer({ min: address('10.0.0.0'), max: address('10.0.255.255') });
  const block = fc
    .tuple(ip, fc.integer({ min: 17, max: 32 }))
    .map(([one, length]) => `${dotted(one)}/${length}`);
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), fc.array(ip, { minLength: 1 }), (except, asked) => {
      const left = without('10.0.0.0/16', except);
      return asked.every((one) => {
        const held = left.filter((cidr) => isIn(one, cidr)).length;
        return held === (except.some((hole) => isIn(one, hole)) ? 0 : 1);
      });
    }),
  );
});
