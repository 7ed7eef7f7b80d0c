import { readdirSync, readFileSync } from 'node:fs';
import { kernelDefault } from '../../core/state/kernel-defaults.ts';

/**
 * A new network namespace takes its IPv4 settings from the VM's first one, unless the VM says otherwise
 * (net.core.devconf_inherit_init_net, devinet_init_net in net/ipv4/devinet.c): with rp_filter 2 on Debian 13, with
 * ip_forward 1 where Docker runs. Machines begin alike everywhere, with the values the kernel itself begins with.
 */
export interface Setting {
  /** `all` or `default`, then the key: `default/rp_filter`. */
  name: string;
  own: string;
  /** The value that a namespace would inherit from the VM. */
  inherited: string;
}

const directory = '/proc/sys/net/ipv4/conf';

/** Cannot be written: a multicast router sets it. */
const readOnly = new Set(['mc_forwarding']);

/** A host that begins to forward, or ends, sets others with it (inet_forward_change): it comes first. */
const first = 'forwarding';

export type Values = Record<string, string | null>;

/**
 * @param inherited the settings of the VM's first namespace, by name. @param wanted in place of the kernel's
 *   own. Pure.
 */
export function settingsOf(inherited: Values, wanted: Values = {}): Setting[] {
  const keyOf = (name: string) => name.slice(name.indexOf('/') + 1);
  return Object.entries(inherited)
    .flatMap(([name, theirs]): Setting[] => {
      const own = wanted[name] ?? kernelDefault(`net.ipv4.conf.${name.replace('/', '.')}`);
      const same = own === null || theirs === null || own === theirs;
      return same || readOnly.has(keyOf(name)) ? [] : [{ name, own, inherited: theirs }];
    })
    .sort((a, b) => Number(keyOf(b.name) === first) - Number(keyOf(a.name) === first));
}

/**
 * The values that a namespace inherits from the VM now. Empty if the kernel gives each its own values (mode
 * 2, since Linux 5.1).
 */
export function inheritedValues(): Values {
  if (textOf('/proc/sys/net/core/devconf_inherit_init_net') === '2') return {};
  const names = ['all', 'default'].flatMap((scope) =>
    readdirSync(`${directory}/${scope}`).map((key) => `${scope}/${key}`),
  );
  return Object.fromEntries(names.map((name) => [name, textOf(`${directory}/${name}`)]));
}

/** The files below /proc, and their values, by which a namespace gets its own settings; it has no link but lo yet. */
export function settingsFiles(settings: readonly Setting[]): [file: string, value: string][] {
  return settings.flatMap(({ name, own }) => {
    const files = name.startsWith('default/') ? [name, name.replace('default', 'lo')] : [name];
    return files.map((file): [string, string] => [`sys/net/ipv4/conf/${file}`, own]);
  });
}

/** A script that does it in the namespace in which it runs. Empty where there is nothing to set. */
export function settingsScript(settings: readonly Setting[]): string {
  return settingsFiles(settings)
    .map(([file, value]) => `echo ${value} >/proc/${file}\n`)
    .join('');
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
