import type { Ladder } from '../../core/explain/words.ts';

/** Namespaces and links: is everything there, and in its place? */
export const links = {
  'netns-missing': {
    what: 'There is no network namespace {name}.[ There is {near}: compare the two letter by letter.]',
    why: 'A network namespace is a network of its own. Until it exists, no interface can move into it and no packet can leave from it.',
    where: '`ip netns list` lists the namespaces there are. Names must match to the letter.',
    idea: 'Make the namespace {name} first.',
  },
  'container-missing': {
    what: 'No container {name} is running, and no network namespace has this name.[ There is {near}: compare the two letter by letter.]',
    why: 'A container has a network only as long as its process runs. One that has ended, or was never started, has none.',
    where:
      '`docker ps -a` lists all containers with their state; `docker logs {name}` shows the last output of one that has ended. `ip netns` lists the namespaces that have a name of their own.',
    idea: [
      'Give the container {misnamed} the name {name}.',
      'Start the container {name}, or find out why it ended. A network by hand begins with `ip netns add`.',
    ],
  },
  'pod-missing': {
    what: 'There is no pod {name} with a network.[ There is {near}: compare the two letter by letter.]',
    why: 'A pod gets its network on the node it is scheduled to. One that was never made, waits for a node, or whose network could not be set up has none.',
    where:
      '`kubectl get pods -A -o wide` lists all pods with state, address and node; the events at the end of `kubectl describe pod {name}` say why.',
    idea: 'Make the pod {name}, or find out in its events why it does not run.',
  },
  'netns-present': {
    what: 'The network namespace {name} exists; it should not.',
    why: 'Interfaces and addresses in a namespace that is left over still answer and still occupy their names.',
    where: '`ip netns list` lists the namespaces there are.',
    idea: 'Delete the namespace; its interfaces disappear with it.',
  },
  'link-missing': {
    what: 'There is no interface {link} in {node}.[ An interface of that name is in {elsewhere}.][ The address is on {holder}.]',
    why: 'An interface belongs to exactly one network namespace; in every other one it does not exist.',
    where: '`{ip} link` lists the interfaces of {node}.',
    idea: [
      'Move {link} from {movable} to {node}. An interface can only be moved from the namespace it is in.',
      'Make the interface {link}, or move it to {node} if you made it under another name or in another namespace.',
    ],
  },
  'link-present': {
    what: 'The interface {link} is in {node}; it should not be there.',
    why: 'An interface that is left over keeps its name and its addresses, and the kernel keeps using its routes.',
    where: '`{ip} link show dev {link}` shows it.',
    idea: 'Delete {link}, or move it where it belongs. Deleting one end of a veth pair deletes the other end too.',
  },
  'wrong-kind': {
    what: '{link} in {node} is of kind {observed}; it should be {expected}.',
    why: 'The kind decides what the kernel does with frames: a veth hands them to its other end, a bridge to its ports.',
    where: '`{ip} -d link show dev {link}` shows the kind.',
    idea: 'The kind of an interface cannot be changed: delete it and make it again as {expected}.',
  },
  'wrong-peer': {
    what: 'The other end of {link} in {node} is {observed}; it should be {expected}.',
    why: 'A frame that enters one end of a veth pair leaves by the other end, and nowhere else.',
    where: '`{ip} -d link show dev {link}` shows the other end as `@NAME` or as `link-netns`.',
    idea: [
      'Move {peerLink}, the other end, to {farNode}.',
      'Delete this pair and make one whose ends are {link} and {expected}, or move the other end where it belongs.',
    ],
  },
  'link-down': {
    what: [
      '{itself} is an address of {node} itself, so the packet stays in {node} and goes by {link}, which is down.',
      '{link} in {node} is down.',
    ],
    why: 'An interface that is down neither sends nor receives, and the kernel removes the routes that use it. New interfaces are down.',
    where: '`{ip} -br link` shows the state of every interface of {node}.',
    idea: [
      'If {itself} should be the address of another node, take it away from {node}; else bring {link} up.',
      'Bring {link} up.',
    ],
  },
  'link-up': {
    what: '{link} in {node} is {observed}; it should be {expected}.',
    why: 'An interface carries packets as soon as it and its other end are up.',
    where: '`{ip} -br link` shows the state of every interface of {node}.',
    idea: 'Take {link} down.',
  },
  'no-carrier': {
    what: [
      '{downPeer} is down, so {link} in {node}, the other end of the cable, has no carrier.[ {ignoring} is 1, so {node} uses no route by {link} meanwhile.][ The route has other next hops, for other connections: {otherHops}.]',
      '{link} in {node} is up but has no carrier.[ Its other end is {peer}.][ {ignoring} is 1, so {node} uses no route by {link} meanwhile.][ The route has other next hops, for other connections: {otherHops}.]',
    ],
    why: 'A veth pair is a cable with two ends: it carries frames only while both ends are up. A bridge has carrier while one of its ports does.',
    where: '`{ip} -br link` shows NO-CARRIER or LOWERLAYERDOWN for {link}; look at its other end too.',
    idea: ['Bring the other end, {peer}, up as well.', 'Bring the other end of {link} up as well.'],
  },
  'not-attached': {
    what: [
      '{link} in {node} should be a port of the bridge {expected}, but is one of {otherBridge}: nothing leads from one bridge to the other.',
      '{link} in {node} should be a port of the bridge {expected}, but is not.',
    ],
    why: 'A bridge passes frames only between its own ports. The other end of an unplugged cable reaches no host.',
    where: '`{ip} link show master {expected}` lists the ports of the bridge; {link} is not among them.',
    idea: 'Make {link} a port of {expected}: set its master.',
  },
} as const satisfies Record<string, Ladder>;

/** Frames on a wire: questions for an address, bridges and their ports, MAC addresses, tunnels. */
export const frames = {
  'question-ignored': {
    what: [
      '{node} has {address}, but {sourceOnly} ({kind}, mode source) takes frames only of the MAC addresses in its list[ ({listed})], and the question comes from {askerMac}.',
      '{node} does not ask for the MAC address of {address}: {asksNone} is set to resolve no addresses (NOARP), so its frames go to its own MAC address.',
      '{node} does not ask for the MAC address of {address}: {solicitKey} is 0.',
      '{node} has {address}, but {noArp} answers no question for it: it is set to resolve no addresses (NOARP).',
      '{node} has {address}[ on {has}] and hears the question for it on {link}, but does not answer: {key} is {observed}.',
    ],
    why: [
      'In mode source the interface below hands {sourceOnly} only what comes from a listed MAC address; everything else stays below.',
      'An interface with the flag NOARP ({noArp}) neither asks for MAC addresses nor answers, by ARP or by neighbour discovery.',
      'mcast_solicit is how many questions the kernel sends to all before it gives up ({solicitKey}): with 0 it gives up before the first.',
      'arp_filter lets a node answer only on the interface by which its own route to the asker leaves: to {asker} that is {leaves}, not {link}.',
      'arp_ignore says which questions a node answers: 0 for any of its addresses, 1 only for those of the interface that heard the question, 2 only from the same network, 8 none.',
    ],
    where: [
      '`{ip} -d link show dev {sourceOnly}` shows its mode and its list.',
      '`{ip} link show dev {noArp}` shows NOARP among its flags.',
      '`{exec}sysctl {solicitKey}` shows the setting of {link}.',
      '`{exec}sysctl {key}` shows the setting. The larger of `all` and the interface counts.',
    ],
    idea: [
      'Put {askerMac} into the list of {sourceOnly}, or make the interface in mode bridge.',
      'Turn address resolution on for {noArp}.',
      'Set {solicitKey} to 3, as the kernel has it at first.',
      'Let the route of {node} to {asker} leave by {link} instead of {leaves}, or let it answer on every interface that hears the question.',
      'Put {address} on {link}, or let {node} answer for all of its addresses.',
    ],
  },
  'question-dropped': {
    what: [
      'A rule of {node} changes the hop limit of the {hopLimited} for {address}: `{rule}` ({chain}). It must be 255; the other node ignores any other.',
      'The question for {address} comes to {node}. A rule there gives the answer to {asker} the mark {mark}, and rule {priority} of the routing policy refuses that mark: `{refusing}`.',
      '{node} asks for {address} on {ownQuestion}, and a rule of its own drops the question: `{rule}` (family {family}, chain {chain}).',
      '{answerer} answers the question for {address}, and a rule of {node}, which asked, drops the answer: `{rule}` (family {family}, chain {chain}).',
      'The question for {address} comes to {node}, and a rule there drops the answer to {toAsker}: `{rule}` (family {family}, chain {chain}).',
      'The question for {address} comes to {node}, and a rule there drops it: `{rule}` (family {family}, chain {chain}).',
    ],
    why: 'Before a node sends to an address, it asks for the MAC address: by ARP in IPv4, by neighbour discovery (ICMPv6 types 135 and 136) in IPv6. A firewall that drops those questions, or the answers, cuts the node off.',
    where: '`{exec}{list}` shows the rules that questions and answers pass.',
    idea: [
      'Let the {hopLimited} keep its hop limit: a rule in front that accepts it.',
      'Delete rule {priority} of the routing policy, or let no rule mark the answers of {node} with {mark}.',
      'Let {node} ask: its rules must pass the questions it sends on {ownQuestion}.',
      'Let {node} accept the answers of {answerer}.',
      'Let {node} send its answers to {toAsker}.',
      'Let {node} accept the questions.',
    ],
  },
  'proxy-silent': {
    what: [
      '{node} answers for other nodes on {link} ({key} is 1), but not for {address}: it does not forward ({forwardKey} is 0).',
      '{node} does not answer for {entry} on {link}, though it has a route there by {byLink}: {proxyKey} is 0.',
      '{node} answers for other nodes on {link} ({key} is 1), but has no entry for {entry}, to which it has a route by {byLink}.',
      '{node} does not answer for {address} on {link}, though it has a route there by {byLink}: {proxyKey} is 0.',
      '{node} answers for other nodes on {link} ({key} is 1), but not for {address}: its route there goes out by {wayDev}, the interface that asks.',
      '{node} answers for other nodes on {link} ({key} is 1), but not for {address}: it has no route there.',
    ],
    why: [
      'The network of {entry} is on this wire, the node that has the address is not. The node that forwards to it must answer the question for its MAC address: with proxy_ndp, and an entry for each address.',
      'The network of {address} is on this wire, the node that has the address is not. The node that forwards to it ({byLink}) must answer the question for its MAC address: with proxy_arp.',
      'With proxy_arp a node answers for an address only if it would forward to it: it must have a route by another interface.',
    ],
    where: [
      '`{exec}sysctl {key}` shows the setting, `{ip} -6 neigh show proxy` whether there is an entry for {entry}.',
      '`{exec}sysctl {key}` shows the setting; `{ip} route get {address}` the way by {byLink}.',
      '`{ip} route get {address}` shows whether there is a route.',
    ],
    idea: [
      'Turn IP forwarding on in {node}: {forwardKey}.',
      'Let {node} answer for {address} on {link}, so that packets for it go on by {byLink}.',
      'Give {node} a route to {address} by another interface.',
    ],
  },
  'port-state': {
    what: [
      '{locked} in {node} is a locked port of {bridge}: it drops frames of senders that are not written in the forwarding database, and {mac} is not.',
      '{link} in {node} is a port of {bridge} in state {observed}: a bridge passes frames by ports in state forwarding only.',
    ],
    why: [
      'A locked port ({locked}) is for 802.1X: the program that has checked a client writes the MAC address of the client into the forwarding database. Frames of all others are dropped without a word.',
      'No protocol sets the state of {written}: `bridge link set` has set it, and the state stays until that, or an interface that goes down and up, sets another.',
      'With spanning tree (STP) a port that comes up listens and learns for twice the forward delay before it passes anything, and a port that would close a loop stays blocked.',
    ],
    where: [
      '`{exec}bridge -d link show dev {locked}` shows `locked on`, `{exec}bridge fdb show br {bridge}` the addresses that are let in.',
      '`{exec}bridge -d link show dev {link}` shows the state of the port.',
    ],
    idea: [
      'Unlock {locked}, or write {mac} into the forwarding database.',
      'Set {written} to forwarding again.',
      'Wait until the port has come to forwarding, or turn STP off for {bridge} if there is no loop.',
    ],
  },
  'port-isolated': {
    what: '{link} and {other} are both isolated ports of {bridge} in {node}: it passes nothing from one to the other.',
    why: 'An isolated port exchanges frames only with ports that are not isolated, so that neighbours on one bridge cannot reach each other.',
    where: '`{exec}bridge -d link show dev {link}` shows `isolated on`.',
    idea: 'Take one of the two ports out of isolation, or let a router pass packets between them.',
  },
  'other-vlan': {
    what: [
      '{bare}, a port of {bridge} in {node}, has no VLAN for frames without a tag (no PVID): the bridge drops them.',
      '{port} of {bridge} in {node} is not in VLAN {vlan}: the bridge passes no frame of that VLAN there.',
      'A frame with the tag of VLAN {vlan} comes to {untaken} in {node}, which has no interface for that VLAN.[ {other} is for VLAN {otherVlan}.]',
    ],
    why: 'A VLAN is a network of its own on a shared wire. Both ends, and each port of a bridge between them that keeps VLANs apart, have to agree on its number.',
    where: [
      '`{exec}bridge vlan show` lists the VLANs of every port of {bridge}; `PVID` marks the one of frames without a tag.',
      '`{ip} -d link show type vlan` lists the VLANs of {node}; `{exec}tcpdump -eni {untaken}` shows the tags of the frames.',
    ],
    idea: [
      'Give {bare} a PVID, the VLAN of frames without a tag.',
      'Put {port} in VLAN {vlan}.',
      'Use the same number at both ends: {other} has {otherVlan}, the frames have {vlan}.',
      'Make an interface for VLAN {vlan} on {untaken}, or send without a tag.',
    ],
  },
  'not-flooded': {
    what: '{bridge} in {node} does not send {frames} frames out of {link}: {option} is off there.[ It does not learn what is behind {unlearned} either (learning off), so the answer about {address} is such a frame.]',
    why: 'A bridge floods broadcast, multicast and unknown unicast frames out of every port, unless a port is set not to take them. ARP uses broadcast; neighbour discovery in IPv6 uses multicast.',
    where: '`{exec}bridge -d link show dev {link}` shows `{option} off`.',
    idea: 'Turn {option} on for {link}.',
  },
  'port-hairpin': {
    what: '{bridge} in {node} would have to send the frame out of {link}, by which it came in; hairpin is off there.',
    why: 'A bridge never sends a frame back out of the port it came from. A packet that a node sends to itself through the address of another node needs exactly that.',
    where: '`{exec}bridge -d link show dev {link}` shows `hairpin off`.',
    idea: 'Turn hairpin on for {link}.',
  },
  'wrong-port': {
    what: [
      '{taken} in {node} takes frames for {mac} for its own: its forwarding database has the address as one of {observed}. {mac} is behind {expected}.',
      '{bridge} in {node} sends frames for {mac} out of {observed}, as its forwarding database says; {mac} is behind {expected}.',
    ],
    why: 'A bridge sends a frame to the port that its forwarding database (FDB) has for the MAC address. It learns that from the frames that come in, but never against an entry that was typed as permanent or sticky.',
    where: '`{exec}bridge fdb show br {bridge}` lists which MAC address is behind which port.',
    idea: 'Delete the entry for {mac} at {observed}: the bridge then learns where it is.',
  },
  'frame-too-long': {
    what: '{link} in {node} takes packets of at most {mtu} bytes; this one has {length}. No error is sent.',
    why: 'Only a router says that a packet is too big. A wire and a bridge drop a packet that is longer than the MTU of the interface it goes to, so both ends of a wire, and all ports of a bridge, need the same MTU.',
    where: '`{ip} link show dev {link}` shows the MTU.',
    idea: 'Give both ends the same MTU: raise that of {link}, or lower that of the sender.',
  },
  'duplicate-mac': {
    what: '{nodes} have the same MAC address {mac}.',
    why: 'A bridge sends frames to the port where it last saw a MAC address. Two nodes with one MAC address take frames away from each other.',
    where: '`{ip} link show dev {link}` shows the MAC address; compare it with the other one.',
    idea: 'Give one of them another MAC address.',
  },
  'wrong-mac': {
    what: [
      '{node} sends packets for {address} to the right MAC address, {expected}, but {rewriter} changes it to {mac}[: `{nftRule}`].',
      '{node} sends packets for {address} to the MAC address {mac}: a rule of {replier} answers ARP questions on this wire (arpreply), `{nftRule}`.',
      '{node} still sends packets for {address} to the MAC address {mac} of {now}, which it learned before; {owner} has the address now, at {expected}.',
      '{node} sends packets for {address} to the MAC address {mac}; {owner} has {expected}.',
      '{node} sends packets for {address} to the MAC address {mac}, which no interface on this wire has.',
    ],
    why: 'Only the interface that has the destination MAC address of a frame accepts it. Every other one drops it, even if it has the IP address.',
    where: [
      '`{rewriterExec}nft list ruleset` shows the rules of the family bridge; a filter of tc (`pedit`) may change addresses as well ({rewriter}).',
      '`{replierExec}ebtables -t nat -L` shows which addresses the rule answers for; `{ip} neigh show {address}` what {node} has learned.',
      '`{ip} neigh show {address}` shows which MAC address the node has for it.',
    ],
    idea: [
      'Delete the rule of {rewriter}, or let it set the right MAC address.',
      'Delete the rule of {replier}, or let it answer with the right MAC address; then let {node} ask again.',
      'Correct the neighbour entry for {address}, or delete it, so that {node} asks again.',
    ],
  },
  'lower-link': {
    what: [
      '{upper} and {sibling} are macvlan interfaces on {lower}, and {closed} in {node} is in mode {mode}: it exchanges no packets with others on that interface, so {address} cannot be reached this way.',
      '{upper} is a {kind} interface on {lower}, and the two never exchange packets: {address} cannot be reached this way.',
    ],
    why: [
      'Macvlan interfaces on one interface reach each other only if both are in mode bridge. In mode {mode} everything goes out to the wire, and comes back only if the bridge there sends it back (vepa), or never (private).',
      'A {kind} interface sends through the interface below it and receives from there. The kernel passes nothing between the interface below and those on top of it.',
    ],
    where: '`{ip} -d link` shows the kind, and after `@` the interface below.',
    idea: [
      'Set {closed} in {node} to mode bridge, as the other one must be as well.',
      'Give the node below a {kind} interface of its own, with an address, instead of using the one below.',
    ],
  },
} as const satisfies Record<string, Ladder>;
