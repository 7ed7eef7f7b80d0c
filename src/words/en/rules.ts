import type { Template } from '../../core/explain/template.ts';
import type { Note } from '../../core/explain/trace/words.ts';
import type { Ladder } from '../../core/explain/words.ts';

/** Netfilter: the effect of rules on a packet. */
export const rules = {
  'rule-missing': {
    what: 'No rule in {node} does the same as `{rule}`.[ The nearest one is `{near}`.]',
    why: 'The kernel does to a packet what its rules say. Table, chain, protocol and addresses all decide which packets a rule is for.',
    where: '`{exec}iptables -t {table} -S {chain}` lists the rules of that chain.',
    idea: [
      "Docker on {engine} writes the rules of {chain}, from the options of `docker run` (`-p HOST:CONTAINER`). Remove the container (`docker rm -f`) and start it with the right ones; a rule of your own there is not Docker's.",
      'Add the rule to chain {chain} of table {table}. Ports need a protocol (`-p tcp`) in front of them.',
    ],
  },
  'rule-present': {
    what: 'This rule is in {node} and should not be: `{observed}`.',
    why: 'A rule acts on every packet it fits, also on packets it was not meant for.',
    where: '`{exec}iptables -t {table} -S {chain}` lists the rules of that chain.',
    idea: 'Delete the rule.',
  },
  'dropped-by-rule': {
    what: [
      'The Service {service} (namespace {serviceNamespace}) takes connections from its {sourceRanges} only, and {source} is in none of them. A rule of kube-proxy in {node} drops the packet: `{rule}`.',
      'The Service {service} (namespace {serviceNamespace}) has no endpoint on {node}, and its {localPolicy} is Local: kube-proxy sends nothing to other nodes. Its rule drops the packet: `{rule}`.',
      'Docker keeps its networks apart: a rule in {node} drops what goes from one to another ({source} to {destination}, by {apart}): `{rule}`.',
      'The network of {internal} is internal (`docker network create --internal`): a rule of Docker in {node} drops what enters or leaves it ({source} to {destination}): `{rule}`.',
      'A rule in {node} gives the packet ({source} to {destination}) to queue {unread}, which no program reads: the kernel drops it. The rule: `{rule}`[, rule {line} of {chain}].',
      'A rule in {node} gives the packet ({source} to {destination}) to queue {queue}, and it does not come back: the program that reads the queue drops the packet or keeps it. The rule: `{rule}`[, rule {line} of {chain}].',
      'A chain of nftables in {node} drops the packet ({source} to {destination}): `{nftRule}`, in chain {chainName} of the table {family} {table}.[ A rule nearly lets it pass: `{nearly}`; `{condition}` keeps it from matching.][ {node} has no interface {misnamed}.]',
      'The policy of {policyChain} in {node}[, set with {legacy},] drops the packet ({source} to {destination}): no rule lets it pass.[ A rule nearly lets it pass: `{nearly}`; `{condition}` keeps it from matching.][ {node} has no interface {misnamed}.][ `{unreached}` would let it pass, but stands behind `{stopper}`, at which the packet leaves the chain.][ `{strangeAccept}` would let it pass, but is in {strangeHook}: this packet passes {rightHook}.]',
      'A rule in {node}[, made with {legacy},] drops the packet ({source} to {destination}): `{rule}`[, rule {line} of {chain}].[ A rule nearly lets it pass: `{nearly}`; `{condition}` keeps it from matching.][ {node} has no interface {misnamed}.]',
    ],
    why: 'A dropped packet vanishes: its sender gets no reply and waits.',
    where: [
      '`kubectl -n {serviceNamespace} describe service {service}` shows {sourceRanges} as "LoadBalancer Source Ranges".',
      '`kubectl -n {serviceNamespace} get endpointslices -o wide` shows the endpoints of {service}; `kubectl -n {serviceNamespace} get service {service} -o yaml` has {localPolicy}.',
      '`docker network inspect {dockerNetwork}` lists the containers of the network; {container} is not among them.',
      '`docker network ls` lists the networks; {engine} has a bridge for each of them.',
      '`{exec}cat /proc/net/netfilter/nfnetlink_queue` begins each line with the number of a queue that a program reads; {unread} is none of them.',
      '`{exec}cat /proc/net/netfilter/nfnetlink_queue` begins each line with the number of a queue that a program reads and the port ID of that program, mostly its PID; {queue} is one of them.',
      '`{exec}nft -a list chain {family} {table} {nftChain}` shows the rules and the policy of the chain.',
      '`{exec}iptables -t {table} -nvL {chainName} --line-numbers` shows rules, policy and how many packets each met.',
    ],
    idea: [
      'Let the rule end in `-j {target}`.',
      'Add the network of {source} to {sourceRanges} of {service}, or come from an address in it. Deleting the rule does not help: kube-proxy writes it again.',
      'Send to a node that has an endpoint of {service}, or set its {localPolicy} to Cluster. Deleting the rule does not help: kube-proxy writes it again.',
      'Connect {container} to the network of the other container; Docker makes the interface. Deleting the rule does not help: Docker writes it again.',
      'On {engine}, put both ends into one network. Deleting the rule does not help for long: Docker writes it again when it starts.',
      'Start the program that reads queue {unread}, or delete the rule. With --queue-bypass (nft: flags bypass), packets pass while no program reads the queue.',
      'Let the program that reads queue {queue} accept the packet, or delete the rule.',
      'Let the rule name the interface {meantLink} instead of {misnamed}.',
      "Let the packet pass by rules in {userChain}: Docker asks that chain first and leaves it to you. The policy of {policyChain} is Docker's; opened, it opens the networks of containers too.",
      'Let the packet pass by a rule of its own, or change the policy of {policyChain}.',
      'Delete the rule, or put one that accepts the packet in front of it.',
    ],
  },
  'rejected-by-rule': {
    what: [
      'No network policy for the pod {pod} (namespace {podNamespace}) allows the packet from {source} to {destination}; these count: {policies}. A rule that enforces them rejects it in {node}: `{rule}`.',
      'No network policy for the pod {pod} (namespace {podNamespace}) allows the packet from {source} to {destination}. A rule that enforces them rejects it in {node}: `{rule}`.',
      'The Service {service} (namespace {serviceNamespace}) has no endpoints, so kube-proxy lets {node} reject what comes to it: `{rule}`.',
      'A chain of nftables in {node} rejects the packet ({source} to {destination}): `{nftRule}`, in chain {chainName} of the table {family} {table}.',
      'A rule in {node}[, made with {legacy},] rejects the packet ({source} to {destination}): `{rule}`[, rule {line} of {chain}].[ A rule nearly lets it pass: `{nearly}`; `{condition}` keeps it from matching.][ {node} has no interface {misnamed}.]',
    ],
    why: [
      'The kernel drops a rejected packet and sends its sender an error. Here no error came to {quiet}: the kernel limits how many it sends in a second, and the error needs a route back.',
      'The kernel drops a rejected packet too, but sends its sender an error: the failure comes at once.',
    ],
    where: [
      '`kubectl -n {podNamespace} describe networkpolicy {policy}` shows which pods, ports and addresses it allows.',
      '`kubectl -n {podNamespace} describe networkpolicy` shows which pods, ports and addresses each policy allows.',
      '`kubectl -n {serviceNamespace} describe service {service}` shows its selector and its endpoints; `kubectl -n {serviceNamespace} get pods --show-labels` shows which pods have these labels and are ready.',
      '`{exec}nft -a list chain {family} {table} {nftChain}` shows the rules of the chain.',
      '`{exec}iptables -t {table} -nvL {chainName} --line-numbers` shows the rules and how many packets each met.',
    ],
    idea: [
      'Let a policy for {pod} allow this packet, or give the client the labels that a policy asks for. Deleting the rule does not help: it is written again from the policies.',
      'Let the selector of {service} match pods that are ready. Deleting the rule does not help: kube-proxy writes it again.',
      'Let the rule end in `-j {target}`.',
      'Delete the rule, or put one that accepts the packet in front of it.',
    ],
  },
  'service-port': {
    what: [
      'No Service has the address {address}, which is one of those kept for Services ({serviceRange}).[ Those on {proxyNode}: {otherServices}.] So kube-proxy has no rule for it, and {proxyNode} routes the packet like any other.[ The rule `{forOwn}` would send it elsewhere, but sees only packets that {proxyNode} makes itself: this one arrived, so it passes PREROUTING instead.][ The rule `{forArrivals}` would send it elsewhere, but sees only packets that arrive: {proxyNode} made this one itself, so it passes OUTPUT instead.]',
      '{address} is the address of the Service {service} (namespace {serviceNamespace}). {proxyNode} has its rule in KUBE-SERVICES, but no rule of the chain {baseChain} in table nat jumps there. So {proxyNode} routes the packet like any other.',
      '{address} is the address of the Service {service} (namespace {serviceNamespace}), but {unruled} has no rule for it; {knownAt} has. So {unruled} routes the packet like any other.',
      '{address} is the address of the Service {service} (namespace {serviceNamespace}), and no interface has it. kube-proxy has rules for its ports only: {servicePorts}. None of them fits {protocol} port {port}, so {proxyNode} routes the packet like any other.',
      '{address} is the address of the Service {service} (namespace {serviceNamespace}), and no interface has it. kube-proxy has rules for its ports only: {servicePorts}. None of them fits a ping, so {proxyNode} routes the packet like any other.',
    ],
    why: 'A Service is not a host. Its address stands only in rules, one for each port, which send a connection on to a pod; nobody answers anything else.',
    where: [
      '`kubectl get services -A` shows all Services with their addresses ({serviceRange}).',
      '`iptables -t nat -S {baseChain}` on {proxyNode} shows no jump to KUBE-SERVICES.',
      '`kubectl -n {serviceNamespace} get service {service}` shows its ports; `iptables -t nat -S KUBE-SERVICES` on {proxyNode} has a rule for each.',
    ],
    idea: [
      'Create the Service with the address {address} (`--clusterip`), send to the address of one that exists, or translate this one by a rule of your own. Addresses of Services ({serviceRange}) need no route.',
      'Put the jump from {baseChain} to KUBE-SERVICES back. kube-proxy does so when its chain KUBE-PROXY-CANARY in table mangle is gone, when it starts, and once an hour.',
      'Find out why kube-proxy of {unruled} does not write its rules: it may have stopped, or the chain was flushed.',
      'Send to a port of {service}: {servicePorts}. Or give the Service the port that you need.',
    ],
  },
  'not-translated': {
    what: [
      '{translator} leaves the {side} as it came, {observed}; it should become {expected}.',
      'The packet is translated nowhere on its way ({unchanged}); it should be: {expected}.',
      'The packet arrives with its own source address {observed}; it should be {expected}.',
    ],
    why: [
      'The client knows {public} only. The router must put the address of the host behind it in its place, and {public} back into the reply.',
      'Hosts outside reply to the inner address, but they have no route to it. The router must replace it with its own address.',
    ],
    where: [
      '`{exec}iptables -t nat -nvL {chain}` shows the rules of {translator} and how many packets each met.',
      '`{exec}iptables -t nat -nvL` on {translator} shows the rules and how many packets each met.',
      '[`{routerExec}iptables -t nat -nvL POSTROUTING` on {router} shows the rules and how many packets each met. ]`tcpdump -n -i any icmp` in {node} shows the source that arrives.',
    ],
    idea: [
      'Translate the {side} in table nat, chain {chain} of {translator}; the rule must match this packet.',
      'Translate it in table nat of {translator}; the rule must match this packet.',
      'Translate the source in table nat, chain POSTROUTING of the router; the rule must match {observed}.',
    ],
  },
  'wrong-translation': {
    what: [
      '{server} answers {client} over the bridge of {router}, which shows the reply to no rule: {hidingKey} is 0. {router} had changed the destination {expected} to {server}, and does not change the source of the reply back.',
      '{server} answers {client} directly, past {router}, which had changed the destination {expected} to {server}. So the source of the reply is not changed back.',
      '{translator} turns the {side} into {observed}; it should become {expected}.',
      'The packet arrives with the source {observed}; it should be its own, {expected}.',
    ],
    why: [
      'The client knows {public} only. At another address, or another port, another program answers, or none.',
      'A translation hides the sender. A host drops a reply from an address it did not send to.',
    ],
    where: [
      '`{routerExec}iptables -t nat -S` in {router} lists the rules that translate.',
      '`{exec}iptables -t nat -S` lists the rules that translate; look at the routers on the way too.',
    ],
    idea: [
      'Let the bridge of {router} show its packets to iptables ({hidingKey} = 1), or let {router} put its own address in place of {client} as well (masquerade).',
      'Let {router} put its own address in place of {client} as well (masquerade), so that {server} replies to {router}.',
      'Correct the rule in chain {chain} of table nat that turns the {side} into {observed}; the first that matches wins.',
      'Narrow the rule that translates, so that it no longer matches this packet.',
    ],
  },
  'translated-otherwise': {
    what: 'The packet is translated at {observed} ({changes})[; it should be translated at {place}].',
    why: 'Every translation changes the sender that the receiver sees: so does one too many, or one at the wrong place.',
    where:
      '`{exec}iptables -t nat -nvL` shows the rules of {node} that translate; `hoplab trace {from} {to}` the whole way.',
    idea: 'Narrow or remove the rule that translates where nothing should be translated.',
  },
  'rule-not-met': {
    what: 'The packet is translated, but not by this rule: `{rule}`.[ Its packet was counted by `{met}`.]',
    why: 'The first rule that matches decides; rules behind it never see the packet.',
    where: '`{exec}iptables -t nat -nvL --line-numbers` shows which rules counted packets.',
    idea: 'Add the rule, or put it in front of the one that takes its packets.',
  },
  'wrong-source': {
    what: 'The packet arrives with the source {observed}; it should be {expected}.',
    why: 'The reply goes to the source address, and the receiver takes that host for the sender.',
    where:
      '`ip route get` at the sender shows the source it chooses; `iptables -t nat -S POSTROUTING` on the way what is put in its place.',
    idea: 'Find out who chose {observed}: the sender by its route, or a router by a rule.',
  },
} as const satisfies Record<string, Ladder>;

/** The kernel's handling of a packet between its tables: translation, sockets, queues. */
export const passages = {
  'loopback-only': {
    what: [
      '{node} sends the packet out by {leaves} with the source {address}, a loopback address: every other node drops it.',
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
    why: 'Two connections to the same destination must differ in source address or port. If a translation has no free port, the kernel drops the first packet of a connection.',
    where: '`{exec}conntrack -L` lists the connections; each holds a port.',
    idea: 'Let the rule use more ports.',
  },
  'other-zone': {
    what: '{node} follows the request in conntrack zone {zone}, the reply in zone {other}. That zone has no such connection, so the translation is not undone.',
    why: 'Every zone has connections of its own. A packet is looked up in the zone that a CT rule gave it; without a rule it is zone 0.',
    where: [
      '`{exec}nft -a list chain {family} {table} {nftChain}` shows the rule that chooses a zone.',
      '`{exec}iptables -t raw -S` shows the rules that choose a zone.',
    ],
    idea: 'Give both directions the same zone, or none.',
  },
  'proxy-unrouted': {
    what: '`{rule}` in {node} gives the packet to the socket on port {port} (TPROXY) and marks it {mark}, but no rule of the routing policy delivers packets with this mark locally: the kernel routes it on.',
    why: 'TPROXY leaves the destination address as it is. The packet reaches the socket only if routing delivers it locally. That takes a rule for the mark and a local route in its table.',
    where: '`{ip} rule` lists the rules, `{ip} route show table all type local` the local routes.',
    idea: 'Add a rule for the mark, and a local route for everything to the table it leads to.',
  },
  'proxy-unheard': {
    what: '`{rule}` in {node} drops the packet: it is for the socket on port {port} (TPROXY), and no transparent socket listens there[: {opaque} listens without IP_TRANSPARENT].',
    why: 'TPROXY looks for a socket that was opened with IP_TRANSPARENT. Where there is none, the packet is dropped.',
    where: '`{exec}ss -ltnp` lists the listening sockets.',
    idea: 'Start the proxy, or take the rule away.',
  },
  'queue-full': {
    what: [
      '{node} hears the question for {answers}, and the queue of {link} there ({queue}) drops its answers.',
      'The queue of {link} in {node} ({queue}) drops the packet.',
    ],
    why: 'A queueing discipline limits how fast packets leave and how many may wait; it drops the rest.',
    where: '`{exec}tc -s qdisc show dev {link}` shows its limits and how many packets it has dropped.',
    idea: 'Give the queue a higher rate or limit, or remove it.',
  },
  'ipsec-refuses': {
    what: [
      'A policy of IPsec in {node} blocks packets from {source} to {dst}: `{blocked}`.',
      'A policy of IPsec in {node} wraps packets from {source} to {dst} (`{ipsecPolicy}`), and there is no state (SA) for it: {missingState}. So they are not sent.',
      'A policy of IPsec in {node} takes packets from {source} to {dst} wrapped only (`{ipsecPolicy}`: {wrapping}), and this one came as it is.',
    ],
    why: 'The kernel asks the policies of IPsec about every packet that comes in, passes or leaves. Of those that fit, the one with the smallest priority decides; without one the packet goes on.',
    where: '`{ip} xfrm policy` lists the policies, `{ip} xfrm state` the states that carry them out.',
    idea: [
      'Delete the policy `{blocked}`, or put one with a smaller priority before it that allows these packets.',
      'Let the key daemon (IKE) of {node} make the states ({missingState}), or add them on both ends (`ip xfrm state add`).',
      'Let the sender wrap its packets as well: that takes policy and states on both ends.',
    ],
  },
  'kernel-drop': {
    what: [
      'The kernel of {node} drops it: {meaning} ({word}).',
      'The kernel of {node} drops it, and calls the reason {word}.',
    ],
    why: 'The kernel gives a reason for every packet it drops (enum skb_drop_reason).',
    where: '`{exec}nstat -as` shows the counters: look before and after a packet.',
    idea: 'Look for {word} among the drop reasons of the kernel: its name says which test the packet failed.',
  },
} as const satisfies Record<string, Ladder>;

/** What is said beside the reason of a trace's end: most of it is about a rule that decided, or did not. */
export const notes: Record<Note, Template> = {
  older: [
    'An older connection, {olderConnection}, still goes to {olderKeptTo}: conntrack of {olderNode} keeps it as it began. `{olderDeletion}` there lets it begin anew.',
    'An older connection, {olderConnection}, still leaves with the source {olderKeptFrom}: conntrack of {olderNode} keeps it as it began. `{olderDeletion}` there lets it begin anew.',
  ],
  asymmetric:
    'The request took the path {wayThere}, its reply comes back by {wayBack}: conntrack of {node} has not seen the request, so the state of its reply is INVALID there, and not ESTABLISHED.',
  past: 'conntrack in {node} has not seen the other direction of this connection, which goes {past}: to {node} this packet belongs to no connection (INVALID).',
  unrelated:
    '`{unrelated}` accepts replies; to conntrack an ICMP error about a connection is no reply, but RELATED.',
  misled:
    'The way back to {misledTo} is `{misledBy}` in {misledNode}, where nobody answers for it; without that route the packet comes through.',
  ported: 'The packet has the port {givenPort} by a rule of {portGiver}: `{portRule}`.',
  given: 'The packet has the address {given} by a rule of {giver}: `{givenRule}`.',
  untracked: [
    '`{untracked}` keeps conntrack of {translator} from following the packet, so its state is UNTRACKED there, and `{stateful}` does not match it.',
    '{translator} does not translate it, though `{translation}` would: `{untracked}` keeps conntrack from following the packet, and the table nat acts only on what conntrack follows.',
    '{translator} translated the request (`{translatedThere}`) and does not translate the reply back: `{untracked}` keeps conntrack from following it.',
  ],
  piece:
    'This is a later fragment, from byte {pieceAt} of the data on: the receiver needs all fragments of a packet.',
  twins: 'More than one node has the address {address}: {node}, {twins}. This packet came to {node}.',
  wayBack: [
    'The rule asks for the way back to the source, and {node} has no route to {backTo}.',
    'The rule asks for the way back to the source: from {node} to {backSource} it leads by `{backRoute}`, and the packet came in by {cameIn}.',
  ],
  early:
    'The chain {earlyChain} is asked before conntrack (priority {earlyPriority}; conntrack has -200): there no packet has a state, and to `{earlyRule}` each of them is INVALID.',
  unasked: [
    '`{nearNat}` in the chain {unaskedChain} of {unaskedNode} nearly translates it; `{nearCondition}` keeps it from matching.',
    '`{natUnasked}` in the chain {unaskedChain} of {unaskedNode} would translate it, but that chain has the hook {wrongHook}: this packet passes {rightHook}.',
    '`{natUnasked}` in the chain {unaskedChain} of {unaskedNode} would translate it, but no hook and no rule calls that chain: a chain of type nat at {rightHook} has to.',
  ],
  sourced: [
    '{sentBy} sends from {sentFrom}, an address of {borrowed}: {barren}, by which the packet leaves, has no address.',
    '{sentBy} sends from {sentFrom}, for its route says so (`{sourceRoute}`). To {otherSource}, another address of {sentBy}, the reply would come back.',
    '{sentBy} sends from {sentFrom}, and not from {otherSource}, to which the reply would come back: that address has scope {narrowScope}, and its kernel sends nothing from it through a gateway.',
    '{sentBy} sends from {sentFrom}, and not from {deprecated}, to which the reply would come back: that address is deprecated (preferred_lft 0), and the kernel prefers any other.',
    '{sentBy} sends from {sentFrom}, and not from {otherSource}, to which the reply would come back: the kernel prefers an address of the interface by which the packet leaves ({leaving}).',
    '{sentBy} sends from {sentFrom}, an address of {borrowed}: the interface by which the packet leaves has none that may be used. To {otherSource} the reply would come back.',
    '{sentBy} sends from {sentFrom}, the first address of {firstOf}. To {otherSource}, another one there, the reply would come back.',
    '{sentBy} sends from {sentFrom}, which has more bits in common with {nearer}. To {otherSource}, another address of {sentBy}, the reply would come back.',
    '{sentBy} sends from {sentFrom}, for its network and that of {label} have one label (`ip addrlabel`). To {otherSource}, another address of {sentBy}, the reply would come back.',
  ],
  redirected:
    '{redirectedIn} sends it to {toldHop}, and not to {ownHop} as its route says: an ICMP redirect told it to (`ip route get` there shows `<redirected>`), and it keeps that for five minutes.',
  policed: [
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but the packet has no mark: `{saver}` keeps the mark in the connection, and no rule at {restoreHook} gives it to replies (CONNMARK --restore-mark).',
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but the packet has no mark: `{marker}` marks the request only. A reply has the mark if CONNMARK saves it in the connection (--save-mark) and restores it (--restore-mark).',
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but for `{policyLacks}`: the packet has the mark {policyMark}.',
    'The rule `{nearPolicy}` of {policyNode} would send it by `{policyRoute}`, but for `{policyLacks}`.',
  ],
};
