import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../core/ports.ts';
import { kernelDefault } from '../../core/state/kernel-defaults.ts';

/** The settings that new namespaces inherit and that the VM has changed from the kernel's own values. */
export async function inheritedFinding(conf = '/proc/sys/net/ipv4/conf'): Promise<Finding> {
  const values: Record<string, string> = {};
  for (const place of ['all', 'default']) {
    for (const name of await readdir(join(conf, place)).catch(() => [] as string[])) {
      // Some may be read by root only.
      const text = await readFile(join(conf, place, name), 'utf8').catch(() => null);
      if (text !== null) values[`net.ipv4.conf.${place}.${name}`] = text.trim();
    }
  }
  const differing = Object.entries(values)
    .map(([key, value]) => ({ key, value, own: kernelDefault(key) }))
    .filter(({ value, own }) => own !== null && own !== value)
    .map(({ key, value, own }) => `${key}=${value} (${own})`);
  return {
    ...{ area: 'kernel', name: 'settings', required: false, cure: null },
    status: differing.length === 0 ? 'ok' : 'info',
    detail:
      differing.length === 0
        ? "net.ipv4.conf: the kernel's own values"
        : `not the kernel's own, in brackets: ${differing.join(', ')}; machines begin with the kernel's own all the same`,
  };
}
