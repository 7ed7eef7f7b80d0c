/** What scripts/test-vm decides before a VM is there; the rest is what it is for. */
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { parse } from 'yaml';
import { accelerator, chooseAccelerator } from './accelerator.ts';
import { ARM64 } from './computers.ts';
import { eachOnce } from './each-once.ts';
import { FEATURES } from './features.ts';
import { quoted } from './said.ts';
import { STAGES } from './stages.ts';
import { SYSTEMS } from './systems.ts';
import { excluded, provisioning } from './vagrantfile.ts';

const run = promisify(execFile);

t.test("the Vagrantfile's own lines are read as a shell gets them", async (t) => {
  const lines = provisioning();
  execFileSync('sh', ['-n', '-c', lines]);
  t.match(lines, /^ *SUDO_USER=vagrant \/opt\/hoplab\/scripts\/up$/m);
  t.notMatch(lines, /SCRIPT/);
  // Quoted once more, as ssh gets it, they are the same.
  t.equal(execFileSync('sh', ['-c', `printf %s ${quoted(lines)}`], { encoding: 'utf8' }), lines);
});

t.test('what it does not copy is not copied here either', async (t) => {
  const left = excluded();
  for (const folder of ['.git/', 'node_modules/', 'dist/', '__pycache__/'])
    t.ok(left.includes(`--exclude=${folder}`), folder);
});

t.test('KVM where a kernel can run in it, else software and why', async (t) => {
  const cpuinfo = (flags: string) => `processor\t: 0\nflags\t\t: fpu ${flags} sse\n`;
  const cases: [device: boolean, flags: string, kind: string, why: RegExp][] = [
    [true, 'vmx', 'kvm', /vmx/],
    [true, 'svm', 'kvm', /svm/],
    [true, 'vmxnet', 'tcg', /for the processor shows neither vmx nor svm$/],
    [false, 'vmx', 'tcg', /for there is no \/dev\/kvm$/],
    [false, 'lm', 'tcg', /no \/dev\/kvm and the processor shows neither/],
  ];
  for (const [device, flags, kind, why] of cases) {
    const chosen = chooseAccelerator(device, cpuinfo(flags));
    t.equal(chosen.kind, kind, `${device} ${flags}`);
    t.match(chosen.why, why);
    t.equal(chosen.args.includes('host'), kind === 'kvm', "the host's processor is for KVM alone");
  }
});

t.test('another processor is emulated, also where a kernel of this one could run in KVM', async (t) => {
  const { kind, why, args } = accelerator(ARM64);
  t.equal(kind, 'tcg');
  t.match(why, /another processor/);
  t.notOk(args.includes('host'));
});

t.test('every system brings the programs that the features call', async (t) => {
  const text = JSON.stringify(FEATURES);
  const needs = Object.entries({ 'wg set': 'wireguard-tools', 'nft ': 'nftables' });
  for (const [name, { packages }] of Object.entries(SYSTEMS)) {
    t.strictSame(
      needs.filter(([command]) => text.includes(command)).map(([, wanted]) => wanted),
      needs.map(([, wanted]) => wanted).filter((wanted) => (packages as readonly string[]).includes(wanted)),
      name,
    );
  }
});

t.test('every feature names nodes of the lab router', async (t) => {
  const lab = parse(readFileSync('labs/switching-routing/router/lab.yaml', 'utf8'));
  const nodes = Object.keys(lab.topology.nodes);
  for (const { name, make, works, breaks } of FEATURES) {
    const named = [...make, ...breaks].map((line) => line.split(': ')[0] ?? '');
    for (const node of [...named, works.split(' ')[0] ?? '']) t.ok(nodes.includes(node), `${name}: ${node}`);
  }
});

t.test('cases that have passed are not done again, unless they are named', async (t) => {
  const record = join(t.testdir(), 'cases.json');
  const every = ['a', 'b', 'c'];
  const said: string[] = [];
  const played = async (only: readonly string[], wrong: readonly string[]) => {
    const ran: string[] = [];
    const run = async (name: string) => {
      ran.push(name);
      return wrong.includes(name) ? 'as it should not be' : undefined;
    };
    const ended = eachOnce({ record, every, only, say: (line) => said.push(line), run });
    return ended.then(
      () => ({ ran, error: '' }),
      (error: Error) => ({ ran, error: error.message }),
    );
  };
  t.strictSame(await played([], ['b']), { ran: ['a', 'b', 'c'], error: 'b\nas it should not be' });
  t.equal(said.at(-1), '2 of 3 have passed');
  t.strictSame(await played([], []), { ran: ['b'], error: '' });
  t.strictSame(await played([], []), { ran: [], error: '' });
  t.match(await played(['c'], ['c']), { ran: ['c'], error: /^c/ });
  t.equal(said.at(-1), '2 of 3 have passed', 'what fails later has not passed');
  t.match(await played(['d'], []), { ran: [], error: /no such case; expected a, b, c/ });
});

t.test('the help names every stage, and an unknown one is refused', async (t) => {
  const main = ['test/vm/main.ts'];
  const { stdout } = await run(process.execPath, [...main, '--help']);
  for (const { name, what } of STAGES) t.match(stdout, new RegExp(`^  ${name} +${what}$`, 'm'));
  const refused = run(process.execPath, [...main, 'provisions']);
  await t.rejects(refused, { code: 2, stderr: /no stage provisions; expected sources, provision,/ });
  for (const option of ['--bare', '--renew', '--vagrant']) {
    const foreign = run(process.execPath, [...main, '--system', 'debian13-arm64', option]);
    await t.rejects(foreign, { code: 2, stderr: /for a system of this processor/ }, option);
  }
});
