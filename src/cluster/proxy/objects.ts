/** The objects of the API as kube-proxy reads them; fields it does not read are left out. */
export interface Service {
  metadata: { namespace: string; name: string; labels?: Record<string, string> };
  spec: {
    type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
    clusterIP?: string;
    clusterIPs?: string[];
    ports?: ServicePort[];
    externalIPs?: string[];
    externalTrafficPolicy?: Policy;
    internalTrafficPolicy?: Policy;
    healthCheckNodePort?: number;
    loadBalancerSourceRanges?: string[];
    sessionAffinity?: 'None' | 'ClientIP';
    sessionAffinityConfig?: { clientIP?: { timeoutSeconds?: number } };
  };
  status?: { loadBalancer?: { ingress?: { ip?: string; ipMode?: 'VIP' | 'Proxy' }[] } };
}

export type Policy = 'Cluster' | 'Local';
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface ServicePort {
  name?: string;
  protocol?: Protocol;
  port: number;
  nodePort?: number;
}

export interface EndpointSlice {
  metadata: { namespace: string; name: string; labels?: Record<string, string> };
  addressType: 'IPv4' | 'IPv6' | 'FQDN';
  ports?: { name?: string | null; protocol?: Protocol; port?: number | null }[] | null;
  endpoints?: SliceEndpoint[] | null;
}

export interface SliceEndpoint {
  addresses: string[];
  hostname?: string;
  conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
  nodeName?: string;
  zone?: string;
  hints?: { forZones?: { name: string }[]; forNodes?: { name: string }[] };
  /** discovery.k8s.io/v1beta1, which 1.20 reads. */
  topology?: Record<string, string>;
}
