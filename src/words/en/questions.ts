import type { CheckArguments } from '../../core/check/check.ts';
import { rulePlace } from '../../core/explain/rule-place.ts';
import type { Questions } from '../../core/explain/words.ts';
import { entryQuestions } from './entries.ts';
import { wireQuestions } from './names.ts';

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
  command({ on, run, as, exit }) {
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
