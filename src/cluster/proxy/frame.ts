import { inCidr } from './networks.ts';
import { servesLocalhost, takingNodePorts } from './node-ports.ts';
import type { ProxyOptions } from './options.ts';
import { comment, TableWriter } from './table.ts';

export interface Tables {
  filter: TableWriter;
  nat: TableWriter;
}

/** A rule of a base chain, in the order in which the chain has them when kube-proxy has made them. */
export interface Jump {
  table: 'filter' | 'nat';
  chain: string;
  rule: string;
}

const isNew = '-m conntrack --ctstate NEW';
const portals = comment('kubernetes service portals');
const outside = comment('kubernetes externally-visible service portals');
const firewall = comment('kubernetes load balancer firewall');

/** The base chains' rules. kube-proxy puts each before those there, so the last it makes comes first. */
export function jumps(form: ProxyOptions['form']): Jump[] {
  const filter = (chain: string, ...parts: string[]): Jump => {
    return { table: 'filter', chain, rule: parts.join(' ') };
  };
  const today = form === '1.30';
  return [
    ...(today ? [filter('INPUT', '-j KUBE-FIREWALL'), filter('OUTPUT', '-j KUBE-FIREWALL')] : []),
    ...(today
      ? ['INPUT', 'FORWARD', 'OUTPUT'].map((chain) =>
          filter(chain, isNew, firewall, '-j KUBE-PROXY-FIREWALL'),
        )
      : []),
    ...(today
      ? [filter('INPUT', comment('kubernetes health check service ports'), '-j KUBE-NODEPORTS')]
      : []),
    filter('INPUT', isNew, outside, '-j KUBE-EXTERNAL-SERVICES'),
    filter('FORWARD', comment('kubernetes forwarding rules'), '-j KUBE-FORWARD'),
    filter('FORWARD', isNew, portals, '-j KUBE-SERVICES'),
    filter('FORWARD', isNew, outside, '-j KUBE-EXTERNAL-SERVICES'),
    filter('OUTPUT', isNew, portals, '-j KUBE-SERVICES'),
    { table: 'nat', chain: 'PREROUTING', rule: `${portals} -j KUBE-SERVICES` },
    { table: 'nat', chain: 'OUTPUT', rule: `${portals} -j KUBE-SERVICES` },
    {
      table: 'nat',
      chain: 'POSTROUTING',
      rule: `${comment('kubernetes postrouting rules')} -j KUBE-POSTROUTING`,
    },
  ];
}

/** The chains every node has, and the rules in them that no service changes. */
export function openTables(options: ProxyOptions): Tables {
  const [filter, nat] = [new TableWriter('filter'), new TableWriter('nat')];
  const today = options.form === '1.30';
  const mark = `0x${(2 ** options.masqueradeBit).toString(16)}`;
  for (const chain of ['KUBE-SERVICES', 'KUBE-EXTERNAL-SERVICES', 'KUBE-FORWARD', 'KUBE-PROXY-CANARY'])
    filter.declare(chain);
  for (const chain of ['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-POSTROUTING', 'KUBE-MARK-MASQ'])
    nat.declare(chain);
  nat.declare('KUBE-PROXY-CANARY');
  if (today)
    for (const chain of ['KUBE-NODEPORTS', 'KUBE-FIREWALL', 'KUBE-PROXY-FIREWALL']) filter.declare(chain);
  else nat.declare('KUBE-MARK-DROP');

  const unmarked = `-m mark ! --mark ${mark}/${mark}`;
  nat.add('KUBE-POSTROUTING', unmarked, '-j RETURN');
  nat.add('KUBE-POSTROUTING', `-j MARK --xor-mark ${mark}`);
  nat.add(
    'KUBE-POSTROUTING',
    comment('kubernetes service traffic requiring SNAT'),
    '-j MASQUERADE',
    options.randomFully ? '--random-fully' : null,
  );
  nat.add('KUBE-MARK-MASQ', `-j MARK --or-mark ${mark}`);

  if (today && servesLocalhost(options))
    filter.add(
      'KUBE-FIREWALL',
      comment('block incoming localnet connections'),
      '-d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP',
    );
  const forward = (text: string | null, match: string, target: string) =>
    filter.add('KUBE-FORWARD', text && comment(text), match, `-j ${target}`);
  const counter = today && options.nfacct ? ' -m nfacct --nfacct-name ct_state_invalid_dropped_pkts' : '';
  if (!today || !options.tcpLiberal) forward(null, `-m conntrack --ctstate INVALID${counter}`, 'DROP');
  forward('kubernetes forwarding rules', `-m mark --mark ${mark}/${mark}`, 'ACCEPT');
  for (const rule of today ? ['rule'] : ['pod source rule', 'pod destination rule'])
    forward(
      `kubernetes forwarding conntrack ${rule}`,
      '-m conntrack --ctstate RELATED,ESTABLISHED',
      'ACCEPT',
    );
  return { filter, nat };
}

const lastRule = 'kubernetes service nodeports; NOTE: this must be the last rule in this chain';

/** KUBE-SERVICES ends in the way to the node ports: by any address of the node, or by the chosen ones. */
export function closeServices(nat: TableWriter, options: ProxyOptions): void {
  const loopback = options.family === 'ipv4' ? '127.0.0.0/8' : '::1/128';
  const closed = options.form === '1.30' && !servesLocalhost(options);
  const addresses = takingNodePorts(options);
  const add = (...match: (string | null)[]) =>
    nat.add('KUBE-SERVICES', comment(lastRule), ...match, '-j KUBE-NODEPORTS');
  if (addresses === null) add('-m addrtype --dst-type LOCAL', closed ? `! -d ${loopback}` : null);
  else for (const address of addresses) if (!closed || !inCidr(address, loopback)) add(`-d ${address}`);
}
