/** `ipv4/conf/eth0.5/rp_filter` -> `net.ipv4.conf.eth0/5.rp_filter`, as sysctl(8) writes it. */
const keyOf = (path: string): string =>
  `net.${path.replaceAll('.', '\0').replaceAll('/', '.').replaceAll('\0', '/')}`;

/** Keys in the order in which they are told to people: the VM's own first, then link by link. */
export function sysctlsOf(settings: readonly [path: string, value: string][]): Record<string, string> {
  const place = ([path]: [string, string]) => `${path.includes('/conf/') ? 1 : 0}${path}`;
  const sorted = settings.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
  return Object.fromEntries(sorted.map(([path, value]) => [keyOf(path), value]));
}

/** Lines `path:value`; of a setting of several lines the last one. No link's name has a colon. */
export function settingsIn(text: string): [path: string, value: string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)]] : [];
  });
}
