/** Boots a VM of packages and plays the stages in it: `sudo scripts/test-vm --help`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { accelerator } from './accelerator.ts';
import { AMD64 } from './computers.ts';
import { FEATURES } from './features.ts';
import { makeForeignImage } from './foreign.ts';
import { imageIn, makeImage, renewImage } from './image.ts';
import { tryPrograms } from './programs.ts';
import { STAGES } from './stages.ts';
import { isSystem, SYSTEMS } from './systems.ts';
import { tryVagrant } from './vagrant.ts';
import { Vm } from './vm.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    system: { type: 'string', default: 'debian13' },
    folder: { type: 'string', default: '/var/tmp/hoplab-vm' },
    memory: { type: 'string', default: '2048' },
    port: { type: 'string', default: '7822' },
    labs: { type: 'string', default: '' },
    features: { type: 'string', default: '' },
    mirror: { type: 'string' },
    bare: { type: 'boolean', default: false },
    renew: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    off: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    vagrant: { type: 'boolean', default: false },
    programs: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`Usage: scripts/test-vm [options] [STAGE ...]
  --system NAME   ${Object.keys(SYSTEMS).join(', ')} (debian13)
  --folder DIR    where image, logs and what is done are kept (/var/tmp/hoplab-vm)
  --labs ID,...   the stage labs does these, and again (every one that has not passed)
  --features NAME,...
                  the same for the stage features: ${FEATURES.map(({ name }) => name).join(', ')}
  --memory MIB    of the VM (2048)
  --port PORT     its ssh on 127.0.0.1; the page is on the next one (7822)
  --mirror URL    where its packages come from
  --bare          packages and modules are installed in the VM and not in its image: slow without KVM
  --renew         brings the sources of now into the image before the boot, built by this processor
  --keep          the VM runs on at the end, and the next run takes it as it is
  --off           only powers off a VM that runs on
  --fresh         make the image anew and do everything again
  --vagrant       no stages: the Vagrantfile from up to destroy, by vagrant-libvirt with a box of the image
  --programs      no VM: every lab, or those given by --labs, with the programs of the image on this computer's kernel
Stages, in order; those that are named are done again:`);
  for (const { name, what } of STAGES) console.log(`  ${name.padEnd(15)} ${what}`);
  process.exit();
}
if (!isSystem(values.system)) {
  console.error(`error: no system ${values.system}; expected ${Object.keys(SYSTEMS).join(' or ')}`);
  process.exit(2);
}
const unknown = positionals.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `error: no stage ${unknown.join(', ')}; expected ${STAGES.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const named = (list: string) => list.split(',').filter((name) => name !== '');
const only = { labs: named(values.labs), features: named(values.features) };
const folder = join(values.folder, values.system);
const system = SYSTEMS[values.system];
if (system.computer !== AMD64 && (values.bare || values.renew || values.vagrant || values.programs)) {
  console.error(
    'error: --bare, --renew, --vagrant and --programs are for a system of this processor; --fresh makes the image anew',
  );
  process.exit(2);
}
const chosen = accelerator(system.computer);
const vm = new Vm(folder, system.computer, {
  memory: Number(values.memory),
  port: Number(values.port),
  accelerator: chosen,
});
if (values.off || values.fresh || values.renew) await vm.stop();
if (values.off) process.exit();
if (values.fresh) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const record = join(folder, 'done.json');
const done = new Set<string>(existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : []);
const began = performance.now();
const minutes = () => `${((performance.now() - began) / 60_000).toFixed(1).padStart(5)} min`;
const say = (line: string) => console.log(`${minutes()}  ${line}`);

if (!existsSync(imageIn(folder).disk)) {
  say(`image: ${values.system} from packages`);
  if (system.computer === AMD64)
    await makeImage(folder, system, { mirror: values.mirror, bare: values.bare });
  else await makeForeignImage(folder, system, values.mirror);
} else if (values.renew) {
  say('image: the sources as they are now, and what is built of them');
  await renewImage(folder);
}
if (values.vagrant) {
  await vm.stop();
  say(`vagrant: ${chosen.why}`);
  process.exit(await tryVagrant(folder, chosen.kind));
}
if (values.programs) {
  await vm.stop();
  process.exit(await tryPrograms(folder, only.labs));
}
say(`boot: ${chosen.why}`);
const failed: string[] = [];
let passed = 0;
try {
  say(`boot: ${await vm.start()}`);
  for (const stage of STAGES) {
    if (positionals.length > 0 ? !positionals.includes(stage.name) : done.has(stage.name)) continue;
    say(`${stage.name}: ${stage.what}`);
    const start = performance.now();
    const took = () => `${((performance.now() - start) / 1000).toFixed(0)} s`;
    try {
      await stage.run(vm, (line) => say(`  ${line}`), only);
      done.add(stage.name);
      passed += 1;
      say(`  passed in ${took()}`);
    } catch (error) {
      failed.push(stage.name);
      done.delete(stage.name);
      say(`  FAILED after ${took()}: ${(error as Error).message}`);
      if (stage.needed) break;
    }
    writeFileSync(record, JSON.stringify([...done]));
  }
} finally {
  if (!values.keep) await vm.stop();
}
console.log(
  `${passed} passed, ${failed.length} failed${failed.length === 0 ? '' : `: ${failed.join(', ')}`}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
