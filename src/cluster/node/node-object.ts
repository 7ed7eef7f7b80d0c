import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { architecture } from '../architecture.ts';
import { condition } from '../control/deployment-status.ts';
import type { Node } from '../objects/kinds.ts';
import type { Condition } from '../objects/pod.ts';
import type { ApiObject } from '../store/objects.ts';
import type { Member } from './network-addon.ts';

export const version = 'v1.32.0';

/** A node as it registers itself. */
export function nodeObject({ name, podCIDR, address }: Member, isControlPlane: boolean): Node {
  const role = 'node-role.kubernetes.io/control-plane';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': architecture,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(isControlPlane ? { [role]: '' } : {}),
      },
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
      nodeInfo: {
        ...{ architecture, operatingSystem: 'linux', osImage: osImage(), kernelVersion: release() },
        ...{ kubeletVersion: version, kubeProxyVersion: version, containerRuntimeVersion: 'hoplab://0.1' },
        ...{ machineID: '', systemUUID: '', bootID: '' },
      },
      conditions: [],
    },
  };
}

/** The sign of life of a node's kubelet. */
export function leaseOf(node: ApiObject, renewTime: string): ApiObject {
  const { name, uid = '' } = node.metadata;
  const owner = { apiVersion: 'v1', kind: 'Node', name, uid };
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease', ownerReferences: [owner] },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime },
  };
}

const room = { cpu: String(cpus().length), memory: `${Math.floor(totalmem() / 1024)}Ki`, pods: '110' };

function osImage(): string {
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
}

/** Ready as soon as a list of plugins is there. */
export function nodeConditions(before: readonly Condition[], network: boolean, now: string): Condition[] {
  const calm = [
    ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
    ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ].map(([type = '', reason = '', message = '']) =>
    condition(before, now, { type, status: 'False', reason, message }),
  );
  const words =
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
  const ready: Condition = network
    ? { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
    : { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: words };
  const old = before.find(({ type }) => type === 'Ready');
  const lastTransitionTime = old?.status === ready.status ? (old.lastTransitionTime ?? now) : now;
  return [
    ...calm.map(({ lastUpdateTime: _, ...rest }) => ({
      ...rest,
      lastHeartbeatTime: rest.lastTransitionTime,
    })),
    { ...ready, lastTransitionTime, lastHeartbeatTime: lastTransitionTime },
  ];
}
