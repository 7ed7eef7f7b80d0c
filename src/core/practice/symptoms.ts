import type { CheckKind } from '../check/check.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** Questions that a person on the network would complain about; the others only show in a node's own tables. */
const felt: Record<CheckKind, boolean> = {
  ...{ distribution: true, tls: true },
  ...{ ping: true, http: true, tcp: true, dns: true, resolve: true, seen: true, cached: true, command: true },
  ...{
    netns: false,
    link: false,
    address: false,
    route: false,
    neighbour: false,
    sysctl: false,
    rule: false,
  },
  ...{ process: false, file: false, listener: false, path: false, nat: false },
};

export interface Symptoms<V> {
  told: V[];
  /** How many more fail that only a look into the tables shows. */
  more: number;
  unchecked: number;
}

/**
 * What does not work, and no more: to find out why is the practice. What people notice goes before what only
 * somebody who looks into a node's tables sees.
 */
export function symptomsOf<V extends Pick<Verdict, 'status' | 'values'>>(
  verdicts: readonly V[],
): Symptoms<V> {
  const wrong = verdicts.filter(({ status }) => status === 'fail');
  const noticed = wrong.filter(({ values }) => felt[values.asked as CheckKind]);
  const told = noticed.length > 0 ? noticed : wrong;
  const unchecked = verdicts.filter(({ status }) => status === 'could-not-check').length;
  return { told, more: wrong.length - told.length, unchecked };
}
