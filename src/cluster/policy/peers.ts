import { selects } from '../control/selectors.ts';
import type { Pod } from '../objects/pod.ts';
import type { ApiObject } from '../store/objects.ts';
import { without } from './cidr.ts';
import type { NetworkPolicy, Peer, PolicyPort } from './objects.ts';

/** The objects that policies are evaluated on. */
export interface PolicySources {
  namespaces: readonly ApiObject[];
  pods: readonly Pod[];
  policies: readonly NetworkPolicy[];
}

/** A pod that has an address of its own. */
export function isInNetwork({ spec, status }: Pod): boolean {
  return (
    Boolean(status?.podIP) && !spec.hostNetwork && status?.phase !== 'Succeeded' && status?.phase !== 'Failed'
  );
}

export function isSelected({ metadata, spec }: NetworkPolicy, pod: Pod): boolean {
  return pod.metadata.namespace === metadata.namespace && selects(spec.podSelector, pod.metadata.labels);
}

export interface Place {
  /** An address or a block of them. */
  address: string;
  /** The pod, if the address is a pod's. */
  pod?: Pod;
}

/** The addresses of a peer. */
export function placesOf(peer: Peer, namespace: string, { namespaces, pods }: PolicySources): Place[] {
  if (peer.ipBlock !== undefined)
    return without(peer.ipBlock.cidr, peer.ipBlock.except ?? []).map((address) => ({ address }));
  const { namespaceSelector, podSelector = {} } = peer;
  const spaces =
    namespaceSelector === undefined
      ? [namespace]
      : namespaces
          .filter(({ metadata }) => selects(namespaceSelector, metadata.labels))
          .map(({ metadata }) => metadata.name);
  return pods
    .filter(isInNetwork)
    .filter(
      ({ metadata }) => spaces.includes(metadata.namespace ?? '') && selects(podSelector, metadata.labels),
    )
    .map((pod) => ({ address: `${pod.status?.podIP}/32`, pod }));
}

/** Numbers that a name stands for are those of the pod that the packet is for. */
export function portMatches(ports: readonly PolicyPort[] | undefined, target: Pod | undefined): string[] {
  if (ports === undefined || ports.length === 0) return [''];
  return ports.flatMap(({ protocol = 'TCP', port, endPort }) => {
    const name = protocol.toLowerCase();
    if (port === undefined) return [`-p ${name}`];
    if (typeof port === 'number')
      return [`-p ${name} -m ${name} --dport ${endPort === undefined ? port : `${port}:${endPort}`}`];
    const named = (target?.spec.containers ?? [])
      .flatMap((container) => container.ports ?? [])
      .find((each) => each.name === port && (each.protocol ?? 'TCP') === protocol);
    return named === undefined ? [] : [`-p ${name} -m ${name} --dport ${named.containerPort}`];
  });
}
