import { hash32 } from '../control/names.ts';
import { CorefileError, type Plugin, parseCorefile, type ServerBlock, zoneOf } from './corefile.ts';
import {
  type ClusterZone,
  clusterRecords,
  type Record,
  type RecordSources,
  reverseRecords,
} from './records.ts';

/** The facts that a stand-in's pod has besides the objects. */
export interface Surroundings {
  corefile: string;
  /** The pod's own. */
  resolvConf: string;
  /** The address of the DNS service. */
  service: string;
}

/** No server answers there: unbound returns SERVFAIL at once. */
const nowhere = '255.255.255.255';

/** One thread, no validation, small caches: a server for a few pods. */
const fixed = [
  ...['chroot: ""', 'username: ""', 'pidfile: ""', 'use-syslog: no', 'logfile: ""', 'verbosity: 0'],
  ...['num-threads: 1', 'module-config: "iterator"', 'interface: 0.0.0.0', 'do-ip6: no'],
  ...['access-control: 0.0.0.0/0 allow', 'do-not-query-localhost: no', `do-not-query-address: ${nowhere}`],
  ...['outgoing-range: 64', 'num-queries-per-thread: 64', 'msg-cache-size: 256k', 'rrset-cache-size: 256k'],
  ...['msg-cache-slabs: 1', 'rrset-cache-slabs: 1', 'infra-cache-slabs: 1', 'infra-cache-numhosts: 100'],
  ...[
    'unblock-lan-zones: yes',
    'insecure-lan-zones: yes',
    'qname-minimisation: no',
    'minimal-responses: yes',
  ],
  ...['local-zone: "test." nodefault', 'local-zone: "invalid." nodefault', 'log-tag-queryreply: yes'],
].map((line) => `  ${line}`);

/** unbound.conf(5) that answers by the Corefile and the objects of the cluster. @throws {CorefileError} */
export function serverText(named: RecordSources, around: Surroundings): string {
  const blocks = parseCorefile(around.corefile);
  const plugins = blocks.flatMap((block) => block.plugins);
  const has = (name: string) => plugins.some((plugin) => plugin.name === name);
  const yes = (name: string) => (has(name) ? 'yes' : 'no');
  const cache = plugins.find(({ name }) => name === 'cache');
  const zones = blocks.flatMap((block) => clusterZones(block, around));
  const forwards = blocks.flatMap((block) => forwardZones(block, around));
  return [
    'server:',
    ...fixed,
    `  log-servfail: ${yes('errors')}`,
    `  log-replies: ${yes('log')}`,
    `  rrset-roundrobin: ${yes('loadbalance')}`,
    `  cache-max-ttl: ${cache === undefined ? 0 : Number(cache.args[0]) || 3600}`,
    ...zones.flatMap((zone) => zoneLines(zone, named)),
    ...blocks.flatMap(hostLines),
    // An ExternalName that stands for a name of the cluster is looked up here once more.
    ...zones.map(({ zone }) => forwardLines({ zone, to: ['127.0.0.1'] })),
    ...forwards.map(forwardLines),
    ...(forwards.some(({ zone }) => zone === '.') ? [] : [forwardLines({ zone: '.', to: [nowhere] })]),
    '',
  ].join('\n');
}

interface Served extends ClusterZone {
  reverse: boolean;
}

function clusterZones({ zones, plugins }: ServerBlock, { service }: Surroundings): Served[] {
  return plugins
    .filter(({ name }) => name === 'kubernetes')
    .flatMap((plugin) => {
      const named = plugin.args.length === 0 ? zones : plugin.args.map(zoneOf);
      const arpa = (zone: string) => zone.endsWith('.arpa.');
      const ttl = Number(optionOf(plugin, 'ttl')?.[0] ?? 5);
      if (!(ttl >= 0 && ttl <= 3600)) {
        throw new CorefileError(plugin.line, `ttl must be in range [0, 3600]: ${ttl}`);
      }
      return named
        .filter((zone) => !arpa(zone))
        .map((zone) => ({ zone, ttl, pods: podMode(plugin), server: service, reverse: named.some(arpa) }));
    });
}

function podMode(plugin: Plugin): ClusterZone['pods'] {
  const [mode = 'disabled'] = optionOf(plugin, 'pods') ?? [];
  if (mode === 'disabled' || mode === 'insecure' || mode === 'verified') return mode;
  throw new CorefileError(
    plugin.line,
    `wrong value for pods: ${mode},  must be one of: disabled, verified, insecure`,
  );
}

const optionOf = ({ options }: Plugin, name: string): string[] | undefined =>
  options.find(([first]) => first === name)?.slice(1);

function zoneLines(served: Served, named: RecordSources): string[] {
  const { zone, ttl, reverse } = served;
  const records = clusterRecords(named, served);
  const lines = [...records, ...(reverse ? reverseRecords(named, served) : [])].map(dataLine);
  const aliases = records.filter(({ type }) => type === 'CNAME');
  const serial = hash32(lines.join('\n'));
  return [
    `  local-zone: "${zone}" static`,
    `  local-data: "${zone} ${ttl} IN SOA ns.dns.${zone} hostmaster.${zone} ${serial} 7200 1800 86400 ${ttl}"`,
    // Only in a zone of this type does unbound follow an alias.
    ...aliases.map(({ name }) => `  local-zone: "${name}" redirect`),
    ...new Set(lines),
  ];
}

function dataLine({ name, ttl, type, data }: Record): string {
  return type === 'TXT'
    ? `  local-data: '${name} ${ttl} IN TXT "${data}"'`
    : `  local-data: "${name} ${ttl} IN ${type} ${data}"`;
}

/** Entries written in the Corefile itself; a file of hosts is not read. */
function hostLines({ zones, plugins }: ServerBlock): string[] {
  return plugins
    .filter(({ name }) => name === 'hosts')
    .flatMap(({ options }) => {
      const entries = options.filter(([first = '']) => /^\d+\.\d+\.\d+\.\d+$/.test(first));
      const falls = options.some(([first]) => first === 'fallthrough');
      return [
        ...(falls ? [] : zones.map((zone) => `  local-zone: "${zone}" static`)),
        ...entries.flatMap(([address = '', ...names]) =>
          names.map((name) => `  local-data: "${zoneOf(name)} 3600 IN A ${address}"`),
        ),
      ];
    });
}

interface Forward {
  zone: string;
  to: string[];
}

function forwardZones({ zones, plugins }: ServerBlock, { resolvConf }: Surroundings): Forward[] {
  return plugins
    .filter(({ name }) => name === 'forward')
    .flatMap((plugin) => {
      const [from = '.', ...to] = plugin.args;
      if (to.length === 0)
        throw new CorefileError(plugin.line, 'Wrong argument count or unexpected line ending');
      const servers = to.flatMap((each) => serversIn(each, plugin.line, resolvConf));
      const names = from === '.' ? zones : [zoneOf(from)];
      return names.map((zone) => ({ zone, to: servers.length === 0 ? [nowhere] : servers }));
    });
}

function serversIn(to: string, line: number, resolvConf: string): string[] {
  if (to === '/etc/resolv.conf')
    return [...resolvConf.matchAll(/^nameserver\s+(\d\S*)/gm)].map(([, each = '']) => each);
  const [, address, port] = /^(?:dns:\/\/)?(\d+\.\d+\.\d+\.\d+)(?::(\d+))?$/.exec(to) ?? [];
  if (address === undefined) throw new CorefileError(line, `not an IP address or file: "${to}"`);
  return [port === undefined ? address : `${address}@${port}`];
}

const forwardLines = ({ zone, to }: Forward): string =>
  ['forward-zone:', `  name: "${zone}"`, ...to.map((each) => `  forward-addr: ${each}`)].join('\n');
