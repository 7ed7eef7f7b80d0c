import type { Ladder } from '../../core/explain/words.ts';

/** Why a reply finds no way back; the end of a trace has said before that none came. */
export const unrouted = [
  '{node} has {own} on {link}, but the route to {network} that came with it is gone.',
  '{node} has no route to {dst}. In {turn} the reply left the path that the request took.',
  '{node} has no route to {dst}.[ A rule of {translator} nearly gives it another source: `{nearly}`; `{condition}` keeps it from matching.][ {translator} has no interface {misnamed}.]',
] as const;

/** The IP layer: where does a node send a packet, and does it pass it on? */
export const routes = {
  'no-route': {
    what: [
      '{node} has no route to {dst}, the address of the Service {service} (namespace {serviceNamespace}). No interface has it: only the nodes of the cluster have rules for it, {proxyNode} among them.',
      '{node} has no route to {dst}: its route `{thrown}` ends the search in that table.',
      '{node} has no route to {dst}: table {passedOver} has `{hidden}`, but the rule `{jump}` of the routing policy leads past that table.',
      '{node} has no route to {dst}: table {passedOver} has `{hidden}`, but no rule of the routing policy has the packet take it.',
      '{node} has no route to the group {group}. Groups need one as other addresses do: the default route, or one that names the interface.',
      '{node} has no route to {dst}. So no packet reaches `{rule}`, which would send it to {translated}: the kernel looks for a route first.',
      '{node} has no route to {dst}: {own} is on {link}, but the route to {network} that came with it is gone.',
      '{node} has no route to {dst}. Its route `{single}` is for that one address alone: without a prefix length it does not mean the network {network}.',
      '{node} has no route to {dst}. Its route `{astray}` leads to a network that no node is in; compare it with {network}.',
      '{node} has no route to {dst}. {idle}, the interface that leads to the router {idleGateway}, is down; the routes by it went with it.',
      '{node} has no route to {dst}. Its address {strange} on {strangeLink} is in a network that no other node on this wire is in; the others are in {wireNetwork}.',
      '{node} has no route to {dst}.',
    ],
    why: 'A node sends only where its routing table has a route. Without a route the send fails at once: Network is unreachable.',
    where: [
      '`{ip} rule` lists the rules of the routing policy, `{ip} route show table {passedOver}` the routes that they pass over.',
      '`{ip} route` shows the routing table; `{ip} route get {dst}` asks it for this destination.',
    ],
    idea: [
      'Delete the route `{thrown}` in {node}: the tables behind it are then asked.',
      'Delete the rule `{jump}`, or let it lead to one in front of that of table {passedOver}.',
      'Add a rule that looks up table {passedOver}, as every node has it from the start (32766).',
      'Add a route in {node} to {group}, by the interface on whose wire the members are.',
      'Add a route in {node} to {dst}, by the interface that leads to {translated}: any such route will do.',
      'Make the route to {network} again: straight to {link}, with {own} as its source.',
      'Add a route in {node} to the network of {dst} by way of {gateway}.',
      'Add a route in {node} to {dst} straight to {onWire}: the node with that address is on this wire, but in none of the networks of {node}.',
      'Set {idle} up in {node}, and add the routes by it again.',
      'Give {strangeLink} of {node} an address in {wireNetwork}, the network of the others on this wire, and add its routes again.',
      'Add a route in {node} to the network of {dst}, or a default route, by way of a gateway that {node} reaches.',
    ],
  },
  'route-present': {
    what: '{node} has a route to {dst}; it should not: `{route}`.',
    why: 'Packets take this route as long as it is in the table.',
    where: '`{ip} route get {dst}` shows the route that decides.',
    idea: 'Delete that route.',
  },
  'route-refuses': {
    what: [
      'Rule {priority} of the routing policy of {node} refuses packets to {dst}: `{route}`.',
      'A route of {node} refuses packets to {dst}: `{route}`.',
    ],
    why: 'Routes of type unreachable, prohibit and blackhole do not send a packet on: the packet ends there.',
    where: [
      '`{ip} rule` lists the rules; {priority} is asked before those with larger numbers.',
      '`{ip} route show table all` shows the type at the beginning of the line.',
    ],
    idea: [
      'Delete rule {priority}, or put one before it that finds a route for these packets.',
      'Delete that route, or add one that is more specific.',
    ],
  },
  'wrong-gateway': {
    what: [
      '{node} sends to {dst} by way of {via}, which is {owner}: not a router.[ It has routes to other networks, and none to {lacking}.]',
      '{node} sends to {dst} by way of {self}, which is its own address; it should be {gateway}.',
      '{node} sends to {dst} by way of {via}; it should be {gateway}.',
      '{node} sends to {dst} straight onto the wire (`{route}`); it should go by way of {gateway}.',
    ],
    why: [
      'A gateway passes packets on to another network. {owner} has a single interface, so it cannot pass them on.',
      'The gateway decides which way packets take. Through {via} they take another path, or none.',
      'Without a gateway (`{route}`) a node asks the wire itself who has an address there. {gateway} is a router on this wire; those it leads to are not on it.',
    ],
    where: [
      '`{ip} route show table {routeTable}` shows the route, `{ip} rule` the packets that are looked up there.',
      '`{ip} route get {dst}` shows the gateway after `via`.',
    ],
    idea: [
      'Add a route to {lacking} by way of a router that leads there; the default route may be right for all the rest.',
      'The packet takes the {defaultRoute} route. If that is right for all other addresses, add a route to {specific} by way of {gateway}; if not, replace it.',
      'The packet takes the route to {destination}. If that is right for all other addresses, add a route to {specific} by way of {gateway}; if not, replace it.',
      'Replace the route: the gateway must be {gateway}.',
      "Replace the route's gateway by the router's address on this wire.",
    ],
  },
  'wrong-device': {
    what: [
      '{node} has its address on {observed}, which is a port of the bridge {bridge}.',
      '{wrong} is on {observed} in {node}; it should be on {expected}.',
      '{node} sends to {dst} by {observed}; it should go by {expected}.',
    ],
    why: [
      'A packet leaves by the interface the table names. What comes in by a port belongs to its bridge ({bridge}), so replies never reach the port.',
      'An address makes the route to its network by the interface it is on. With {wrong} on {observed}, {node} looks for its neighbours there.',
      'A packet leaves by the interface the table names. A host that is not behind {observed} never receives it.',
    ],
    where:
      '`{ip} -br addr` shows which interface has which address, `{ip} route` which interface each route uses.',
    idea: ['Put the address on the bridge {bridge} instead.', 'Use {expected} instead of {observed}.'],
  },
  'forwarding-off': {
    what: '{node} does not forward packets: {key} is 0.[ {forLater} is 1, but counts only for interfaces that are made later.]',
    why: 'Linux silently drops packets for other hosts unless IP forwarding is on.',
    where: '`{exec}sysctl {key}` shows the setting.',
    idea: 'Turn IP forwarding on in {node}.',
  },
  'routing-loop': {
    what: 'Packets to {dst} loop: {nodes}.',
    why: 'Each router sends the packet to the other until its time to live (TTL) is used up.',
    where: '`{ip} route get {dst}` in each of them shows where it sends the packet.',
    idea: 'Correct the route of the router that sends the packet back.',
  },
  'reply-not-routed': {
    what: [
      `The request arrives, but the reply does not come back: ${unrouted[0]}`,
      `The request arrives, but the reply does not come back: ${unrouted[1]}`,
      `The request arrives, but the reply does not come back: ${unrouted[2]}`,
    ],
    why: 'Every conversation needs a path in each direction. The receiver replies to the source address it saw, so it must have a route there.',
    where:
      '`{ip} route get {dst}` in {node} fails; tcpdump there shows requests coming in and no replies going out.',
    idea: [
      'Make the route to {network} again: straight to {link}, with {own} as its source.',
      'In {turn} the reply leaves the path that the request took: give {turn} a route to {turnNetwork} through {turnBack}, from where the request came.',
      'Give {node} a route to {dst} straight to {onWire}: the node with that address is on this wire, but in none of the networks of {node}.',
      'Give {node} a route to {dst}, or let {router} put its own address in place of {network} (masquerade), to which {node} has a route.',
      'Give {node} a route to {dst}, or let the router put its own address there (masquerade).',
    ],
  },
  'rp-filter': {
    what: [
      '{node} drops packets from {source} that come in by {link}[, its question for {question} too]: its route back to {source} goes out by {wayDev}. With their mark {mark} it would be {link}, but the reverse path filter does not look at marks ({validMark} is 0).',
      '{node} drops packets from {source} that come in by {link}[, its question for {question} too]: its route back to {source} goes out by {wayDev} (reverse path filter).',
      '{node} drops packets from {source} that come in by {link}[, its question for {question} too]: it has no route back to {source} (reverse path filter).',
    ],
    why: [
      'rp_filter is {observed} for {link}: a packet from {source} may come in only by {wayDev}, through which {node} would reply. On any other interface the kernel treats its source as forged.',
      'rp_filter is {observed} for {link}: the kernel treats a packet as forged if the node has no route to its source. Without the filter the packet would come in, but its reply would have no route.',
    ],
    where:
      '`{exec}sysctl {key}` shows the setting, `{ip} route get {source}` the route back. The larger of `all` and the interface counts.',
    idea: [
      'Make packets from {source} come in by {wayDev}, or loosen the filter of {link} in {node}: 2 accepts any route back.',
      'Give {node} a route to {source}, or let {router} put its own address in place of {network} (masquerade), to which {node} has a route.',
      'Give {node} a route to {source}.',
    ],
  },
  'wrong-value': {
    what: [
      '{node} answers no echo request to a group or a broadcast address ({group}): {key} is {observed}.',
      '{key} in {node} is {observed}; it should be {expected}.[ In {elsewhere} it is {expected}: was it typed there?][ {otherFamily} is 1, but IPv4 and IPv6 have a setting each.][ {forLater} is {expected}, but counts only for interfaces that are made later.]',
    ],
    why: [
      'One echo request to {group} would make every node there answer. Linux ignores such requests in IPv4 unless it is told to answer them.',
      'Kernel settings of the network belong to one namespace each: set elsewhere they change nothing here.',
    ],
    where: '`{exec}sysctl {key}` shows the value.',
    idea: 'Set {key} to {expected} in {node}.',
  },
} as const satisfies Record<string, Ladder>;

/** Addresses and neighbours on a wire. */
export const addresses = {
  'no-address': {
    what: [
      '{node} has no IPv6 on {tight}: its MTU is {tightMtu}, and IPv6 needs 1280. So the interface has no IPv6 address, and the kernel has removed those it had.',
      "{node} has no address on {link}: {onLo} is on {lo}. There all of that network is the node's own, and no packet for it leaves.",
      '{node} has no IPv6 on {link}: {disabledKey} is 1. So the interface has no IPv6 address, and the kernel has removed those it had.',
      '{node} has no address on {link}; {knownBy} still has the MAC address of {link} as that of {address}.',
      '{address} is not in {node}; {link} has {instead} in its place, which {elsewhere} has as well.',
      '{address} is not on {link} in {node}.[ It is on {elsewhere}.][ {link} has {beside}.]',
      '{address} is not in {node}.[ It is on {elsewhere}.]',
      '{node} has no address to send from but the link-local one of {link}, {local}; {router} does not forward packets from it.',
      '{node} has no address on {link} but the link-local one, {local}.',
      '{node} has no address on {link}, the interface that leads to {towards}.',
      '{node} has no address on any interface but the loopback.',
    ],
    why: [
      'With disable_ipv6 ({disabledKey}) an interface neither sends nor takes IPv6 packets, and no IPv6 address can be added to it.',
      'A link-local address ({local}) is valid on its own wire only: it reaches neighbours, but makes no route to a network, and no router forwards packets from it.',
      'Without an address a node has no route to its own network, cannot send, and cannot get a reply.',
    ],
    where: [
      '`{exec}sysctl {disabledKey}` shows the setting, `{ip} -br addr` the addresses of {node}.',
      '`{ip} -br addr` lists the addresses of {node}.',
    ],
    idea: [
      'Give {tight} in {node} an MTU of at least {wider}, then add the addresses and routes of {tight} again.',
      'Move {onLo} from {lo} to {link}.',
      'Set {disabledKey} to 0 in {node}, then add the addresses and routes of {link} again.',
      'Remove {instead} from {link} first: when the first address of a network is removed, the others go with it. Then add {address}.',
      'Remove {misplaced} from {there}, and add {address} to {link} in {node}.',
      'Add {address} to {link} in {node}, with its prefix length.[ If {beside} is mistyped, remove it.]',
      'Add {address} to the right interface of {node}, with its prefix length.',
      'Add an address of its network to {link} in {node}, beside {local}, with its prefix length. An interface that goes down loses its IPv6 addresses, unless its keep_addr_on_down is 1.',
      'Give {node} an address on the interface to the others, with its prefix length.',
    ],
  },
  'address-present': {
    what: '{wrong} is on {link} in {node}; it should not be there.',
    why: 'A node answers for every address it has, and makes a route for its network.',
    where: '`{ip} -br addr` lists the addresses of {node}.',
    idea: 'Remove the address from {link}.',
  },
  'wrong-prefix': {
    what: '{node} has {wrong} on {link}; it should be {expected}.',
    why: 'The prefix length says which addresses are on the same wire. Left out it is the longest there is (/32, in IPv6 /128): a network of one address, without a route to any other.',
    where: '`{ip} -br addr` shows the prefix length, `{ip} route` the network that the kernel makes of it.',
    idea: 'Remove {wrong} and add the address again with its prefix length: {expected}.',
  },
  'duplicate-address': {
    what: [
      '{node} drops the packet: its source {address} is an address of {node} itself. {router} sent it back to where it came from: `{turned}`.',
      '{node} drops the packet, for its source {address} is an address of {node} itself. A rule of {router} gave it this source: `{rule}`.',
      '{node} drops the packet, for its source {address} is an address of {node} itself: {forged}.',
      'More than one node has the address {address}: {nodes}.',
    ],
    why: [
      'A node takes no packet from outside with its own address as the source. {router} must also give it another source than {turnedTo}, so that the reply comes back by {router}.',
      'No packet can come to a node with the node itself as its source ({router} sent it): the kernel takes it for a forgery and drops it.',
      'No packet can come to a node with its own address {forged} as the source: the kernel takes it for a forgery and drops it.',
      'Each of them answers ARP requests for it, and packets go to the one that answered last.',
    ],
    where: [
      '`{routerExec}iptables -t nat -S` and `{routerExec}nft list ruleset` show `{turned}`.',
      '`{routerExec}iptables -t nat -S` shows the rule, `{ip} -br addr` the addresses of {node}.',
      '`{ip} -br addr` in each of them shows it.',
    ],
    idea: [
      'Let {router} put its own address in place of {turnedTo} as the source of packets that it sends back (masquerade).',
      'Let {router} translate to an address of its own.',
      'Keep {address} in one node and give the other its own.',
    ],
  },
  'neighbour-silent': {
    what: [
      '{node} has {address} on {unlisted}, but its table local has no route to it. So it does not take the address for its own, and does not answer for it.',
      '{node} has {address} on {detecting}, but does not use it: duplicate address detection is not done, or found another node with the address.',
      '{node} does not answer for {address}: it has no IPv6 on {link}, for {disabledKey} is 1. The kernel has removed the addresses that the interface had.',
      '{node} sends by way of {own}, its own address. So it asks on {link} for {address} itself, and no node answers.',
      '{node} sends by way of {gateway}, and no node on {link} answers for that address.[ The route has other next hops, for other connections: {otherHops}.][ It belongs to {elsewhere}, which this wire does not reach.][ {knownBy} still has the MAC address of {peer} as that of {former}, which is on no interface any more.][ On this wire {lacking} is the interface of a router, and has no address of this kind.][ {bare} has no IPv6 address but its link-local one: an interface that goes down loses the others, unless its keep_addr_on_down is 1.]',
      '{node} sends packets for {address} to its own loopback interface {looped}, by the prefix of another address there; but {address} itself is on no interface of {node}. So they come back to it, and it refuses them.[ The address belongs to {elsewhere}.]',
      '{node} asks on {link} for {address}, a neighbour there by {wrongWire} on {link}. But {elsewhere}, which has it, is on the wire of {rightWire}. So no node answers.[ {rightWire} has an address in the network of {twiceWire} too, but the route of {link} comes first.]',
      'No node on {link} of {node} answers for {address}. {node} takes it for a neighbour by its own prefix ({onLink}), but it belongs to {elsewhere}, which this wire does not reach.',
      'No node on {link} of {node} answers for {address}.[ It belongs to {elsewhere}, which this wire does not reach.][ {knownBy} still has the MAC address of {peer} as that of {former}, which is on no interface any more.][ {bare} has no IPv6 address but its link-local one: an interface that goes down loses the others, unless its keep_addr_on_down is 1.]',
    ],
    why: 'Before it can send a packet, a node must learn the MAC address of the next hop (by ARP, in IPv6 by neighbour discovery). Without a reply it waits, then gives up.',
    where: [
      '`{ip} route show table local` lists what {node} takes for its own; {unlisted} has the address (`{ip} -br addr`).',
      '`{exec}sysctl {disabledKey}` shows the setting, `{ip} -br addr` the addresses of {node}.',
      '`{ip} -6 addr show dev {detecting}` shows the word tentative or dadfailed beside the address.',
      '`{ip} route get {address}` shows the route by {looped}, `{ip} -br addr show dev {looped}` the prefix.',
      '`{ip} neigh` shows {knownState} for {address}, with the MAC address {knownMac}[; `{ip} route show table {routeTable}` shows the route][; `{ip} route get {dst}` shows the next hop].',
      '`{ip} neigh` shows INCOMPLETE or FAILED for {address}; `{ip} route show table {routeTable}` shows the route, `{ip} rule` the packets that are looked up there.',
      '`{ip} neigh` shows INCOMPLETE or FAILED for {address}[; `{ip} route get {dst}` shows the next hop].',
    ],
    idea: [
      'Put the route back that came with the address on {unlisted}: `local {address}` in the table local of {node}.',
      'No other node has {address} now: remove {again} from {detecting} of {node} and add it again, so that the kernel checks it anew.',
      'Give {detecting} of {node} an address that no other node has, and wait until it is no longer tentative.',
      'Set {disabledKey} to 0 in {node}, then add the addresses and routes of {link} again.',
      'A gateway is another node: put an address of the router in the place of {own}.',
      'Either the gateway {gateway} of the route is mistyped, or the node that should have that address lacks it.',
      'Send to an address that is on {looped}, add {address} there, or give the addresses on {looped} the prefix of one address (/128).',
      'Put the address {wrongWire} on {rightWire}, and on no other interface of {node}.',
      '{address} belongs to another node: bring {node} and that node onto one wire; or, if a router leads there, give {node} a longer prefix than {onLink} or a route to {behind} through the router, or let the router answer instead (proxy_arp).',
      'Correct the rule of {giver} that gives the packet the address {given}, or give {address} to the node that should answer.',
      'Give {address} to the node that should answer, or send to another address.',
    ],
  },
  'neighbour-missing': {
    what: '{node} does not know the MAC address of {address}.',
    why: 'A neighbour is learned when packets go to it; nothing has been sent there, or it did not answer.',
    where: '`{ip} neigh` lists the neighbours that {node} knows.',
    idea: 'Send something to {address} from {node}, a ping for instance.',
  },
  'neighbour-present': {
    what: '{node} knows the neighbour {address} on {link}; it should not.',
    why: 'A neighbour entry appears only for hosts on the same wire.',
    where: '`{ip} neigh` lists the neighbours that {node} knows.',
    idea: 'Remove the entry, and find out which interface of {node} leads there.',
  },
} as const satisfies Record<string, Ladder>;
