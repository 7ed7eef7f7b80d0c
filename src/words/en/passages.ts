import type { Ladder } from '../../core/explain/words.ts';

/** What the kernel does with a packet between its tables: translation, sockets, queues. */
export const passages = {
  'loopback-only': {
    what: [
      '{node} sends the packet out by {leaves} with the source {address}, a loopback address: every other node throws it away.',
      '{address} is a loopback address: {node} lets no packet with it as {side} come in or go out by {link} ({key} is 0).',
    ],
    why: 'Addresses of 127.0.0.0/8 are valid inside one node. A translation to or from one of them changes nothing about that; only route_localnet does.',
    where: [
      '`{exec}iptables -t nat -S POSTROUTING` shows what gives packets that leave by {leaves} another source.',
      '`{exec}sysctl {key}` shows the setting.',
    ],
    idea: [
      'Give what leaves by {leaves} an address of its own (masquerade).',
      'Let the program listen on an address of the wire; or set route_localnet for {link}, and give what leaves an address of its own (masquerade).',
    ],
  },
  'no-free-port': {
    what: 'All ports that `{rule}` in {node} may use are taken: {ports}.',
    why: 'Two connections to the same destination must differ in source address or port. Where a translation has no port left, the kernel drops the packet that begins a connection.',
    where: '`{exec}conntrack -L` lists the connections; each holds a port.',
    idea: 'Let the rule use more ports.',
  },
  'other-zone': {
    what: '{node} follows the request in conntrack zone {zone}, the reply in zone {other}. That zone has no such connection, so the translation is not undone.',
    why: 'Every zone has connections of its own. A packet is looked up in the zone that a CT rule gave it; without a rule it is zone 0.',
    where: '`{exec}iptables -t raw -S` shows the rules that choose a zone.',
    idea: 'Give both directions the same zone, or none.',
  },
  'proxy-unrouted': {
    what: '`{rule}` in {node} gives the packet to the socket on port {port} (TPROXY) and marks it {mark}, but no rule of the routing policy takes what has this mark in: it is routed on.',
    why: 'TPROXY leaves the destination address as it is. The packet comes to the socket only if routing takes it for local, which a rule for the mark and a local route in its table do.',
    where: '`{ip} rule` lists the rules, `{ip} route show table all type local` the local routes.',
    idea: 'Add a rule for the mark, and a local route for everything to the table it leads to.',
  },
  'proxy-unheard': {
    what: '`{rule}` in {node} drops the packet: it is for the socket on port {port} (TPROXY), and no transparent socket listens there.',
    why: 'TPROXY looks for a socket that was opened with IP_TRANSPARENT. Where there is none, the packet is dropped.',
    where: '`{exec}ss -ltnp` lists the listening sockets.',
    idea: 'Start the proxy, or take the rule away.',
  },
  'queue-full': {
    what: 'The queue of {link} in {node} ({queue}) drops the packet.',
    why: 'A queueing discipline passes so much in a time, and keeps so much waiting; what is beyond that it drops.',
    where: '`{exec}tc -s qdisc show dev {link}` shows its limits and how many packets it has dropped.',
    idea: 'Give the queue a higher rate or limit, or remove it.',
  },
  'kernel-drop': {
    what: [
      'The kernel of {node} drops it: {meaning} ({word}).',
      'The kernel of {node} drops it, and calls the reason {word}.',
    ],
    why: 'The kernel gives a reason for every packet it throws away (enum skb_drop_reason).',
    where: '`{exec}nstat` shows which counters have moved.',
    idea: 'Look for {word} among the drop reasons of the kernel: its name says which test the packet failed.',
  },
} as const satisfies Record<string, Ladder>;
