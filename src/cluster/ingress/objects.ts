import type { ApiObject } from '../store/objects.ts';

export interface Ingress extends ApiObject {
  spec: {
    ingressClassName?: string;
    defaultBackend?: Backend;
    tls?: { hosts?: string[]; secretName?: string }[];
    rules?: { host?: string; http?: { paths: IngressPath[] } }[];
  };
}

export interface IngressPath {
  path?: string;
  pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  backend: Backend;
}

export interface Backend {
  service?: { name: string; port?: { name?: string; number?: number } };
}

export interface IngressClass extends ApiObject {
  spec: { controller: string };
}
