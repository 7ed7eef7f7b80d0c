import type { Node } from '../../../src/core/lab/lab.ts';
import { planTopology } from '../../../src/core/plan/topology.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { sh } from '../machines.ts';

export interface Scenario {
  /** A line of daemon.json, with which the engine is started again. */
  daemon?: string;
  lines: string[];
}

const network = (name: string, subnet: string, more = '') =>
  `docker network create ${more} -o com.docker.network.bridge.name=${name} --subnet ${subnet}.0/24 --gateway ${subnet}.1 ${name}`;
const run = (net: string, more = '') => `docker run -d --network ${net} ${more} busybox sleep infinity`;
const noIcc = '-o com.docker.network.bridge.enable_icc=false';
const published = [network('bridge1', '192.0.2'), run('bridge1', '-p 8080:80')];

/** As each page of moby's `iptablesdoc` says what was typed. */
export const scenarios = {
  'new-daemon': { lines: [] },
  'usernet-portmap': { lines: published },
  'usernet-portmap-lo': { lines: [network('bridge1', '192.0.2'), run('bridge1', '-p 127.0.0.1:8080:80')] },
  'usernet-portmap-noicc': { lines: [network('bridge1', '192.0.2', noIcc), run('bridge1', '-p 8080:80')] },
  'usernet-portmap-noproxy': { daemon: '"userland-proxy": false,', lines: published },
  'usernet-internal': {
    lines: [
      network('bridgeICC', '192.0.2', '--internal'),
      run('bridgeICC'),
      network('bridgeNoICC', '198.51.100', `--internal ${noIcc}`),
      run('bridgeNoICC'),
    ],
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

const host: Node = {
  ...{ name: 'host', kind: 'machine', title: null, service: 'docker', sysctls: {}, routes: [], run: [] },
};

/** The rules that this VM's dockerd writes for it, in a fresh machine. */
export async function rulesHere(machine: Machine, { daemon = '', lines }: Scenario): Promise<Set<string>> {
  await machine.perform(planTopology({ nodes: [host], bridges: [], links: [] }));
  if (daemon !== '') {
    const tables = 'iptables -F; iptables -X; iptables -t nat -F; iptables -t nat -X';
    const file = `sed -i '1s/.*/{ ${daemon}/' /etc/docker/daemon.json`;
    await sh(machine, `${file}; sh /.hoplab/engine stop; ${tables}; sh /.hoplab/engine start`);
  }
  for (const line of lines) await sh(machine, line);
  return rulesIn(await sh(machine, 'for table in filter nat raw; do iptables -t $table -S; done'));
}

export const rulesIn = (text: string): Set<string> =>
  new Set(text.split('\n').flatMap((line) => /^ *(-A .*)$/.exec(line)?.[1]?.trimEnd() ?? []));
