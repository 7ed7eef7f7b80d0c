import type { CheckArguments } from '../../core/check/check.ts';
import { rulePlace } from '../../core/explain/rule-place.ts';
import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';
import { wireQuestions } from './names.ts';

/** Entries: of the kernel's tables, by the command that lists them, and lines of files. */
export const entries = {
  'entry-missing': {
    what: [
      '`{list}` in {node} shows no entry `{wanted}`.',
      'In {path} of {node} there is no line `{entry}`.[ That line is in {misplaced}, where no program looks for it.]',
    ],
    why: [
      'The kernel decides by what `{list}` shows, not by what was typed.',
      'Programs on {node} read this file, and only its own.',
    ],
    where: [
      '`{exec}{list}` lists the entries.',
      '`{exec}cat {path}` shows the file as programs on {node} see it.',
    ],
    idea: [
      'Make the entry `{wanted}` in {node} with `{maker}`.',
      'Make the entry `{wanted}` in {node}, or send the packet that makes it.',
      'Add the line to {file}. How it is spaced does not matter.',
    ],
  },
  'entry-present': {
    what: [
      '`{list}` in {node} shows the entry `{found}`; it should not be there.',
      '{path} of {node} has the line `{observed}`; it should not be there.',
    ],
    why: [
      'The kernel decides by what `{list}` shows, also after the rule or command that made the entry is gone.',
      'Programs on {node} believe what this file says.',
    ],
    where: [
      '`{exec}{list}` lists the entries.',
      '`{exec}cat {path}` shows the file as programs on {node} see it.',
    ],
    idea: ['Delete `{found}` from the table of {node}.', 'Take the line out of {file}.'],
  },
  'wrong-entry': {
    what: [
      '{property} in {node} has {found}; it should have {wanted}.',
      '`{list}` in {node} shows `{found}`; it should show `{wanted}`.',
      '{path} of {node} says `{observed}`; it should say `{entry}`.[ {slipText}][ That line is in {misplaced}, where no program looks for it.]',
    ],
    why: [
      'The kernel goes through the rules of `ip rule` by their priority; the first table that has a route for the packet decides. Here it is table {decider}.',
      'Both ends of a tunnel, and every interface on the path, must agree on such values: {property} works with {found}.',
      'The kernel decides by `{found}` as it is, until it is deleted or expires.',
      'Programs on {node} believe what this file says, whether it is true or not.',
    ],
    where: [
      '`{exec}ip rule` lists the rules, `{exec}ip route show table {decider}` the routes of the table that decided.',
      '`{exec}{list}` shows the values that {property} has.',
      '`{exec}{list}` lists the entries.',
      '`{exec}cat {path}` shows the file as programs on {node} see it.',
    ],
    idea: [
      'The route in table {decider} must go by {gateway}.',
      'Make a rule that sends this packet to the table with the right route before table {decider} is asked, or correct the route in table {decider}.',
      'Set the value that is wanted with `{set}` in {node}.',
      'This value cannot be changed later: delete {property} and add it again with {wanted}.',
      'Put right what makes the entry, delete `{found}`, and let the entry be made again.',
      'Change the line in {file}.',
    ],
  },
} as const satisfies Record<string, Ladder>;

export const entryPhrases = {
  neighbour: {
    expected: '{node} knows the MAC address of {address}.',
    negated: '{node} does not know the MAC address of {address}.',
    observed: 'Neighbour entry in {node}: {fact}.',
  },
  'conntrack-entry': {
    expected: '{node} tracks the flow `{wanted}`.',
    negated: '{node} tracks no flow `{wanted}`.',
    observed: 'Flow tracked in {node}: {fact}.',
  },
  'ip-rule': {
    expected: '{node} has the policy rule `{wanted}`.',
    negated: '{node} has no policy rule `{wanted}`.',
    observed: 'Policy rule in {node}: {fact}.',
  },
  fdb: {
    expected: 'The forwarding database of {node} has the entry `{wanted}`.',
    negated: 'The forwarding database of {node} has no entry `{wanted}`.',
    observed: 'Forwarding database of {node}: {fact}.',
  },
  vlan: {
    expected: 'In {node} `{list}` shows `{wanted}`.',
    negated: 'In {node} `{list}` does not show `{wanted}`.',
    observed: 'VLAN in {node}: {fact}.',
  },
  'route-get': {
    expected: 'In {node} `{list}` gives: {wish}.',
    negated: 'In {node} `{list}` does not give this way: {wanted}.',
    observed: '`{list}` in {node}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

const entryQuestions = {
  neighbour: ({ on, address, absent }) =>
    absent ? `${on} does not know ${address}` : `${on} knows ${address}`,
  'conntrack-entry': ({ on, protocol, source, destination, port, absent }) => {
    const from = source === undefined ? '' : ` from ${source}`;
    const to = destination === undefined ? '' : ` to ${destination}`;
    const which = `${protocol} flow${from}${to}${port === undefined ? '' : `, port ${port}`}`;
    return absent ? `${on} tracks no such ${which}` : `${on} tracks a ${which}`;
  },
  'ip-rule': ({ on, absent }) =>
    absent ? `the policy rule is gone from ${on}` : `${on} has the policy rule`,
  fdb: ({ on, mac, absent }) =>
    absent ? `no bridge or tunnel of ${on} knows ${mac}` : `a bridge or tunnel of ${on} knows ${mac}`,
  vlan: ({ on, dev, id, absent }) => `${dev} in ${on} is ${absent ? 'not ' : ''}in VLAN ${id}`,
  'route-get': ({ on, to, from, iif, mark, absent }) => {
    const packet = [
      from === undefined ? '' : ` from ${from}`,
      iif === undefined ? '' : ` that comes in by ${iif}`,
      mark === undefined ? '' : ` with mark ${mark}`,
    ].join('');
    return `${on} ${absent ? 'does not route' : 'routes'} a packet${packet} to ${to}${absent ? ' that way' : ''}`;
  },
} satisfies Partial<Questions>;

export const pathPhrases = {
  path: {
    expected: 'The path of a packet from {from} to {to}: {wish}.',
    negated: 'The path of a packet from {from} to {to}: {wish}.',
    observed: 'A packet from {from} to {to} went by {fact}.',
  },
  nat: {
    expected: '{at} translates a packet from {from} to {to}: {wish}.',
    observed: 'Translated at {at}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const questions: Questions = {
  netns: ({ name, absent }) => (absent ? `there is no namespace ${name}` : `there is a namespace ${name}`),
  link({ on, name, absent, kind, up, master, peer, mtu, parent, tunnel }) {
    if (absent) return `there is no ${name} on ${on}`;
    const parts = [
      kind === undefined ? '' : `of kind ${kind}`,
      up === undefined ? '' : up ? 'up' : 'down',
      master === undefined ? '' : `plugged into ${master}`,
      peer === undefined ? '' : `joined to ${peer}`,
      mtu === undefined ? '' : `of MTU ${mtu}`,
      parent === undefined ? '' : `made on ${parent}`,
      ...Object.entries(tunnel ?? {}).map(([key, value]) => `with ${key} ${value}`),
    ].filter(Boolean);
    return parts.length === 0 ? `${on} has ${name}` : `${name} on ${on} is ${parts.join(', ')}`;
  },
  address({ on, address, dev, absent }) {
    if (absent) return `${on} does not have ${address}`;
    return `${on} has ${address}${dev === undefined ? '' : ` on ${dev}`}`;
  },
  route: ({ on, to, absent }) => (absent ? `${on} has no route to ${to}` : `${on} has a route to ${to}`),
  ...entryQuestions,
  ...wireQuestions,
  sysctl: ({ on, key, value }) => `${key} = ${value} on ${on}`,
  rule({ on, like, absent }) {
    const { table, chain } = rulePlace(like);
    return absent
      ? `the rule is gone from ${table} ${chain} on ${on}`
      : `the rule is in ${table} ${chain} on ${on}`;
  },
  ping({ from, to, size, expect }) {
    const bytes = size === undefined ? '' : ` with ${size} bytes`;
    return `${from} ${expect === 'reply' ? 'reaches' : 'does not reach'} ${to}${bytes}`;
  },
  http({ from, url, expect, client }) {
    if (expect !== 'answer') return `${from} cannot open ${url}`;
    return `${from} opens ${url}${client === undefined ? '' : `, seen there as ${client}`}`;
  },
  seen: ({ from, to, at, source }) => `${at} sees ${source} when ${from} sends to ${to}`,
  path({ from, to, http, upstream, through, never, translated, source, symmetric, ends }) {
    const parts = [
      through === undefined ? '' : `by way of ${through.join(', ')}`,
      never === undefined ? '' : `never through ${never.join(', ')}`,
      translated === undefined ? '' : translation(translated),
      source === undefined ? '' : `coming to ${source.at} from ${source.address}`,
      symmetric ? 'and back the same way' : '',
    ].filter(Boolean);
    const asked = http ?? to;
    if (upstream !== undefined) {
      const at = ends === undefined ? 'gets there' : `ends at ${ends.at}`;
      return [`what the proxy ${upstream} sends on when ${from} asks ${asked} ${at}`, ...parts].join(', ');
    }
    const end = ends === undefined ? `gets to ${asked}` : `to ${asked} ends at ${ends.at}`;
    return [`a packet from ${from} ${end}`, ...parts].join(', ');
  },
  nat({ at, from, to, source, destination, port, seen }) {
    const changes = [
      destination === undefined && port === undefined ? '' : `destination ${endOf(destination, port)}`,
      source === undefined ? '' : `source ${source}`,
      seen === undefined ? '' : `seen at the other end as ${seen}`,
    ].filter(Boolean);
    return [`${at} translates what ${from} sends to ${to}`, changes.join(', ')].filter(Boolean).join(': ');
  },
  process({ on, pid, name, uid, has, lacks }) {
    const parts = [
      pid === undefined ? '' : `with PID ${pid} of its own`,
      uid === undefined ? '' : `as user ${uid}`,
      has === undefined ? '' : `with ${has.join(', ')}`,
      lacks === undefined ? '' : `without ${lacks.join(', ')}`,
    ].filter(Boolean);
    return [`${name === undefined ? 'a process' : `“${name}”`} runs on ${on}`, ...parts].join(', ');
  },
  command({ on, run, as, exit, means }) {
    if (means !== undefined) return means.en;
    const who = as === undefined ? '' : ` with the rights of “${as}”`;
    return `“${run}” ${exit === 0 ? 'works' : 'is refused'} on ${on}${who}`;
  },
  dns({ from, name, type, server, answer, referral, by, expect }) {
    const whom = server === undefined ? '' : ` ${server}`;
    const what = type === 'A' ? name : `the ${type} of ${name}`;
    const asks = `${from} asks${whom} for ${what}`;
    if (expect === 'name-unknown' || expect === 'record-missing') return `${asks}: there is none`;
    if (expect === 'name-server-refuses') return `${asks} and is refused`;
    if (expect !== 'answer') return `${asks} and gets no answer`;
    if (referral !== undefined) return `${asks} and is sent on to the servers of ${referral}`;
    const source = by === undefined ? '' : ` from ${by}`;
    return `${asks} and gets ${answer === undefined ? 'an answer' : answer.join(', ')}${source}`;
  },
  resolve({ from, name, address, libc, expect }) {
    const who = libc === 'musl' ? `a program of musl on ${from}` : from;
    if (expect !== 'answer') return `${who} does not find ${name}`;
    return `${who} finds ${name}${address === undefined ? '' : ` at ${address}`}`;
  },
  cached: ({ from, name, at }) => `${at} answers ${from} for ${name} from its cache`,
  file({ on, hosts, nameserver, search, nsswitch, sysctl, absent }) {
    const not = (does: string, doesNot: string) => (absent ? doesNot : does);
    if (hosts !== undefined)
      return `/etc/hosts on ${on} ${not('says', 'does not say')} that ${hosts.name} is ${hosts.address}`;
    if (nsswitch !== undefined)
      return `/etc/nsswitch.conf on ${on} ${not('asks', 'does not ask')} for hosts in the order ${nsswitch}`;
    if (sysctl !== undefined)
      return `/etc/sysctl.conf on ${on} ${not('sets', 'does not set')} ${sysctl.key} = ${sysctl.value}`;
    if (search !== undefined)
      return `/etc/resolv.conf on ${on} ${not('searches', 'does not search')} in ${search}`;
    return `/etc/resolv.conf on ${on} ${not('names', 'does not name')} the server ${nameserver}`;
  },
  listener({ on, protocol, port, address, process, absent }) {
    const where = `${protocol.toUpperCase()} port ${port} of ${address === undefined ? on : `${address} on ${on}`}`;
    return `${absent ? (process ? `no ${process}` : 'nothing') : (process ?? 'a program')} listens on ${where}`;
  },
  tcp: ({ from, to, port, expect }) =>
    expect === 'accepted'
      ? `${from} connects to ${to}, port ${port}`
      : `${from} cannot connect to ${to}, port ${port}`,
  tls({ from, to, port, name, trust, expect }) {
    if (expect !== 'accepted') return `${from} cannot open TLS to ${to}, port ${port}`;
    const wish = name === undefined ? 'a valid certificate' : `a valid certificate for ${name}`;
    return `${to} shows ${from} ${wish} on port ${port}${trust === undefined ? '' : `, trusted by ${trust}`}`;
  },
  distribution({ from, url, backends, spread, requests }) {
    const names = Object.keys(backends).join(', ');
    if (spread === 'one') return `the same one of ${names} answers ${from} for ${url} every time`;
    if (spread === 'every') return `each of ${names} answers ${from} for ${url}`;
    return `${requests} requests from ${from} for ${url} are spread over ${parts(backends)}`;
  },
};

/** `a, b, c`, with their weights where they differ: `a (2), b (1)`. */
function parts(backends: Record<string, number>): string {
  const equal = new Set(Object.values(backends)).size < 2;
  const one = ([name, weight]: [string, number]) => (equal ? name : `${name} (${weight})`);
  return Object.entries(backends).map(one).join(', ');
}

function translation(translated: NonNullable<CheckArguments['path']['translated']>): string {
  if (translated.length === 0) return 'not translated';
  return `translated at ${translated.map(({ at, chain }) => `${at} (${chain})`).join(', ')}`;
}

function endOf(address: string | undefined, port: number | undefined): string {
  return [address ?? '', port === undefined ? '' : `port ${port}`].filter(Boolean).join(', ');
}
