/** `ipv4/conf/eth0.5/rp_filter` -> `net.ipv4.conf.eth0/5.rp_filter`, as sysctl(8) writes it. */
const keyOf = (path: string): string =>
  `net.${path.replaceAll('.', '\0').replaceAll('/', '.').replaceAll('\0', '/')}`;

/** The settings in the order of one read: the position of each, and its key. */
type Order = [at: number, key: string][];

/** Most nodes have the same settings: their keys are made once. By their paths. */
const orders = new Map<string, Order>();
const mostOrders = 64;

/** Keys in the order in which clients list them: the VM's own first, then link by link. */
export function sysctlsOf(settings: readonly [path: string, value: string][]): Record<string, string> {
  const paths = settings.map(([path]) => path).join('\n');
  let order = orders.get(paths);
  if (order === undefined) {
    if (orders.size >= mostOrders) orders.clear();
    order = orderOf(settings);
    orders.set(paths, order);
  }
  const sysctls: Record<string, string> = {};
  for (const [at, key] of order) sysctls[key] = settings[at]?.[1] ?? '';
  return sysctls;
}

function orderOf(settings: readonly [path: string, value: string][]): Order {
  return settings
    .map(([path], at) => ({ at, path, place: `${path.includes('/conf/') ? 1 : 0}${path}` }))
    .toSorted((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0))
    .map(({ at, path }) => [at, keyOf(path)]);
}

/** Lines `path:value`; of a setting of several lines the last one. No link's name has a colon. */
export function settingsIn(text: string): [path: string, value: string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)]] : [];
  });
}
