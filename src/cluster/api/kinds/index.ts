import {
  certificateSigningRequests,
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
} from './access.ts';
import { configMaps, endpointSlices, endpoints, events, namespaces, nodes, secrets } from './core.ts';
import { jobs } from './jobs.ts';
import { ingressClasses, ingresses, networkPolicies } from './networking.ts';
import { pods } from './pods.ts';
import { services } from './services.ts';
import type { Strategy } from './strategy.ts';
import { daemonSets, deployments, replicaSets, statefulSets } from './workloads.ts';

/** By the resource's name in the store. */
const strategies: Record<string, Strategy> = {
  configmaps: configMaps,
  endpoints,
  events,
  namespaces,
  nodes,
  pods,
  secrets,
  services,
  'daemonsets.apps': daemonSets,
  'deployments.apps': deployments,
  'replicasets.apps': replicaSets,
  'statefulsets.apps': statefulSets,
  'jobs.batch': jobs,
  'certificatesigningrequests.certificates.k8s.io': certificateSigningRequests,
  'endpointslices.discovery.k8s.io': endpointSlices,
  'ingressclasses.networking.k8s.io': ingressClasses,
  'ingresses.networking.k8s.io': ingresses,
  'networkpolicies.networking.k8s.io': networkPolicies,
  'clusterrolebindings.rbac.authorization.k8s.io': clusterRoleBindings,
  'clusterroles.rbac.authorization.k8s.io': clusterRoles,
  'rolebindings.rbac.authorization.k8s.io': roleBindings,
  'roles.rbac.authorization.k8s.io': roles,
};

export function strategyOf(resource: string): Strategy {
  return strategies[resource] ?? {};
}
