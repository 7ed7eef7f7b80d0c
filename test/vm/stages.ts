import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachOnce } from './each-once.ts';
import { FEATURES, type Feature } from './features.ts';
import { testLabs } from './labs.ts';
import { beginStep, must, noSession, quoted } from './said.ts';
import { reboot, suspend } from './standstill.ts';
import { excluded, provisioning, ROOT } from './vagrantfile.ts';
import type { Vm } from './vm.ts';

export interface Stage {
  name: string;
  what: string;
  /** The others need it: where it fails, the run ends. */
  needed?: true;
  run(vm: Vm, say: (line: string) => void, only: Only): Promise<void>;
}

/** The cases that the command line names. */
export interface Only {
  labs: readonly string[];
  features: readonly string[];
}

const PROVISION = `sudo sh -c ${quoted(provisioning())}`;

/** Everything of the VM's own that hoplab must leave as it was. */
const INVENTORY = [
  'ip -br link; ip -br addr; ip rule; ip -6 rule; ip netns list',
  'for family in -4 -6; do ip $family route show table all; done | sed "s/ expires [0-9]*sec//"',
  'sudo nft -s list ruleset',
  "sudo sysctl -a --ignore -r '^net\\.' | grep -vE 'nf_conntrack|inet_peer|random|dev_snmp|devconf_inherit|wmem_default'",
].join('; ');

export const STAGES: readonly Stage[] = [
  {
    name: 'sources',
    what: 'copy the sources as the Vagrantfile says',
    needed: true,
    async run(vm) {
      await must(vm, 'sudo mkdir -p /opt/hoplab');
      await vm.copy(ROOT, '/opt/hoplab', ['--archive', '--delete', '--compress', ...excluded()]);
    },
  },
  {
    name: 'provision',
    what: "run the Vagrantfile's lines, twice",
    needed: true,
    async run(vm, say) {
      const inventory = join(vm.folder, 'inventory');
      if (!existsSync(inventory)) writeFileSync(inventory, (await must(vm, INVENTORY)).text);
      say(`${(await must(vm, PROVISION, 3600)).seconds.toFixed(0)} s`);
      say(`again: ${(await must(vm, PROVISION, 3600)).seconds.toFixed(0)} s`);
    },
  },
  {
    name: 'first-success',
    what: 'the first lab, from the command to the first step done',
    async run(vm, say) {
      await noSession(vm);
      const began = performance.now();
      const start = await must(vm, 'hoplab start network-namespaces');
      const step = await beginStep(vm);
      await must(vm, `hoplab apply ${step} && hoplab check ${step}`);
      const all = ((performance.now() - began) / 1000).toFixed(1);
      say(`machine ready after ${start.seconds.toFixed(1)} s, step ${step} done after ${all} s`);
      await must(vm, 'hoplab stop --all');
    },
  },
  {
    name: 'doctor',
    what: 'doctor is green, with and without root, and limits are in force',
    async run(vm, say) {
      const { findings } = JSON.parse((await must(vm, 'sudo hoplab doctor --json')).text) as {
        findings: { name: string; status: string; detail: string }[];
      };
      const other = findings.filter(({ status }) => status !== 'ok');
      say(`${findings.length - other.length} of ${findings.length} are ok`);
      for (const { name, status, detail } of other) say(`  ${name}: ${status}, ${detail}`);
      // Engines are what a later stage adds; what is said for information is no fault.
      const wrong = other.filter(
        ({ name, status }) =>
          status !== 'info' && !['docker', 'services', 'kubernetes', 'registry'].includes(name),
      );
      assert.deepEqual(wrong, []);
      const plain = await vm.run('hoplab doctor');
      assert([0, 2].includes(plain.code), `doctor without root: exit code ${plain.code}\n${plain.text}`);

      await noSession(vm);
      await must(vm, 'hoplab start switching');
      const limits = await must(
        vm,
        // A machine that is made ready for the next start may stand beside.
        'cd /sys/fs/cgroup/system.slice/hoplab.service/; for m in machine-*; do echo $(cat $m/memory.max $m/pids.max); done',
      );
      for (const line of limits.text.split('\n'))
        assert.match(line, /^\d+ \d+$/, `limits of a machine: ${limits.text}`);
      say(`memory.max and pids.max: ${limits.text.split('\n')[0]}`);
      const greedy = await vm.run(
        `hoplab exec host -- sh -c ${quoted('head -c 700M /dev/zero | tail -c 690M >/dev/null; exit $?')}`,
      );
      assert.equal(greedy.code, 137, `a program of 700 MiB: exit code ${greedy.code}\n${greedy.text}`);
      await must(vm, 'hoplab exec a ip link show eth0');
      await must(vm, 'hoplab stop --all');
    },
  },
  {
    name: 'page',
    what: 'the page through the forwarded port',
    async run(vm, say) {
      const url = (await must(vm, 'hoplab url')).text.trim();
      const token = /token=([^\s&]+)/.exec(url)?.[1];
      assert(token !== undefined, `no token in ${url}`);
      const at = `http://127.0.0.1:${vm.page}`;
      const page = await fetch(`${at}/`);
      assert.equal(page.status, 200);
      const asset = /src="(\/[^"]+\.js)"/.exec(await page.text())?.[1];
      assert(asset !== undefined, 'the page names no script');
      assert.equal((await fetch(at + asset)).status, 200);
      assert.equal((await fetch(`${at}/openrpc.json`)).status, 401);
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${at}/openrpc.json`, { headers })).status, 200);
      say('page, script and API answer; without the token the API does not');
    },
  },
  {
    name: 'features',
    what: 'what the kernels of the test machines lack, or of it those given by --features',
    async run(vm, say, { features }) {
      await noSession(vm);
      await must(vm, 'hoplab start router');
      const typed = async (lines: readonly string[]) => {
        for (const line of lines) {
          const [node = '', command = ''] = line.split(/: (.*)/s);
          await must(vm, `hoplab exec ${node} -- sh -c ${quoted(command)}`);
        }
      };
      await eachOnce({
        record: join(vm.folder, 'features.json'),
        every: FEATURES.map(({ name }) => name),
        only: features,
        say,
        async run(wanted) {
          const { make, works, breaks, ends } = FEATURES.find(({ name }) => name === wanted) as Feature;
          await must(vm, 'hoplab reset && hoplab apply --all');
          await typed(make);
          const good = await vm.run(`hoplab trace ${works}`);
          await typed(breaks);
          const bad = await vm.run(`hoplab trace ${works}`);
          writeFileSync(join(vm.folder, `feature-${wanted}.log`), `${good.text}\n-- broken\n${bad.text}\n`);
          if (good.code === 0 && bad.code === 1 && ends.test(bad.text)) return undefined;
          return `exit code ${good.code}\n${good.text}\n-- broken, expected ${ends}: exit code ${bad.code}\n${bad.text}`;
        },
      });
      await must(vm, 'hoplab stop --all');
    },
  },
  { name: 'suspend', what: 'the VM stands still for a minute, its clock jumps', run: suspend },
  { name: 'reboot', what: 'sessions come back at their step', run: reboot },
  {
    name: 'engines',
    what: 'what the Docker, Kubernetes and services tracks need',
    async run(vm, say) {
      for (const script of ['docker', 'kubernetes', 'services']) {
        say(
          `${script}: ${(await must(vm, `sudo /opt/hoplab/scripts/${script}`, 3600)).seconds.toFixed(0)} s`,
        );
      }
      await must(vm, 'sudo systemctl restart hoplab');
    },
  },
  {
    name: 'labs',
    what: 'the acceptance of every lab, or of those given by --labs',
    run: (vm, say, { labs }) => testLabs(vm, say, labs),
  },
  {
    name: 'inventory',
    what: "the VM's own network is as it was",
    async run(vm) {
      await must(vm, 'sudo /opt/hoplab/scripts/down');
      const before = readFileSync(join(vm.folder, 'inventory'), 'utf8').split('\n');
      const keys = new Set(before.map((line) => line.split(' = ')[0]));
      // A module that a lab loaded brings settings, and those of tunnels a device that is down (net.core.fb_tunnels_only_for_init_net);
      // they are no change of what was there.
      const added = (line: string) =>
        (/^net\..* = /.test(line) && !keys.has(line.split(' = ')[0])) ||
        /^(tunl0|gre0|gretap0|erspan0|sit0|ip6tnl0|ip6gre0|ip_vti0|ip6_vti0)@NONE +DOWN /.test(line);
      const after = (await must(vm, INVENTORY)).text.split('\n').filter((line) => !added(line));
      await must(vm, PROVISION, 3600);
      assert.deepEqual(after, before);
    },
  },
];
