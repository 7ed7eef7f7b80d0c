import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** What is to be taken away where a packet gets further than a check wants it to. */
const surplus = [
  'Remove the address {surplusAddress} from {surplusLink} in {surplusNode}: it gives {surplusNode} a route to {surplusTo}, and in this step there should be none. If a later step asks for it, add it then.',
  'Delete the route `{surplusRoute}` in {surplusNode}: in this step {surplusNode} should have no route to {surplusTo}. If a later step asks for it, add it then.',
  'Delete the rule `{surplusRule}` in {surplusNode}: in this step it should not give the packets another source. If a later step asks for it, add it then.',
  'Set {surplusKey} to 0 in {surplusNode}: in this step it should pass no packets on.',
  'Take away what gives {surplusNode} a route to {surplusTo}: {surplus}. In this step there should be none.',
] as const;

/** Programs and probes: which one answers, and the effect if none does. */
export const probes = {
  'no-listener': {
    what: [
      'No program in {node} has joined the group {group} on {link}, so the kernel of {node} drops packets for it.',
      'No Service has node port {nodePort} ({protocol}).[ Services that have one: {nodePorts}.] So no rule of kube-proxy in {node} sends the packet to a pod, and no program listens on this port.[ A rule nearly fits the packet: `{nearly}`; `{condition}` keeps it from matching.][ {node} has no interface {misnamed}.][ The rule `{forArrivals}` would send it elsewhere, but sees only packets that arrive: {node} made this one itself, so it passes OUTPUT instead.][ The rule `{forOwn}` would send it elsewhere, but sees only packets that {node} makes itself: this one arrived, so it passes PREROUTING instead.]',
      'Nothing listens on {protocol} port {port} in {node}.[ The Service {service} (namespace {serviceNamespace}) sends its packets to this port of its pods.][ {engine} sends its port {published} to it, as `docker run -p` said.][ Services have node ports there: {nodePorts}.][ Programs there listen on {protocol} port {openPorts}.][ There {nearProcess} listens on port {nearPort}.][ {nameServer}, which {client} has as its name server, is an address of {node}.][ A rule nearly fits the packet: `{nearly}`; `{condition}` keeps it from matching.][ {node} has no interface {misnamed}.][ The rule `{forArrivals}` would send it elsewhere, but sees only packets that arrive: {node} made this one itself, so it passes OUTPUT instead.][ The rule `{forOwn}` would send it elsewhere, but sees only packets that {node} makes itself: this one arrived, so it passes PREROUTING instead.][ {node} takes {address} for its own only because of its route `{taken}`.][ On {node} the name {named} means {node} itself: {tried}.][ Its /etc/hosts has the line `{hostsLine}`.]',
    ],
    why: [
      'A node takes packets for a group ({group}) on an interface only while one of its programs is a member of the group there. Nothing tells the sender.',
      'A node port ({nodePort}) stands only in rules of kube-proxy, on every node, one for each port of a Service. For any other port the kernel looks for a program of the node, and refuses the packet.',
      'The packet arrives, but no program waits for it, and the kernel refuses it.',
    ],
    where: [
      '`{ip} maddr show dev {link}` lists the groups of {link}; {group} is not among them.',
      '`kubectl get services -A` shows the node port of a Service behind its own port (`80:{nodePort}/TCP`); {nodePort} is not among them.',
      '`{exec}iptables -t nat -L {nearIn} -n -v` shows how many packets each rule has met: the counter of this one stays as it is.',
      '`{exec}iptables -t nat -S` lists the rules of each chain: {rightChain} has none for this packet.',
      '`{ip} route show table local` lists the addresses that {node} takes for its own: `{taken}` is there, and no interface has {address}.',
      '`{exec}ss -ltnu` lists the listening sockets of {node}.',
    ],
    idea: [
      'Start the program in {node} that joins {group}.',
      'Does {named} mean the node you want? If not, give it the address of that node: on {node} it means {tried}.',
      'Let {service} send to the port on which a program of the pod listens ({openPorts}): its targetPort.',
      'On {dockers} the rules for published ports come from `docker run -p HOST:CONTAINER`. Remove the container that has the wrong ports (`docker rm -f`) and start it with the right ones; one of Compose gets them from `ports:` in its file and `docker compose up -d`.',
      'No container on {engineAt} publishes {protocol} port {port}. Start the one that should: `docker run -p {port}:PORT`, or `ports:` in its Compose file and `docker compose up -d`.',
      'Give the Service the node port {nodePort}, or send to one that a Service has: {nodePorts}.',
      'Create a Service of the type NodePort with this port (`kubectl create service nodeport NAME --tcp=PORT:TARGETPORT --node-port={nodePort}`).',
      'Send to a node port of a Service ({nodePorts}), or start a server on this port in {node}.',
      'Correct the condition `{condition}` of the rule in {node}, so that it fits the packet.',
      'Add the rule to {rightChain} as well, which this packet passes.',
      'Delete the route `{taken}` in {node}: the packet is meant for another node.',
      'Correct the rule of {portGiver} that gives the packet the port {givenPort}.',
      'Start the server in {node}, or send the packet to the node and port where it runs.',
    ],
  },
  'port-closed': {
    what: [
      '{engine} publishes port {inner} of {container} on {observed} only, as `docker run -p` said, and not on {address}.',
      'A socket on {protocol} port {port} in {node} is connected to {peer}: it takes packets of that peer only.',
      'In {node} a program listens on port {port} of {bound} only (SO_BINDTODEVICE); the packet came in by {cameBy}.',
      'In {node} a program listens on {sixOnly} for IPv6 only (IPV6_V6ONLY); the packet is one of IPv4, for {address}.',
      'In {node} a program listens on {observed}, but not on {address}.[ On {node} the name {named} means {node} itself: {tried}.][ Its /etc/hosts has the line `{hostsLine}`.]',
    ],
    why: [
      'After connect(2) a UDP socket belongs to one peer ({peer}). For packets of others the kernel looks for another socket, finds none, and answers that the port is closed.',
      'A socket that is bound to an interface ({bound}) does not hear what comes in by another one, whatever its address is.',
      'A socket on all addresses of IPv6 ({sixOnly}) takes IPv4 too, unless the program, or net.ipv6.bindv6only, says otherwise.',
      'A program that listens on one address only does not receive packets for another address of its node.',
    ],
    where: [
      '`{exec}ss -nup` shows the peer of every connected socket: {peer}.',
      '`{exec}ss -ltnu` shows the interface after the address: `%{bound}`.',
      '`{exec}ss -ltn` shows {sixOnly} for this one; a socket that takes both families has `*` in the place of the address.',
      '`{exec}ss -ltn` shows the local address of every listening socket.',
    ],
    idea: [
      'Publish the port without an address (`docker run -p {published}:{inner}`), or with {address}.',
      'Let the program use sendto(2) and recvfrom(2) on the socket on which it takes questions, instead of connect(2) to {peer}.',
      'Bind the program to {cameBy} as well, or to no interface.',
      'Let the program listen on 0.0.0.0 beside {sixOnly}, or without IPV6_V6ONLY.',
      'Let the program listen on {address}, or on all addresses (0.0.0.0, in IPv6 ::).',
    ],
  },
  'listener-full': {
    what: '[{process} ]listens on TCP port {port} in {node}, and its queue of connections to accept is full ({waiting}).',
    why: 'The kernel completes connections and keeps them in a queue until the program accepts them. While that queue is full, it drops further SYN packets without a word, and clients wait.',
    where:
      '`{exec}ss -ltn` shows the queue of each listening socket: Recv-Q waits, Send-Q is the most it takes.',
    idea: 'Find out why the program does not accept connections (it hangs, or is stopped), or give it a longer backlog.',
  },
  'unexpected-reply': {
    what: [
      '{from} opens a connection to {to}, port {open}; it should not. Expected: {expectText}.[ A rule of {dropper} nearly stops it: `{nearly}`; `{condition}` keeps it from matching.][ {dropper} has no interface {misnamed}.][ There the packet is for {natted}: its destination was translated before.][ `{late}` in {dropper} would stop it, but stands behind `{taken}`, which accepts it.][ `{strange}` in {dropper} never sees it: {dropper} decides about this packet in {hook}, not in {otherHook}.]',
      '{to} replies to {from}; it should not. Expected: {expectText}.[ A rule of {dropper} nearly stops it: `{nearly}`; `{condition}` keeps it from matching.][ {dropper} has no interface {misnamed}.][ There the packet is for {natted}: its destination was translated before.][ `{late}` in {dropper} would stop it, but stands behind `{taken}`, which accepts it.][ `{strange}` in {dropper} never sees it: {dropper} decides about this packet in {hook}, not in {otherHook}.]',
    ],
    why: [
      'A host that reaches port {open} can use the program behind it.',
      'A reply proves that the path is open, there and back.',
    ],
    where: [
      '`kubectl describe networkpolicy -A` shows which pods each policy selects, in which namespace, and what it allows; `kubectl get pods -A --show-labels` shows the labels of {policyPod}.',
      '`hoplab trace --details {from} --tcp {open} {to}` names the rules that the connection meets, and the program that answers.',
      '`{ip} route get {to}` shows the path the packets take.',
    ],
    idea: [
      ...surplus,
      'Correct the condition `{condition}` of the rule in {dropper}, so that it fits the packet.',
      'Put the rule in {dropper} where the packet meets it first: `iptables -I {early}`.',
      'A policy counts for {policyPod} only if it is in the namespace of the pod and selects its labels. Without one, all packets pass.',
      'Find what opens port {open}: a program that listens on too many addresses, a rule that translates or accepts it, or a rule that should drop it and does not match.',
      'Find out why packets get through: a route, an interface or a rule that should not be there yet.',
    ],
  },
  'other-reason': {
    what: [
      'It fails for the expected reason, but in {actualAt}, not in {expectAt}. {actualWhat}',
      'It fails, as it should, but for another reason: {actualWhat} The reason should be: {expectText}.',
    ],
    why: [
      'A failure proves something about {expectAt} only if the packet gets there.',
      'A failure proves something only if it fails for the right reason.',
    ],
    where: '{actualWhere}',
    idea: [...surplus, '{actualIdea}'],
  },
  'no-answer': {
    what: [
      '{from} gets no reply from {to} ({resultText}). Nothing in the current state stops the packets: {silentServer} in {server} listens on port {port}, and does not answer.',
      '{from} gets no reply from {to} ({resultText}). The packets of a trace show why: {packetsShow}',
      '{from} gets no reply from {to} ({resultText}), and nothing in the current state explains it.[ It may depend on `{undecided}`.][ {suspect} was considered, but the packets do not match it.]',
    ],
    why: [
      'A server such as {silentServer} may be told whom to answer: it drops the questions of all others without a word.',
      'Addresses, routes and rules alone do not explain it; the packets themselves do.',
    ],
    where: '`{exec}tcpdump -n -i any host {to}` in each node on the way shows how far the packets get.',
    idea: [
      'Look at which clients {silentServer} in {server} answers (chrony: the lines `allow` in chrony.conf); {from} must be among them.',
      'Follow the packet from node to node, and look at the first one that does not pass it on.',
    ],
  },
  'control-failed': {
    what: [
      'The control `{endless}`, with the same rights, did not end within 10 s, so this failure proves nothing yet.',
      'The control `{controlRun}`, with the same rights, failed too ({controlText}), so this failure proves nothing yet.',
      'The control failed too: {controlFrom} does not find the name {controlName} ({controlText}), so this failure proves nothing yet.',
      'The control ping from {controlFrom} to {controlTo} failed too ({controlText}), so this failure proves nothing yet.',
      'There is no control ping, so this failure proves nothing.',
    ],
    why: 'A failure means something only if a similar connection that should work does work.',
    where: [
      '`{controlRun}` must succeed.',
      '`getent ahosts {controlName}` in {controlFrom} must find the name.',
      '`ping -c 1 {controlTo}` in {controlFrom} is the ping that must work.',
      'The lab lacks a control for this check.',
    ],
    idea: [
      'First make this work: {controlRun}',
      'First make {controlFrom} find {controlName}.',
      'First make {controlTo} reply to {controlFrom}.',
      'This is for the author of the lab, not for you.',
    ],
  },
  'tool-failed': {
    what: [
      '{unseen} This says nothing about your work.',
      "hoplab's own tool failed[: `{tool}`]. This says nothing about your work.",
    ],
    why: 'hoplab judges only what it has really tested.',
    where: '`hoplab doctor` shows what this VM lacks.',
    idea: 'Check again; if that does not help, reset the step.',
  },
} as const satisfies Record<string, Ladder>;

/** Processes, their users and rights, and commands. */
export const programs = {
  'process-missing': {
    what: [
      '`{program}` runs in {runsIn}, not in {node}.',
      '`{program}` runs in {node} as process {outer} of the machine; it should be process {pid} in a PID namespace of its own.',
      'No process whose command line begins with `{program}` runs in {node}; `{alike}` does.',
      'A process with PID {pid} in a PID namespace of its own, `{stray}`, runs in {strayIn}, not in {node}.',
      'No process in {node} has PID {pid} in a PID namespace of its own.[ Found: {found}.]',
      'No process whose command line begins with `{program}` runs in {node}.',
    ],
    why: [
      'In a PID namespace of its own a process counts from 1; outside it the same process has another number than {pid}.',
      'The rights of a process decide what it may do. The process must run first.',
    ],
    where: [
      '`ps -eo pid,pidns,args` on the machine; the line NSpid in /proc/PID/status lists all PIDs of a process, the innermost ({pid}) last.',
      '`ip netns pids {node}` lists the processes of a network namespace, `ps -eo pid,uid,args` all of them.',
    ],
    idea: [
      'Start the process inside {node}, in a new PID namespace, where it is number {pid}.',
      'Start it in {node}, in the background. Did it end at once? Start it in the foreground to see why.',
    ],
  },
  'wrong-user': {
    what: '`{program}` runs in {node} as user {observed}; it should run as user {expected}.',
    why: 'User 0 is root. A program that needs no rights should not have them.',
    where: '`ps -eo pid,uid,args` shows the user of every process as a number.',
    idea: 'End the process and start it as user {expected}.',
  },
  'capability-missing': {
    what: '`{program}` in {node} lacks the capability {expected}.',
    why: 'The rights of root are many single capabilities. The kernel refuses an action whose capability the process lacks.',
    where:
      '`grep Cap /proc/PID/status` shows the sets of a process as masks; `getpcaps PID` prints them as names.',
    idea: 'End the process and start it with {expected}.',
  },
  'capability-present': {
    what: '`{program}` in {node} has the capability {observed}; it should not.',
    why: 'An attacker who breaks into a process can do all that the process can do.',
    where:
      '`grep Cap /proc/PID/status` shows the sets of a process as masks; `getpcaps PID` prints them as names.',
    idea: 'End the process and start it without {observed}.',
  },
  'not-permitted': {
    what: '`{run}` is refused in {node}: {printed}',
    why: 'The kernel asks for a capability, not for the name of the user.',
    where: '`getpcaps PID` prints the capabilities of a process.[ Here it is that of `{program}`.]',
    idea: 'Find out which capability the command needs, and give it to the process.',
  },
  'wrong-exit': {
    what: [
      '[This does not hold yet: {means}. ]`{endless}` in {node} did not end within 10 s; it should end with {wish}.',
      '[This does not hold yet: {means}. ]`{run}` in {node} ended with {fact}; it should end with {wish}.[ It printed: {printed}]',
    ],
    why: 'Exit code 0 means that a command succeeded; every other code is an error.',
    where: [
      '`{endless}` in {node} waits. Control-C ends it; what it has printed by then says what it waits for.',
      '`echo $?` right after the command prints its exit code.',
    ],
    idea: [
      'Find out what `{endless}` waits for: a program that waits for a reply never ends where a rule or a missing route takes it.',
      'Run the command yourself and read its output.',
    ],
  },
  'wrong-output': {
    what: '[This does not hold yet: {means}. ]`{run}` in {node} ended as it should, but did not print `{expected}`. It printed: {observed}',
    why: [
      'A failure (exit {code}) proves something only if it fails for the right reason.',
      'Exit code 0 means that the command ran, not what it found. This check is about its output.',
    ],
    where: 'Run it yourself: `{run}`.',
    idea: [
      'Read its output with exit {code}: it fails for another reason than the expected one.',
      'Find out why it prints that, and change it.',
    ],
  },
} as const satisfies Record<string, Ladder>;

export const programPhrases = {
  process: {
    expected: 'In {node} a process runs: {wanted}.',
    observed: 'In {node}: {fact}.',
  },
  command: {
    expected: [
      'This holds: {means} (`{run}` in {node}: {wish}).',
      '`{run}` in {node}[, with the rights of `{program}`]: {wish}.',
    ],
    observed: '`{run}` in {node}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
