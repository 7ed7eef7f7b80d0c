import { coredns } from './coredns.ts';
import { ingressNginx } from './ingress-nginx.ts';
import type { StandIn } from './stand-in.ts';

/** By the name in the table of images. */
export const standIns: Record<StandInName, StandIn> = { coredns, 'ingress-nginx': ingressNginx };
export type StandInName = 'coredns' | 'ingress-nginx';
