import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { compared } from '../support/docker-rules/differences.ts';
import { rulesHere, rulesIn, type ScenarioName, scenarios } from '../support/docker-rules/scenarios.ts';

/**
 * The rules that this VM's dockerd writes, beside those that moby's own test suite wrote down of other versions for
 * the same networks (integration/network/bridge/iptablesdoc/generated, from 28.0 on). Run by hand, as root, with a
 * bare clone of moby: `node test/bench/docker-rules.ts MOBY.git v28.0.4 v28.5.2 master`. With `--write` before it,
 * the pages are written for the test that holds the table in ARCHITECTURE.md, and nothing is run.
 */
const write = process.argv[2] === '--write';
const [moby = '', ...versions] = process.argv.slice(write ? 3 : 2);
const generated = 'integration/network/bridge/iptablesdoc/generated';
const names = Object.keys(scenarios) as ScenarioName[];

const without = (some: Iterable<string>, others: Iterable<string>): string[] =>
  [...some].filter((one) => ![...others].includes(one));

function pageOf(version: string, scenario: string): Set<string> | null {
  try {
    const argv = ['-C', moby, 'show', `${version}:${generated}/${scenario}.md`];
    return rulesIn(execFileSync('git', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

if (write) {
  const pages = versions.map((version) => [
    version.replace(/^v/, ''),
    Object.fromEntries(compared.map((name) => [name, [...(pageOf(version, name) ?? [])]])),
  ]);
  const file = new URL('../support/docker-rules/pages.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(pages), null, 2)}\n`);
} else {
  const root = mkdtempSync('/run/hoplab-bench-');
  const machines = new KernelMachines(root);
  await machines.adopt();
  for (const name of names) {
    const machine = await machines.create(name, { root: 256, memory: 768 });
    try {
      const here = await rulesHere(machine, scenarios[name]);
      console.log(`# ${name}: ${here.size} rules`);
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
}
