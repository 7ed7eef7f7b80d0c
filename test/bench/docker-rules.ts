import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Node } from '../../src/core/lab/lab.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';

/**
 * The rules that this VM's dockerd writes, beside those that moby's own test suite wrote down of other versions for
 * the same networks (integration/network/bridge/iptablesdoc/generated, from 28.0 on). Run by hand, as root, with a
 * bare clone of moby: `node test/bench/docker-rules.ts MOBY.git v28.0.4 v28.5.2 master`.
 */
const [moby = '', ...versions] = process.argv.slice(2);
const pages = 'integration/network/bridge/iptablesdoc/generated';

const network = (name: string, subnet: string, more = '') =>
  `docker network create ${more} -o com.docker.network.bridge.name=${name} --subnet ${subnet}.0/24 --gateway ${subnet}.1 ${name}`;
const run = (net: string, more = '') => `docker run -d --network ${net} ${more} busybox sleep infinity`;
const noIcc = '-o com.docker.network.bridge.enable_icc=false';
const published = [network('bridge1', '192.0.2'), run('bridge1', '-p 8080:80')];

/** As each page says what was typed. */
const scenarios: Record<string, { daemon?: string; lines: string[] }> = {
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
};

const host: Node = {
  ...{ name: 'host', kind: 'machine', title: null, service: 'docker', sysctls: {}, routes: [], run: [] },
};

async function rulesHere(machine: Machine, { daemon = '', lines }: { daemon?: string; lines: string[] }) {
  const configured = `sed -i '1s/.*/{ ${daemon}/' /etc/docker/daemon.json; sh /.hoplab/engine stop; iptables -F; iptables -X; iptables -t nat -F; iptables -t nat -X; sh /.hoplab/engine start`;
  await sh(machine, daemon === '' ? 'true' : configured);
  for (const line of lines) await sh(machine, line);
  const dumped = await sh(machine, 'for table in filter nat raw; do iptables -t $table -S; done');
  return rulesIn(dumped);
}

async function sh(machine: Machine, line: string): Promise<string> {
  const ran = await machine.run('host', ['sh', '-c', line]);
  if (ran.exitCode !== 0) throw new Error(`${line}: ${ran.stderr}`);
  return ran.stdout;
}

function rulesIn(text: string): Set<string> {
  return new Set(text.split('\n').flatMap((line) => /^ *(-[AN] .*)$/.exec(line)?.[1]?.trimEnd() ?? []));
}

const without = (some: Iterable<string>, others: Iterable<string>): string[] =>
  [...some].filter((one) => ![...others].includes(one));

function pageOf(version: string, scenario: string): Set<string> | null {
  try {
    const argv = ['-C', moby, 'show', `${version}:${pages}/${scenario}.md`];
    return rulesIn(execFileSync('git', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
for (const [name, scenario] of Object.entries(scenarios)) {
  const machine = await machines.create(name, { root: 256, memory: 768 });
  try {
    await machine.perform(planTopology({ nodes: [host], bridges: [], links: [] }));
    const here = await rulesHere(machine, scenario);
    console.log(
      `# ${name}: ${here.size} rules and chains by ${(await sh(machine, 'dockerd --version')).trim()}`,
    );
    for (const version of versions) {
      const there = pageOf(version, name);
      if (there === null) console.log(`## ${version}: no such page`);
      else {
        console.log(`## ${version}: ${without(here, without(here, there)).length} the same`);
        for (const rule of without(here, there)) console.log(`- ${rule}`);
        for (const rule of without(there, here)) console.log(`+ ${rule}`);
      }
    }
  } finally {
    await machine.destroy();
  }
}
rmSync(root, { recursive: true });
