import type { Selector } from '../objects/workloads.ts';
import type { ApiObject } from '../store/objects.ts';

export interface NetworkPolicy extends ApiObject {
  spec: {
    podSelector: Selector;
    policyTypes?: Direction[];
    ingress?: IngressRule[];
    egress?: EgressRule[];
  };
}

export type Direction = 'Ingress' | 'Egress';

export interface IngressRule {
  from?: Peer[];
  ports?: PolicyPort[];
}

interface EgressRule {
  to?: Peer[];
  ports?: PolicyPort[];
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}

export interface PolicyPort {
  protocol?: string;
  port?: number | string;
  endPort?: number;
}
