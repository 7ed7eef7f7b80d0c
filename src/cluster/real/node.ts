import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { act, launch } from '../node/act.ts';
import { type Member, setUpNode } from '../node/network-addon.ts';
import { filesOfNode, inNode } from '../node/places.ts';
import { listOf } from '../objects/kinds.ts';
import type { Api } from './api.ts';
import { specWithPrograms } from './images.ts';
import { keepNode } from './keep.ts';
import type { Mirror } from './mirror.ts';
import { directoryOf, logDirectory, socketOf } from './places.ts';
import { containerdConfig, kubeletConfig, nodePrograms, type Plane, proxyConfig } from './programs.ts';
import { nodeConfigs } from './users.ts';

/** Milliseconds that a node may take until it is ready; five seconds are usual on two quiet cores. */
const longest = 120_000;

/** Starts containerd on a node and gives it its images; kubelet and kube-proxy wait until the node is registered. */
export async function startRuntime(
  member: Member,
  plane: Plane,
  dns: { domain: string; address: string },
  images: Promise<string>,
): Promise<void> {
  const { name, address } = member;
  const directory = directoryOf(name);
  for (const each of [`/var/lib/kubelet/${name}`, directory]) mkdirSync(each, { recursive: true });
  // kubelet reads the kernel's messages for those of the OOM killer, and begins with the identity of its host.
  if (!existsSync('/dev/kmsg')) symlinkSync('/dev/null', '/dev/kmsg');
  writeFileSync(`${filesOfNode(name)}/machine-id`, `${createHash('md5').update(name).digest('hex')}\n`);
  await setUpNode(member, plane.clusterCIDR);
  await nodeConfigs(plane.node, name, `https://${plane.address}:${plane.apiPort}`);
  const spec = await act(['ctr', 'oci', 'spec']);
  if (spec.code !== 0) throw new Error(`containerd gives no specification: ${spec.stderr.trim()}`);
  const files = {
    'spec.json': specWithPrograms(spec.stdout),
    'containerd.toml': containerdConfig(name),
    'kubelet.yaml': kubeletConfig(name, dns),
    'kube-proxy.yaml': proxyConfig(name, plane.clusterCIDR),
    'node.sh': keepNode(name, directory, nodePrograms(name, address)),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(`${directory}/${file}`, text);
  launch(inNode(name, ['sh', `${directory}/node.sh`]), 'ignore');
  await giveImages(name, await images);
}

/** Lets kubelet and kube-proxy of a node begin. */
export async function register(member: Member, plane: Plane, api: Api): Promise<void> {
  await api.create('/api/v1/nodes', nodeObject(member, member.name === plane.node));
  writeFileSync(`${directoryOf(member.name)}/registered`, '');
}

/** The node as kubelet then finds it: with its range of addresses, its role and its taint. kubelet fills in the rest. */
function nodeObject({ name, address, podCIDR }: Member, isControlPlane: boolean) {
  const role = 'node-role.kubernetes.io/control-plane';
  // kubelet of 1.20 ends with a panic where a node that is there has no capacity.
  const room = { pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, ...(isControlPlane ? { [role]: '' } : {}) },
    },
    spec: {
      podCIDR,
      podCIDRs: [podCIDR],
      ...(isControlPlane ? { taints: [{ key: role, effect: 'NoSchedule' }] } : {}),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      ...{ capacity: room, allocatable: room },
    },
  };
}

async function giveImages(node: string, archive: string): Promise<void> {
  for (let tries = 0; !existsSync(socketOf(node)); tries++) {
    if (tries > 400) throw new Error(`containerd did not start: see ${logDirectory}/${node}-containerd.log`);
    await wait(50);
  }
  // Through the node's own mounts, where the images are unpacked.
  const argv = ['ctr', '--address', socketOf(node), '--namespace', 'k8s.io', 'images', 'import', archive];
  const ran = await act(argv, { timeout: longest });
  if (ran.code !== 0) throw new Error(`containerd took no images: ${ran.stderr.trim()}`);
}

/** Until kubelet says so, and pods can have the account that each of them gets. */
export function readyNode(name: string, mirror: Mirror): Promise<void> {
  return until(
    () => isReady(name, mirror),
    `${name} did not become ready: see ${logDirectory}/${name}-kubelet.log`,
  );
}

/** Until the pods of the cluster's DNS answer. */
export function readyDns(mirror: Mirror): Promise<void> {
  const answers = () => {
    const pods = listOf(mirror, 'pods', { namespace: 'kube-system' });
    return (
      pods.length > 0 && pods.every(({ status }) => status?.containerStatuses?.every(({ ready }) => ready))
    );
  };
  return until(
    answers,
    'the DNS of the cluster did not become ready: see kubectl -n kube-system describe pods',
  );
}

async function until(done: () => boolean, otherwise: string): Promise<void> {
  const end = performance.now() + longest;
  while (!done()) {
    if (performance.now() > end) throw new Error(otherwise);
    await wait(50);
  }
}

function isReady(name: string, mirror: Mirror): boolean {
  const node = listOf(mirror, 'nodes').find(({ metadata }) => metadata.name === name);
  const token = listOf(mirror, 'secrets', { namespace: 'default' }).length > 0;
  const tainted = node?.spec.taints?.some(({ key }) => key === 'node.kubernetes.io/not-ready') ?? false;
  const conditions = node?.status?.conditions ?? [];
  return token && !tainted && conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
