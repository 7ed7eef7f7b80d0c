import { choose, endpointsOf } from './endpoints.ts';
import { write120 } from './form-1-20.ts';
import { closeServices, type Jump, jumps, openTables } from './frame.ts';
import type { EndpointSlice, Service } from './objects.ts';
import type { ProxyOptions } from './options.ts';
import { fronts } from './service-ports.ts';
import { writeToday } from './today.ts';

export interface ProxyRules {
  /** Rules of the base chains, to be made where they are missing. */
  jumps: Jump[];
  /** For `iptables-restore --noflush`: kube-proxy's own chains. */
  restore: string;
  /** Both as one text for a node without rules of other programs; for `iptables-restore`. */
  whole: string;
  /** So many endpoints that kube-proxy leaves comments out, and removes chains that are gone later. */
  large: boolean;
}

/** Over so many endpoints kube-proxy leaves comments out of the chains of services and endpoints. */
const largeCluster = 1000;

/** The iptables rules that kube-proxy writes on a node for these services. */
export function proxyRules(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  options: ProxyOptions,
): ProxyRules {
  const tables = openTables(options);
  const served = fronts(services, options).map((front) => {
    return { front, all: endpointsOf(front, slices, options) };
  });
  const large = served.reduce((sum, { all }) => sum + all.length, 0) > largeCluster;
  const write = options.form === '1.20' ? write120 : writeToday;
  for (const { front, all } of served) write(tables, front, choose(front, all, options), options, large);
  closeServices(tables.nat, options);
  const made = jumps(options.form);
  const mangle = '*mangle\n:KUBE-PROXY-CANARY - [0:0]\nCOMMIT\n';
  const [filter, nat] = [tables.filter.text(), tables.nat.text()];
  return {
    jumps: made,
    restore: mangle + filter + nat,
    whole: withJumps('mangle', mangle, []) + withJumps('filter', filter, made) + withJumps('nat', nat, made),
    large,
  };
}

const bases = {
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

function withJumps(table: 'mangle' | 'filter' | 'nat', text: string, made: readonly Jump[]): string {
  const head = bases[table].map((chain) => `:${chain} ACCEPT [0:0]`).join('\n');
  const own = made.filter((jump) => jump.table === table).map(({ chain, rule }) => `-A ${chain} ${rule}`);
  return text
    .replace(`*${table}\n`, `*${table}\n${head}\n`)
    .replace(/COMMIT\n$/, `${own.join('\n')}\nCOMMIT\n`);
}
