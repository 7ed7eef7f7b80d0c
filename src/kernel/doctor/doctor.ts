import { access, readFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import type { Finding } from '../../core/ports.ts';
import { environment } from '../exec/run.ts';
import { lackingControllers } from '../machine/control-groups.ts';
import { probeFeature } from './features.ts';
import { features, programs } from './requirements.ts';

/** What this VM has and lacks: one row per program, kernel feature and limit. */
export async function doctor(): Promise<Finding[]> {
  return [...(await programFindings()), ...(await featureFindings()), ...(await limitFindings())];
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
        cure: state === 'missing' ? 'labs that require it are refused; a Debian kernel has it' : null,
      };
    }),
  );
}

async function limitFindings(): Promise<Finding[]> {
  const number = async (path: string) => Number(await readFile(path, 'utf8').catch(() => '0'));
  const namespaces = await number('/proc/sys/user/max_user_namespaces');
  const neighbours = await number('/proc/sys/net/ipv4/neigh/default/gc_thresh3');
  const memory = Math.round(freemem() / 2 ** 20);
  const lacking = await lackingControllers();
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

function limit(name: string, ok: boolean, required: boolean, detail: string, cure: string | null): Finding {
  const status = ok ? 'ok' : required ? 'missing' : 'warning';
  return { area: 'limit', name, status, required, detail, cure: ok ? null : cure };
}

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
