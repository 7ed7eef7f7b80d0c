import type { Form, Place } from './form.ts';
import { matchForms } from './match-forms.ts';
import type { Random } from './random.ts';
import { after, maybeNot, network, type Spellings } from './spelling.ts';
import { targetForms } from './target-forms.ts';

/** A part of a rule with the ways to write each of its options. */
export interface Piece {
  name: string;
  options: Spellings[];
  stateful: boolean;
  /** The same to the kernel, though iptables keeps it apart. */
  twin?: Pick<Piece, 'name' | 'options'>;
}

/** A rule of which every option still has all its spellings. */
export interface Draft extends Place {
  header: Spellings[];
  protocol: Spellings | undefined;
  /** A match that `-p` implies may stand without its `-m`. */
  implied: string | undefined;
  matches: Piece[];
  target: Piece | undefined;
}

export const CHAINS: Readonly<Record<string, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT', 'USER'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING', 'USER'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING', 'USER'],
  raw: ['PREROUTING', 'OUTPUT', 'USER'],
};

const PROTOCOLS: Readonly<Record<string, Spellings>> = {
  tcp: ['tcp', '6', 'TCP', '0x6'],
  udp: ['udp', '17'],
  icmp: ['icmp', '1'],
  'ipv6-icmp': ['ipv6-icmp', 'icmpv6', '58'],
  sctp: ['sctp', '132'],
  dccp: ['dccp', '33'],
  udplite: ['udplite', '136'],
  gre: ['gre', '47'],
};

const piece = (form: Form, r: Random, place: Place): Piece =>
  withTwin({
    name: form.name,
    options: form.options(r, place),
    stateful: form.stateful === true,
  });

/** `-m state` and conntrack, multiport in another order, NOTRACK and CT. */
function withTwin(p: Piece): Piece {
  const first = p.options[0] ?? [];
  if (p.name === 'state')
    return {
      ...p,
      twin: { name: 'conntrack', options: [first.map((s) => s.replace('--state', '--ctstate'))] },
    };
  if (p.name === 'NOTRACK') return { ...p, twin: { name: 'CT', options: [['--notrack']] } };
  if (p.name !== 'multiport') return p;
  const turned = first.map((s) => s.replace(/[^\s=]+$/, (ports) => ports.split(',').reverse().join(',')));
  return { ...p, twin: { name: p.name, options: [turned] } };
}

/** A rule the kernel takes. */
export function draft(r: Random, family: Place['family']): Draft {
  const table = r.pick(Object.keys(CHAINS));
  const place: Place = { family, table, chain: r.pick(CHAINS[table] as string[]) };
  const target = r.chance(95) ? r.pick(targetForms.filter((f) => f.fits?.(place) ?? true)) : undefined;
  const protocol = chooseProtocol(r, family, target);
  const allowed = matchForms.filter((f) => (f.fits?.(place) ?? true) && suits(f, protocol));
  const matches: Piece[] = [];
  if (target?.protocols?.includes('tcp-syn'))
    matches.push({ name: 'tcp', options: [['--syn']], stateful: false });
  for (let i = r.below(4); i > 0; i--) {
    const form = r.pick(allowed);
    if (!matches.some((m) => m.name === form.name)) matches.push(piece(form, r, place));
  }
  return {
    ...place,
    header: header(r, place),
    protocol: protocol === undefined ? undefined : after('-p', PROTOCOLS[protocol] as Spellings),
    implied: protocol === 'ipv6-icmp' ? 'icmp6' : protocol,
    matches,
    target: target && piece(target, r, place),
  };
}

const suits = (form: Form, protocol: string | undefined): boolean =>
  form.protocols === undefined || (protocol !== undefined && form.protocols.includes(protocol));

function chooseProtocol(r: Random, family: string, target: Form | undefined): string | undefined {
  if (target?.protocols) return target.protocols[0] === 'tcp-syn' ? 'tcp' : r.pick(target.protocols);
  if (r.chance(35)) return undefined;
  const icmp = family === 'ipv4' ? 'icmp' : 'ipv6-icmp';
  return r.pick(['tcp', 'tcp', 'udp', 'udp', icmp, 'sctp', 'dccp', 'udplite', 'gre']);
}

function header(r: Random, { family, chain }: Place): Spellings[] {
  const names = [['eth0'], ['docker0'], ['cali+'], ['v-net-0'], ['br-0123456789ab']];
  const parts: Spellings[] = [];
  if (r.chance(35)) parts.push(maybeNot(r, after(r.pick(['-s', '--source', '--src']), network(r, family))));
  if (r.chance(35))
    parts.push(maybeNot(r, after(r.pick(['-d', '--destination', '--dst']), network(r, family))));
  if (r.chance(20) && chain !== 'OUTPUT' && chain !== 'POSTROUTING')
    parts.push(maybeNot(r, after('-i', r.pick(names))));
  if (r.chance(20) && chain !== 'INPUT' && chain !== 'PREROUTING')
    parts.push(maybeNot(r, after('-o', r.pick(names))));
  if (r.chance(5) && family === 'ipv4') parts.push(maybeNot(r, ['-f', '--fragment']));
  return parts;
}

/** The freedom between two writings of one draft, beyond its options' spellings. */
export interface Freedom {
  /** Matches in another order than the draft's. */
  order?: readonly number[];
}

/** One way to write the draft, without command and chain. */
export function spell(r: Random, d: Draft, freedom: Freedom = {}): string {
  const matches = (freedom.order ?? d.matches.map((_, i) => i)).map((i) => d.matches[i] as Piece);
  const options = (p: Piece): string =>
    r
      .shuffle(p.options)
      .map((s) => r.pick(s))
      .join(' ');
  const bodies = matches.map((m) => {
    const text = options(m);
    // After `-m multiport` a bare `--dport` is short for `--dports`.
    const bare = m.name === d.implied && m.options.length > 0 && r.chance(50);
    return bare && !matches.some((other) => other.name === 'multiport') ? text : `-m ${m.name} ${text}`;
  });
  const parts = d.header.map((s) => r.pick(s));
  const target = d.target && `-j ${d.target.name} ${options(d.target)}`;
  // The protocol first: options of an implied match must come after it.
  const words = d.protocol ? [r.pick(d.protocol), ...bodies] : bodies;
  for (const part of parts) words.splice(r.below(words.length + 1), 0, part);
  return (target ? [...words, target] : words)
    .join(' ')
    .replace(/ +(?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*$)/g, ' ')
    .trim();
}
