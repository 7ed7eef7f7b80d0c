import { sameAddress } from '../../../state/ip.ts';
import type { Observation } from '../../../state/observation.ts';
import { sameName } from '../../../text/slip.ts';
import type { Args } from './schema.ts';

/** The line of a file that is the entry, and the line that stands there in place of it. */
interface Sighting {
  found: string | null;
  near: string | null;
}

export function pathOf({ hosts, nsswitch, sysctl }: Args): string {
  if (hosts !== undefined) return '/etc/hosts';
  if (nsswitch !== undefined) return '/etc/nsswitch.conf';
  return sysctl === undefined ? '/etc/resolv.conf' : '/etc/sysctl.conf';
}

/** The file that is taken for it most easily. */
export const otherPath = (args: Args): string =>
  pathOf(args) === '/etc/hosts' ? '/etc/resolv.conf' : '/etc/hosts';

/** More files than these are not read to find one line. */
const mostFiles = 16;

/** The nodes with an /etc of their own, in which the line may have been typed by mistake. */
export function otherNodes(on: string, { nodes }: Observation): string[] {
  const others = Object.entries(nodes).flatMap(([name, { kind }]) =>
    name !== on && (kind === 'host' || kind === 'machine') ? [name] : [],
  );
  return others.length > mostFiles ? [] : others;
}

/** The entry as one would write it. */
export function lineOf({ hosts, nameserver, search, nsswitch, sysctl }: Args): string {
  if (hosts !== undefined) return `${hosts.address} ${hosts.name}`;
  if (nameserver !== undefined) return `nameserver ${nameserver}`;
  if (search !== undefined) return `search ${search}`;
  if (nsswitch !== undefined) return `hosts: ${nsswitch}`;
  return `${sysctl?.key} = ${sysctl?.value}`;
}

export function sight(wanted: Args, text: string): Sighting {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/[#;].*/, '').trim())
    .filter((line) => line !== '');
  const { hosts, nameserver, search, nsswitch, sysctl } = wanted;
  if (hosts !== undefined) return inHosts(lines, hosts);
  if (nameserver !== undefined)
    return inResolver(lines, ['nameserver'], (words) => sameAddress(words[0] ?? '', nameserver));
  if (search !== undefined)
    return inResolver(lines, ['search', 'domain'], (words) => words.some((one) => sameName(one, search)));
  if (nsswitch !== undefined) return inSwitch(lines, nsswitch);
  return sysctl === undefined ? { found: null, near: null } : inSettings(lines, sysctl.key, sysctl.value);
}

/** hosts(5): address, then its names. Of several lines with a name the first of its family counts. */
function inHosts(lines: readonly string[], { address, name }: { address: string; name: string }): Sighting {
  const family = (one: string) => one.includes(':');
  const named = lines.filter((line) => {
    const [own = '', ...names] = line.split(/\s+/);
    return names.some((one) => sameName(one, name)) && family(own) === family(address);
  });
  const first = named[0] ?? null;
  const same = first !== null && sameAddress(first.split(/\s+/)[0] ?? '', address);
  return same ? { found: first, near: null } : { found: null, near: first };
}

/** resolv.conf(5): every `nameserver` counts, of `search` and `domain` only the last. */
function inResolver(
  lines: readonly string[],
  keys: readonly string[],
  fits: (words: string[]) => boolean,
): Sighting {
  const written = lines.filter((line) => keys.includes(line.split(/\s+/)[0] ?? ''));
  const counting = keys.includes('search') ? written.slice(-1) : written;
  const found = counting.find((line) => fits(line.split(/\s+/).slice(1))) ?? null;
  return { found, near: found === null ? (counting.at(-1) ?? null) : null };
}

/** nsswitch.conf(5): the sources in their order; actions such as `[NOTFOUND=return]` are left out. */
function inSwitch(lines: readonly string[], order: string): Sighting {
  const line = lines.find((one) => /^hosts\s*:/.test(one)) ?? null;
  if (line === null) return { found: null, near: null };
  const fits = sourcesIn(line) === order.trim().split(/\s+/).join(' ');
  return fits ? { found: line, near: null } : { found: null, near: line };
}

/** `hosts: files dns [NOTFOUND=return]` -> `files dns`. */
export function sourcesIn(line: string): string {
  const sources = line.replace(/^hosts\s*:/, '').replace(/\[[^\]]*\]/g, ' ');
  return sources.trim().split(/\s+/).join(' ');
}

/** sysctl.conf(5): the last line with a key counts; slashes and dots are the same, a `-` in front is allowed. */
function inSettings(lines: readonly string[], key: string, value: string): Sighting {
  const dotted = (text: string) => text.replace(/^-/, '').trim().replaceAll('/', '.');
  const line = lines.findLast((one) => one.includes('=') && dotted(one.split('=')[0] ?? '') === dotted(key));
  if (line === undefined) return { found: null, near: null };
  const fits = (line.split('=')[1] ?? '').trim().split(/\s+/).join(' ') === value.trim();
  return fits ? { found: line, near: null } : { found: null, near: line };
}
