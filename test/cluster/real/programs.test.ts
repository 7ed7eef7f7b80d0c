import t from 'tap';
import { keepNode } from '../../../src/cluster/real/keep.ts';
import {
  containerdConfig,
  controllers,
  kubeletConfig,
  nodePrograms,
  type Plane,
  proxyConfig,
  schedulerConfig,
  storeAndServer,
} from '../../../src/cluster/real/programs.ts';

const plane: Plane = {
  node: 'controlplane',
  address: '192.168.1.2',
  clusterCIDR: '10.244.0.0/16',
  serviceCIDR: '10.96.0.0/12',
  apiPort: 6443,
};
const flag = (argv: readonly string[] = [], name: string) =>
  argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

t.test('the control plane has the addresses of the small cluster', async (t) => {
  const [etcd, server] = storeAndServer(plane);
  t.equal(flag(server?.argv, 'advertise-address'), '192.168.1.2');
  t.equal(flag(server?.argv, 'service-cluster-ip-range'), '10.96.0.0/12');
  t.equal(flag(server?.argv, 'secure-port'), '6443');
  t.equal(flag(server?.argv, 'etcd-servers'), flag(etcd?.argv, 'listen-client-urls'));
  const [manager, scheduler] = controllers(plane);
  t.equal(flag(manager?.argv, 'cluster-cidr'), '10.244.0.0/16');
  t.equal(
    flag(manager?.argv, 'allocate-node-cidrs'),
    'false',
    'nodes get their ranges in the order of the lab',
  );
  t.equal(flag(scheduler?.argv, 'config'), '/run/kubernetes/real/controlplane/scheduler.yaml');
  t.match(schedulerConfig('controlplane', 10301), /urlPrefix: http:\/\/127\.0\.0\.1:10301\n/);
});

t.test('nodes share no file, socket or directory', async (t) => {
  const of = (node: string, address: string) =>
    [
      ...nodePrograms(node, address).flatMap(({ argv }) => argv),
      containerdConfig(node),
      kubeletConfig(node, { domain: 'cluster.local', address: '10.96.0.10' }),
      proxyConfig(node, plane.clusterCIDR),
    ].join('\n');
  const own = (text: string) =>
    new Set([...text.matchAll(/\/(?:run|var\/lib)\/[\w./-]+/g)].map(([path]) => path));
  const [one, other] = [own(of('node01', '192.168.1.3')), own(of('node02', '192.168.1.4'))];
  t.ok(one.size > 5);
  t.strictSame(
    [...one].filter((path) => other.has(path)),
    [],
  );
});

t.test('kubelet and kube-proxy wait for the runtime and for the registration', async (t) => {
  const script = keepNode('node01', '/run/kubernetes/real/node01', nodePrograms('node01', '192.168.1.3'));
  const places = ["'containerd'", 'until [ -S ', "kube-proxy'", "kubelet'"].map((text) =>
    script.indexOf(text),
  );
  t.notOk(places.includes(-1), script);
  t.strictSame(
    places,
    [...places].sort((a, b) => a - b),
  );
  t.match(script, '[ -e /run/kubernetes/real/node01/registered ]');
  t.match(script, /mount --bind \S+ \/var\/log\/pods /, 'or the other kubelets remove its logs');
  t.match(
    script,
    /mount --bind \S+ \/proc\/sys\/kernel\/panic \|\| exit 1\n/,
    'what kubelet insists on writing',
  );
});
