import { access, readdir, readFile, stat } from 'node:fs/promises';
import { freemem } from 'node:os';
import type { Finding } from '../../core/ports.ts';
import { environment } from '../exec/launch.ts';
import { lackingControllers } from '../place/control-groups.ts';
import { appArmorFinding } from './apparmor.ts';
import { probeFeature } from './features.ts';
import { inheritedFinding } from './inherited.ts';
import { type Feature, features, programs } from './requirements.ts';

/**
 * The state of this VM: one row per program, kernel feature and limit; `unseen` marks a row that only root
 * can read.
 */
export async function doctor(): Promise<Finding[]> {
  const appArmor = await appArmorFinding(programs.map(({ program }) => program));
  return [
    ...(await programFindings()),
    ...(process.getuid?.() === 0 ? await featureFindings() : features.map(unseenFeature)),
    ...(appArmor === null ? [] : [appArmor]),
    await inheritedFinding(),
    ...(await limitFindings()),
  ];
}

async function programFindings(): Promise<Finding[]> {
  return Promise.all(
    programs.map(async ({ program, package: from, required }): Promise<Finding> => {
      const path = await which(program);
      return {
        ...{ area: 'program', name: program, required, status: path === null ? 'missing' : 'ok' },
        detail: path ?? 'not found',
        cure: path === null ? `apt-get install ${from}` : null,
      };
    }),
  );
}

async function which(program: string): Promise<string | null> {
  for (const directory of environment.PATH.split(':')) {
    const path = `${directory}/${program}`;
    if (await there(path)) return path;
  }
  return null;
}

async function featureFindings(): Promise<Finding[]> {
  return Promise.all(
    features.map(async (feature): Promise<Finding> => {
      const { state, words } = await probeFeature(feature);
      const details = {
        works: 'works',
        loadable: 'its module is loaded when a lab requires it',
        missing: words,
      };
      return {
        ...{ area: 'kernel', name: feature.name, required: feature.required },
        status: state === 'missing' ? 'missing' : 'ok',
        detail: details[state] || 'does not work',
        cure:
          state === 'missing'
            ? `labs that require it are refused; ${feature.cure ?? 'a Debian kernel has it'}`
            : null,
      };
    }),
  );
}

/** Tried in namespaces, which only root may make everywhere. */
function unseenFeature({ name, required }: Feature): Finding {
  return {
    ...{ area: 'kernel', name, required, status: 'unseen' },
    ...{ detail: 'not looked at', cure: 'sudo hoplab doctor' },
  };
}

async function limitFindings(): Promise<Finding[]> {
  const number = async (path: string) => Number(await readFile(path, 'utf8').catch(() => '0'));
  const namespaces = await number('/proc/sys/user/max_user_namespaces');
  const neighbours = await number('/proc/sys/net/ipv4/neigh/default/gc_thresh3');
  const instances = await number('/proc/sys/fs/inotify/max_user_instances');
  const memory = Math.round(freemem() / 2 ** 20);
  const lacking = await lackingControllers();
  const pressure = await writtenByAll('/proc/pressure');
  return [
    limit(
      'user-namespaces',
      namespaces >= 100,
      true,
      `${namespaces} allowed`,
      'sysctl user.max_user_namespaces=1000',
    ),
    limit('neighbours', neighbours >= 1024, false, `${neighbours} in all namespaces together`, null),
    limit(
      'inotify',
      instances >= 256,
      false,
      `${instances} instances for each user; the daemon is one user, each machine another`,
      'sysctl fs.inotify.max_user_instances=512',
    ),
    limit(
      'pressure',
      pressure.length === 0,
      false,
      pressure.length === 0
        ? '/proc/pressure: no learner may ask the kernel to watch it'
        : `a learner may have the kernel watch ${pressure.join(', ')} with a real-time priority`,
      `chmod o-w ${pressure.join(' ')} (scripts/up does it where systemd runs)`,
    ),
    limit(
      'memory',
      memory >= 256,
      false,
      `${memory} MiB free`,
      'a machine takes about 3 MiB, its files up to 64 MiB',
    ),
    limit(
      'cgroup',
      lacking.length === 0,
      false,
      lacking.length === 0
        ? 'each machine has a control group (v2): memory, processes, share of the CPU'
        : `cgroup v2 has no ${lacking.join(', ')}: memory and CPU of a machine are not limited`,
      'boot with cgroup v2 alone: systemd.unified_cgroup_hierarchy=1 on the kernel command line',
    ),
  ];
}

/** The files there that everybody may write. */
async function writtenByAll(directory: string): Promise<string[]> {
  const paths = (await readdir(directory).catch(() => [])).map((name) => `${directory}/${name}`);
  const modes = await Promise.all(paths.map(async (path) => (await stat(path)).mode));
  return paths.filter((_, place) => ((modes[place] ?? 0) & 0o002) !== 0);
}

function limit(name: string, ok: boolean, required: boolean, detail: string, cure: string | null): Finding {
  const status = ok ? 'ok' : required ? 'missing' : 'warning';
  return { area: 'limit', name, status, required, detail, cure: ok ? null : cure };
}

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
