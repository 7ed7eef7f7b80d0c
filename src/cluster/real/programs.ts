import { configOf, directoryOf, etcdDirectory, programsDirectory, socketOf } from './places.ts';

/** A program that is started anew whenever it ends. */
export interface Program {
  name: string;
  argv: string[];
}

export interface Plane {
  node: string;
  address: string;
  clusterCIDR: string;
  serviceCIDR: string;
  apiPort: number;
}

const flags = (all: Record<string, string | number | boolean>): string[] =>
  Object.entries(all).map(([name, value]) => `--${name}=${value}`);

const program = (name: string, all: Record<string, string | number | boolean>): Program => ({
  name,
  argv: [`${programsDirectory}/${name}`, ...flags(all)],
});

/** The store and the API server, which all others wait for. */
export function storeAndServer({ node, address, serviceCIDR, apiPort }: Plane): Program[] {
  const config = configOf(node);
  const pki = `${config}/pki`;
  return [
    program('etcd', {
      'data-dir': etcdDirectory,
      logger: 'zap',
      'log-level': 'warn',
      // Nobody else reads it, and other hosts of the machine have networks of their own.
      'listen-client-urls': 'http://127.0.0.1:2379',
      'advertise-client-urls': 'http://127.0.0.1:2379',
      'listen-peer-urls': 'http://127.0.0.1:2380',
    }),
    program('kube-apiserver', {
      'etcd-servers': 'http://127.0.0.1:2379',
      'secure-port': apiPort,
      'advertise-address': address,
      'service-cluster-ip-range': serviceCIDR,
      'client-ca-file': `${pki}/ca.crt`,
      'tls-cert-file': `${pki}/apiserver.crt`,
      'tls-private-key-file': `${pki}/apiserver.key`,
      'kubelet-client-certificate': `${pki}/admin.crt`,
      'kubelet-client-key': `${pki}/admin.key`,
      // The names of nodes are in no name server.
      'kubelet-preferred-address-types': 'InternalIP',
      'authorization-mode': 'Node,RBAC',
      'enable-admission-plugins': 'NodeRestriction',
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'service-account-key-file': `${pki}/sa.pub`,
      'service-account-signing-key-file': `${pki}/sa.key`,
      'allow-privileged': true,
      profiling: false,
    }),
  ];
}

export function controllers({ node, clusterCIDR, serviceCIDR }: Plane): Program[] {
  const config = configOf(node);
  const pki = `${config}/pki`;
  return [
    program('kube-controller-manager', {
      kubeconfig: `${config}/controller-manager.conf`,
      // The nodes are given their ranges in the order of the lab.
      'allocate-node-cidrs': false,
      'cluster-cidr': clusterCIDR,
      'service-cluster-ip-range': serviceCIDR,
      'service-account-private-key-file': `${pki}/sa.key`,
      'root-ca-file': `${pki}/ca.crt`,
      'cluster-signing-cert-file': `${pki}/ca.crt`,
      'cluster-signing-key-file': `${pki}/ca.key`,
      'use-service-account-credentials': true,
      'leader-elect': false,
      'cert-dir': directoryOf(node),
      profiling: false,
    }),
    program('kube-scheduler', {
      config: `${directoryOf(node)}/scheduler.yaml`,
      'cert-dir': directoryOf(node),
    }),
  ];
}

/** Asks hoplab last: of the nodes that can take a pod it leaves one, as a lab's text has it. */
export const schedulerConfig = (
  node: string,
  port: number,
): string => `apiVersion: kubescheduler.config.k8s.io/v1beta1
kind: KubeSchedulerConfiguration
clientConnection: { kubeconfig: ${configOf(node)}/scheduler.conf }
leaderElection: { leaderElect: false }
extenders:
- urlPrefix: http://127.0.0.1:${port}
  filterVerb: filter
  nodeCacheCapable: true
  httpTimeout: 10s
  ignorable: true
`;

/** kubelet asks AWS's metadata twice, at an address that nobody has here, and each time waits for an answer: ten seconds. */
function withoutCloud(all: Record<string, string | number | boolean>): Program {
  const { name, argv } = program('kubelet', all);
  return { name, argv: ['env', 'AWS_EC2_METADATA_DISABLED=true', ...argv] };
}

/** What runs on each node, in this order; kubelet ends where the container runtime does not answer yet. */
export function nodePrograms(node: string, address: string): Program[] {
  const directory = directoryOf(node);
  return [
    { name: 'containerd', argv: ['containerd', '--config', `${directory}/containerd.toml`] },
    program('kube-proxy', { config: `${directory}/kube-proxy.yaml` }),
    withoutCloud({
      config: `${directory}/kubelet.yaml`,
      kubeconfig: `${configOf(node)}/kubelet.conf`,
      'hostname-override': node,
      'node-ip': address,
      'container-runtime': 'remote',
      'container-runtime-endpoint': `unix://${socketOf(node)}`,
      'root-dir': `/var/lib/kubelet/${node}`,
      'cert-dir': `${directory}/kubelet-pki`,
    }),
  ];
}

/** Nodes share one kernel and the machine's limits, so nothing of kubelet's care for memory, disk and groups is of use. */
export const kubeletConfig = (
  node: string,
  dns: { domain: string; address: string },
): string => `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous: { enabled: false }
  webhook: { enabled: true }
  x509: { clientCAFile: ${configOf(node)}/pki/ca.crt }
authorization: { mode: Webhook }
cgroupDriver: cgroupfs
cgroupsPerQOS: false
enforceNodeAllocatable: []
failSwapOn: false
evictionHard: { memory.available: 1Mi, nodefs.available: "0%", imagefs.available: "0%" }
imageGCHighThresholdPercent: 100
oomScoreAdj: 0
clusterDNS: [${dns.address}]
clusterDomain: ${dns.domain}
resolvConf: /etc/resolv.conf
`;

/** The conntrack limits are the VM's. */
export const proxyConfig = (
  node: string,
  clusterCIDR: string,
): string => `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: { kubeconfig: ${configOf(node)}/kube-proxy.conf }
mode: iptables
clusterCIDR: ${clusterCIDR}
hostnameOverride: ${node}
oomScoreAdj: 0
conntrack: { maxPerCore: 0, min: 0, tcpCloseWaitTimeout: 0s, tcpEstablishedTimeout: 0s }
`;

/**
 * Without control groups: those of the machine are not delegated. Namespaces of pods are mounted below the state, so
 * that `ip netns` of a node shows only the learner's. Ports below 1024 are for every user, as in the small cluster: the
 * programs of Debian have no capabilities of their own, which those of such images have.
 */
export const containerdConfig = (node: string): string => `version = 2
root = "/var/lib/containerd/${node}"
state = "${directoryOf(node)}/containerd"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
address = "${socketOf(node)}"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "registry.k8s.io/pause:3.9"
stream_server_address = "127.0.0.1"
stream_server_port = "10010"
disable_cgroup = true
disable_apparmor = true
restrict_oom_score_adj = true
disable_hugetlb_controller = true
tolerate_missing_hugetlb_controller = true
netns_mounts_under_state_dir = true
enable_unprivileged_ports = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/opt/cni/bin"
conf_dir = "/etc/cni/net.d"
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
base_runtime_spec = "${directoryOf(node)}/spec.json"
`;
