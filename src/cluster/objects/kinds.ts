import type { Ingress, IngressClass } from '../ingress/objects.ts';
import type { NetworkPolicy } from '../policy/objects.ts';
import type { EndpointSlice, Service } from '../proxy/objects.ts';
import type { ApiObject } from '../store/objects.ts';
import type { Scope, Store } from '../store/store.ts';
import type { Condition, Pod } from './pod.ts';
import type { DaemonSet, Deployment, Job, ReplicaSet, StatefulSet } from './workloads.ts';

export interface Node extends ApiObject {
  spec: {
    podCIDR?: string;
    podCIDRs?: string[];
    unschedulable?: boolean;
    taints?: { key: string; value?: string; effect: string }[];
  };
  status?: {
    conditions?: Condition[];
    addresses?: { type: string; address: string }[];
    [field: string]: unknown;
  };
}

export interface KubeService extends ApiObject {
  spec: Service['spec'] & {
    selector?: Record<string, string>;
    publishNotReadyAddresses?: boolean;
    externalName?: string;
    ports?: KubeServicePort[];
  };
  status?: Service['status'];
}

export interface KubeServicePort {
  name?: string;
  protocol?: 'TCP' | 'UDP' | 'SCTP';
  port: number;
  targetPort?: number | string;
  nodePort?: number;
}

export interface Slice extends ApiObject {
  addressType: EndpointSlice['addressType'];
  ports?: EndpointSlice['ports'];
  endpoints?: EndpointSlice['endpoints'];
}

export interface Data extends ApiObject {
  data?: Record<string, string>;
}

/** The kinds that controllers and node agents work with, by their resource. */
export interface Kinds {
  namespaces: ApiObject;
  nodes: Node;
  pods: Pod;
  services: KubeService;
  endpoints: ApiObject;
  configmaps: Data;
  secrets: Data;
  serviceaccounts: ApiObject;
  'leases.coordination.k8s.io': ApiObject;
  events: ApiObject;
  'deployments.apps': Deployment;
  'replicasets.apps': ReplicaSet;
  'daemonsets.apps': DaemonSet;
  'statefulsets.apps': StatefulSet;
  'jobs.batch': Job;
  'endpointslices.discovery.k8s.io': Slice;
  'networkpolicies.networking.k8s.io': NetworkPolicy;
  'ingresses.networking.k8s.io': Ingress;
  'ingressclasses.networking.k8s.io': IngressClass;
}

export type Resource = keyof Kinds;

/** Objects as their kinds: the API server keeps no object that is not of its kind's form. */
export function listOf<R extends Resource>(
  store: Store,
  resource: R,
  scope?: Omit<Scope, 'resource'>,
): Kinds[R][] {
  return store.list({ ...scope, resource }) as Kinds[R][];
}

export function findIn<R extends Resource>(
  store: Store,
  resource: R,
  namespace: string | undefined,
  name: string,
): Kinds[R] | null {
  try {
    return store.get(resource, namespace, name) as Kinds[R];
  } catch {
    return null;
  }
}
