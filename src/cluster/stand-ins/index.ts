import { coredns } from './coredns.ts';
import type { StandIn } from './stand-in.ts';

export const standIns = { coredns } satisfies Record<string, StandIn>;
export type StandInName = keyof typeof standIns;
