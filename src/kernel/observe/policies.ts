import type { PolicyRule } from '../../core/state/observation.ts';

/** A rule in the words of `ip -j -d rule`: a word without a value is null. */
export interface IpRule {
  priority: number;
  not?: null;
  src?: string;
  srclen?: number;
  dst?: string;
  dstlen?: number;
  fwmark?: string;
  fwmask?: string;
  tos?: string;
  iif?: string;
  oif?: string;
  ipproto?: string;
  sport?: number;
  sport_start?: number;
  sport_end?: number;
  dport?: number;
  dport_start?: number;
  dport_end?: number;
  uid_start?: number;
  uid_end?: number;
  l3mdev?: null;
  tun_id?: string | number;
  table?: string;
  suppress_prefixlen?: number;
  action?: string;
  goto?: number;
  nop?: null;
}

export function policyOf(rule: IpRule, family: PolicyRule['family']): PolicyRule {
  return {
    family,
    priority: rule.priority,
    negated: rule.not === null,
    from: rule.src === undefined || rule.src === 'all' ? null : prefixOf(rule.src, rule.srclen, family),
    to: rule.dst === undefined || rule.dst === 'all' ? null : prefixOf(rule.dst, rule.dstlen, family),
    iif: rule.iif ?? null,
    oif: rule.oif ?? null,
    mark:
      rule.fwmark === undefined
        ? null
        : { value: Number(rule.fwmark), mask: Number(rule.fwmask ?? 0xffffffff) },
    tos: rule.tos === undefined ? null : Number(rule.tos),
    protocol: rule.ipproto ?? null,
    sourcePorts: ports(rule.sport, rule.sport_start, rule.sport_end),
    destinationPorts: ports(rule.dport, rule.dport_start, rule.dport_end),
    ...(rule.uid_start === undefined
      ? {}
      : { uids: [rule.uid_start, rule.uid_end ?? rule.uid_start] as [number, number] }),
    other: rule.l3mdev === null || rule.tun_id !== undefined,
    action: actionOf(rule),
    text: textOf(rule),
  };
}

function prefixOf(address: string, length: number | undefined, family: PolicyRule['family']): string {
  return `${address}/${length ?? (family === 'ipv4' ? 32 : 128)}`;
}

function ports(one: number | undefined, first: number | undefined, last: number | undefined) {
  if (one !== undefined) return [one, one] as [number, number];
  return first === undefined ? null : ([first, last ?? first] as [number, number]);
}

const refusing = ['prohibit', 'unreachable', 'blackhole'] as const;

function actionOf(rule: IpRule): PolicyRule['action'] {
  const type = refusing.find((one) => one === rule.action);
  if (type !== undefined) return { kind: 'refuse', type };
  if (rule.goto !== undefined) return { kind: 'goto', priority: rule.goto };
  if (rule.table === undefined) return { kind: 'nop' };
  return { kind: 'table', table: rule.table, suppressPrefix: rule.suppress_prefixlen ?? null };
}

/** As `ip rule` prints it. */
function textOf(rule: IpRule): string {
  const prefix = (address: string, length: number | undefined) =>
    length === undefined ? address : `${address}/${length}`;
  const range = (name: string, one?: number, first?: number, last?: number) =>
    one !== undefined ? [name, String(one)] : first === undefined ? [] : [name, `${first}-${last}`];
  const mark = rule.fwmask === undefined ? rule.fwmark : `${rule.fwmark}/${rule.fwmask}`;
  return [
    `${rule.priority}:`,
    ...(rule.not === null ? ['not'] : []),
    ...['from', prefix(rule.src ?? 'all', rule.srclen)],
    ...(rule.dst === undefined ? [] : ['to', prefix(rule.dst, rule.dstlen)]),
    ...(rule.tos === undefined ? [] : ['tos', rule.tos]),
    ...(mark === undefined ? [] : ['fwmark', mark]),
    ...(rule.iif === undefined ? [] : ['iif', rule.iif]),
    ...(rule.oif === undefined ? [] : ['oif', rule.oif]),
    ...(rule.uid_start === undefined ? [] : ['uidrange', `${rule.uid_start}-${rule.uid_end}`]),
    ...(rule.ipproto === undefined ? [] : ['ipproto', rule.ipproto]),
    ...range('sport', rule.sport, rule.sport_start, rule.sport_end),
    ...range('dport', rule.dport, rule.dport_start, rule.dport_end),
    ...(rule.goto !== undefined ? ['goto', String(rule.goto)] : []),
    ...(rule.table === undefined ? [] : ['lookup', rule.table]),
    ...(rule.suppress_prefixlen === undefined
      ? []
      : ['suppress_prefixlength', String(rule.suppress_prefixlen)]),
    ...(rule.action === undefined ? [] : [rule.action]),
  ].join(' ');
}
