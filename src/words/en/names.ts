import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';

/** Names, the files that turn them into addresses, and the servers that are asked. */
export const names = {
  'name-unknown': {
    what: '{node} does not know the name {name}.[ Asked: {sources}.][ {noServerIn} names no server.][ There is a Service {nearService}: compare the two letter by letter.][ There is a Service {otherService}: in another namespace its short name is not enough.][ {daemon} on {serverNode} knows only what was in its files at its start or at the last SIGHUP.][ {nearFile} has the line `{near}`. {slipText}]',
    why: 'Before anything is sent, the name must become an address: from /etc/hosts or from a name server.',
    where: [
      '`kubectl get services -A` shows the Services that {clusterDns}, the DNS of the cluster, knows, with their namespaces.',
      '`{exec}getent ahosts {name}` looks the name up as ping does; /etc/nsswitch.conf names the sources, /etc/resolv.conf the server.',
    ],
    idea: [
      'If {name} is to be a Service of the cluster ({clusterDns} is its DNS): create it, in the namespace that the name says, or ask for one that there is.',
      'Make the name known: in /etc/hosts of {node}, or at its name server.[ {node} asks one only where {noServerIn} names it, in a line `nameserver`.][ {daemon} on {serverNode} reads its files again at SIGHUP.]',
    ],
  },
  'no-name-server': {
    what: '{node} has no name server: /etc/resolv.conf names none.[ It has the line `{near}`. {slipText}]',
    why: 'A name that is not in /etc/hosts is looked up at a name server. Without one the lookup fails.',
    where:
      '`{exec}cat /etc/resolv.conf` should have a line of the word nameserver, a space and the IP address of the server.',
    idea: 'Write the address of the name server into /etc/resolv.conf of {node}.',
  },
  'name-server-silent': {
    what: [
      '{node} asks the DNS of the cluster ({outside}) for {name} and gets no answer ({resultText}). It answers for names of Services and pods; for all others it asks servers outside of the cluster, and gets no answer from them.',
      '{node} asks the name server {server} for {name} and gets no answer ({resultText}). {forwarder} listens there, on {serverNode}: it gives none as long as the server that it asks in turn gives none.',
      '{node} asks the name server {server} for {name} and gets no answer ({resultText}).',
    ],
    why: 'Even a refusal is an answer; this server sent none. The name may well exist.',
    where: [
      '`kubectl -n kube-system get configmap coredns -o yaml` shows whom {outside} asks for all other names (`forward`).',
      '`{exec}cat /etc/resolv.conf` shows which server is asked, `{exec}dig @{server} {name}` asks it alone.',
    ],
    idea: [
      'Correct the line `forward` of the ConfigMap coredns: does a name server answer at the address that {outside} asks?',
      'kubelet writes {clusterDns} into every pod, so that is the right address. Do the pods of the DNS run, and does every network policy let {node} ask them (port 53, UDP and TCP)?',
      'Is {server} the right address? If so: does the server run, and does the one it asks in turn answer?[ {daemon} on {serverNode} reads its files again at SIGHUP.]',
    ],
  },
  'name-server-refuses': {
    what: 'The name server {server} refuses to answer for {name} (REFUSED).[ {daemon} on {serverNode} asks only the servers that were in its files at its start or at the last SIGHUP.]',
    why: 'A server answers for its own zones. For other names its configuration must allow it to ask other servers, and for which clients.',
    where: '`{exec}dig @{server} {name}` shows the status in its header line.',
    idea: [
      '{clusterDns}, the DNS of the cluster, answers for names of Services and pods only, unless the ConfigMap coredns has a line `forward` for all others.',
      'Ask another server, or let {server} ask others: give it a server to forward to, or root servers.[ {daemon} on {serverNode} reads its files again at SIGHUP.]',
    ],
  },
  'name-server-fails': {
    what: [
      'The DNS of the cluster ({clusterDns}) knows no {name}: no Service or pod has this name. It asked servers outside of the cluster as well, and got no answer (SERVFAIL).[ There is a Service {nearService}: compare the two letter by letter.][ There is a Service {otherService}: in another namespace its short name is not enough.]',
      'The name server {rootless} could not find out about {name} (SERVFAIL): it does not even find the servers of the root, where every look-up begins.',
      'The name server {server} could not find out about {name} (SERVFAIL).',
    ],
    why: [
      '{clusterDns}, the DNS of the cluster, answers for names of Services and pods. Any other name, also that of a Service which does not exist, it asks servers outside for.',
      'A name server that knows nothing yet ({rootless}) asks a root server first. Its root hints name one (NS), and give that same name an address (A).',
      'SERVFAIL does not mean that the name does not exist. The server asked other servers, and got no usable answer.',
    ],
    where: [
      '`kubectl get services -A` shows the Services with their namespaces; `kubectl -n kube-system get configmap coredns -o yaml` shows whom {clusterDns} asks for all other names (`forward`).',
      '`{exec}dig @{rootless} . NS` asks for the root alone: its status is SERVFAIL too.',
      '`{exec}dig @{server} {name}` shows the status in its header line.',
    ],
    idea: [
      'If {name} is to be a Service: create it, in the namespace that the name says. If it is a name of the outside: correct the line `forward` of the ConfigMap coredns.',
      'Read the root hints of {rootless} letter by letter: the name after NS must be the name that has the address, and a server must answer there. Then restart the name server: it reads them at its start.',
      'Follow the question from {server} on: which servers does it ask, and do they answer it?',
    ],
  },
  'record-missing': {
    what: 'The name {name} exists, but not with a record of the type asked for[ (asked: {server})].',
    why: 'A name has records of several types. One type says nothing about the others.',
    where: '`{exec}{dig}` shows the answer: no error, and nothing of this type.',
    idea: 'Ask for the type that the name has, or add the record to its zone.',
  },
  'one-family-only': {
    what: [
      'The name server {server} has a record {has} of {name}, but refuses the question for {type} ({refused}).',
      'The name server {server} has a record {has} of {name}, but says to the question for {type} that there is no such name ({denied}).',
      'The name server {server} has a record {has} of {name}, and says nothing to the question for {silent}.',
    ],
    why: 'A program asks for both families at the same time. glibc takes the one it gets, after three timeouts (15 s) where the other stays silent. musl (Alpine) takes a refusal for silence and gives up after 5 s, and takes "no such name" at its word.',
    where:
      '`{exec}dig @{server} {name} {type}` shows the status in its header line: NOERROR without a record is right.',
    idea: [
      'Find what drops the queries for {silent} of {name}: a rule or a filter on the way to {server}, or on it.',
      'Let the server own the name, so that it can say "no such record": in dnsmasq.conf `local=/{name}/`.',
    ],
  },
  'wrong-answer': {
    what: [
      '{node} resolves {name} to {observed}, expected {expected}. The DNS of the cluster said so: {dnsAddress} is the ClusterIP of the Service {dnsService} (namespace {dnsNamespace}).',
      '{node} resolves {name} to {observed}, expected {expected}.[ These are {parts} strings, which are joined without a space: the text stands in one pair of quotes.][ The answer came from {server}.][ {daemon} on {serverNode} gave this answer: of its files it knows what was in them at its start or at the last SIGHUP.]',
    ],
    why: [
      'The DNS of a cluster has the name of each Service with its ClusterIP, here {dnsAddress}: SERVICE in the same namespace, SERVICE.NAMESPACE in every one.',
      'Several places may know one name, and they may say different things. The first that answers wins.',
    ],
    where: [
      '`kubectl -n {dnsNamespace} get service {dnsService}` shows its ClusterIP.',
      '`{exec}{dig}` shows the records, and in the line SERVER the server they came from ({server}).',
      '`{exec}getent ahosts {name}` looks the name up as ping does, in this order: {order}. A line `hosts:` in /etc/nsswitch.conf sets it.',
    ],
    idea: [
      'Write the text of {name} in one pair of double quotes, so that it is one string and not {parts}. The shell takes quotes away: put single quotes around all that `echo` writes.',
      'If {dnsService} is the Service that is meant, delete it and create it again with `--cluster-ip={expected}`: a ClusterIP cannot be changed. Else ask for the name of the other one.',
      'Find the place that gives this answer. Correct it there, or let another one be asked first.[ {daemon} on {serverNode} reads its files again at SIGHUP.]',
    ],
  },
  'wrong-name-server': {
    what: 'The answer for {name} comes from {server}; it should come from {expected}.[ {server} stands first in /etc/resolv.conf of {node}: {later} behind it is asked only where {server} gives no reply.]',
    why: 'The server that answers decides which records a client sees and what is cached.',
    where: '`{exec}cat /etc/resolv.conf` shows the servers; the first one that answers is used.',
    idea: 'Let {node} ask {expected}.',
  },
  'not-cached': {
    what: '{at} answered {name} a moment ago and still sent another query ({observed}).',
    why: 'A server keeps answers for as long as their TTL says. Caching keeps the load on the root servers bearable.',
    where:
      '`{exec}tcpdump -n -i any port 53` shows what {at} asks while `{dig}` is typed on {from} a second time.',
    idea: "Look at the answer's TTL and at the cache settings of the server.",
  },
  'listener-present': {
    what: 'A program listens in {node}: {observed}. It should not.',
    why: 'Other hosts can reach a program that listens.',
    where: '`{exec}ss -ltnup` lists the listening sockets of {node} and their programs.',
    idea: 'End the program.',
  },
  'wrong-process': {
    what: '{observed} listens on {wanted}, not {expected}.',
    why: 'A port belongs to one program at a time: the one that started first.',
    where: '`{exec}ss -ltnup` lists the listening sockets of {node} and their programs.',
    idea: 'End {observed}, then start {expected}.',
  },
} as const satisfies Record<string, Ladder>;

export const namePhrases = {
  dns: {
    expected: '`{dig}`, typed on {from}, is answered: {wish}.',
    negated: '`{dig}`, typed on {from}, fails for this reason: {wish}.',
    observed: '`{dig}` on {from}: {fact}.',
  },
  resolve: {
    expected: 'Programs on {from} find an address for {asking}[: {wanted}].',
    negated: 'Programs on {from} find no address for {asking}, for this reason: {wish}.',
    observed: '{name} on {from}: {fact}.',
  },
  cached: {
    expected: '`{dig}`, typed on {from} a second time, is answered by {at} from its memory.',
    observed: '`{dig}` on {from}: {fact} answers, and no query leaves {at}.',
  },
  file: {
    expected: '{path} of {node} has this entry: {wish}.',
    negated: '{path} of {node} does not have this entry: {entry}.',
    observed: 'In {path} of {node}: {fact}.',
  },
  listener: {
    expected: 'In {node} a program listens: {wish}.',
    negated: 'In {node} nothing listens: {wanted}.',
    observed: 'Listening in {node}: {fact}.',
  },
  tcp: {
    expected: '{to} accepts a TCP connection from {from} on port {port}.',
    negated: 'A TCP connection from {from} to {to} port {port} fails, for this reason: {wish}.',
    observed: 'A TCP connection from {from} to {to} port {port}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

/** Servers for time and mail. */
export const wire = {
  'clock-unsynchronised': {
    what: [
      "{to} refuses to tell the time: kiss-o'-death {refused}.",
      '{to} answers, and reports that its own clock is not synchronised: {observed}.',
    ],
    why: 'A client does not follow a server that has no source of its own. It did reply, so the network is not the reason.',
    where:
      'On the server `chronyc -n sources` lists the servers it asks, and `chronyc tracking` whether it follows one of them.',
    idea: 'Give the server a source it can reach, or let it trust its own clock (`local stratum 8` in chrony.conf).',
  },
  'wrong-offset': {
    what: 'The clock of {to} differs from that of {from} by {offset} s (+ is ahead, - behind); expected {wanted} s, give or take {within} s.',
    why: 'The offset says how far apart two clocks are, not which of the two is right. A third clock decides that.',
    where: '`{exec}ntpdig {to}` shows the offset; ask other servers too.',
    idea: 'Find the clock that is wrong: ask several servers, and see which of them agree.',
  },
  'wrong-stratum': {
    what: '{to} reports stratum {seen}; expected {stratum}.',
    why: 'The stratum counts the servers between a clock and its reference. A server that lost its source, or believes its own clock, reports another one.',
    where: 'On the server `chronyc -n sources` shows the server it follows.',
    idea: 'Let the server follow the source that is meant, or correct `local stratum` in its chrony.conf.',
  },
  'path-mtu': {
    what: [
      'The largest packet that {to} answers {from} has {observed} bytes; expected are {expected}. {place} takes no more than {takes} bytes.',
      'The largest packet that {to} answers {from} has {observed} bytes; expected are {expected}.',
    ],
    why: 'A longer packet is cut into fragments, or dropped where it may not be cut (DF, and IPv6 always). If the ICMP error about it does not come back either, small packets pass and large ones vanish.',
    where:
      '`{exec}ping -n -M do -c 1 -s {data} {to}` sends a packet of the expected size that may not be cut; `hoplab trace {from} {to} --size {data}` shows where it ends.',
    idea: 'Compare the MTU of the interfaces at both ends of every wire on the way; a tunnel needs room for its own headers (`ip link`, `ip route get {to}`).',
  },
  'time-source-missing': {
    what: 'chronyd on {node} does not ask {source}.',
    why: 'chronyd asks the servers of its chrony.conf, read once at its start.',
    where: '`{exec}chronyc -n sources` lists the servers it asks.',
    idea: 'Add a line `server {source} iburst` to chrony.conf and start chronyd again, or `chronyc add server {source}`.',
  },
  'time-source-state': {
    what: 'chronyd on {node} says of {source}: {observed}. Expected: {wanted}.',
    why: 'A client follows the servers that agree with the majority. One against one is no majority, and a server that never answers has no vote.',
    where:
      '`{exec}chronyc -n sources` shows the state (`*` selected, `x` falseticker, `?` unusable) and, in octal, which of the last eight questions were answered; `{exec}chronyc -n sourcestats` how far off each is.',
    idea: 'Compare the offsets: which servers agree? If one does not answer, find where its packets end: `hoplab trace {node} {source} --udp 123`.',
  },
  'wrong-mail-answer': {
    what: '{to} answers a mail from {sender} to {recipient} at {stage} with: {observed}. Expected: {wanted}.',
    why: 'The first digit decides: 2 takes the mail, 4 means try again later, 5 refuses for good. SPF checks the sender of the envelope, not the From line.',
    where:
      '`{exec}swaks --server {to} --from {sender} --to {recipient}` shows the whole session; the log of the mail server says why it answered so.',
    idea: "Read the text of the answer: it names the rule that decided. For SPF compare the sending address with the TXT record of the sender's domain.",
  },
  'queries-lost': {
    what: 'Of {sent} queries from {from} to {to}, {missing} got no answer ({part}). At most {lost} may be lost.',
    why: 'A UDP query that is lost is not sent again by the network. The program waits for its own timeout, mostly 5 s, before it asks again.',
    where:
      'Where do they end? `{exec}nft list ruleset` and `iptables -S -v` count what rules drop on the way, `conntrack -C` counts the flows of a node: every source port is a flow of its own.',
    idea: 'If a limit on flows drops them, need fewer flows: do not track what need not be translated (NOTRACK), or raise the limit.',
  },
  'rate-too-low': {
    what: 'Asked by {from} at {to}, the server answers {rateSeen} of the queries per second that it answers at {against}. At least {rate} is expected.',
    why: 'Both ways were measured in turn in the same runs, so the load of the VM affects both equally. The brackets give the uncertainty of the measurement.',
    where: '`hoplab trace {from} {to} --dns {name}` shows what happens to a query on its way.',
    idea: 'Look for a limit or a detour on the way to {to} that the way to {against} does not have.',
  },
  'latency-too-high': {
    what: 'An answer of {to} takes {latencySeen} times as long as one of {against}. At most {latency} times is expected.',
    why: 'Both ways were measured in turn in the same runs, so the load of the VM affects both equally. The brackets give the uncertainty of the measurement.',
    where: '`hoplab trace {from} {to} --dns {name}` shows what happens to a query on its way.',
    idea: 'Look for a queue or a detour on the way to {to} that the way to {against} does not have.',
  },
} as const satisfies Record<string, Ladder>;

export const wirePhrases = {
  ntp: {
    expected: '{to} tells {from} the time: {wish}.',
    negated: 'A question for the time from {from} to {to} fails, for this reason: {wish}.',
    observed: '{to} to {from}: {fact}.',
  },
  'time-source': {
    expected: 'chronyd on {node} says of {source}: {wish}.',
    observed: 'chronyd on {node} says of {source}: {fact}.',
  },
  load: {
    expected: 'Under load, {to} answers {from}: {wish}.',
    negated: 'Queries from {from} to {to} fail, for this reason: {wish}.',
    observed: '{to} under load: {fact}.',
  },
  mtu: {
    expected: 'The largest packet that {to} answers {from} has {wish} bytes.',
    observed: 'Largest packet from {from} that {to} answers, in bytes: {fact}.',
  },
  'all-pairs': {
    expected: 'Each of {nodes} gets a reply from every other: {wish} pairs ({family}).',
    observed: 'Pairs with a reply: {fact}.',
  },
  smtp: {
    expected: '{to} answers a mail from {sender} to {recipient}, sent by {from}: {wish}.',
    negated: 'A mail from {from} to {to} fails, for this reason: {wish}.',
    observed: 'Answer of {to}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const wireQuestions = {
  ntp: ({ from, to, expect, offset }) => {
    if (expect !== 'answer') return `a question for the time from ${from} to ${to} fails (${expect})`;
    return `${to} tells ${from} the time${offset === undefined ? '' : `, ${offset} s from its own`}`;
  },
  'time-source': ({ on, source, state, answers }) => {
    const wish = [
      ...(state === undefined ? [] : [state.join(' / ')]),
      ...(answers === undefined ? [] : [answers ? 'it answers' : 'it is silent']),
    ];
    return `chronyd on ${on} asks ${source}${wish.length === 0 ? '' : `: ${wish.join(', ')}`}`;
  },
  load: ({ from, to, against, clients, expect }) => {
    if (expect !== 'answer') return `queries of ${clients} clients on ${from} to ${to} fail (${expect})`;
    const beside = against === undefined ? '' : `, compared with ${against}`;
    return `${to} answers many queries of ${clients} clients on ${from}${beside}`;
  },
  mtu: ({ from, to, bytes }) => `the largest packet that ${to} answers ${from} has ${bytes} bytes`,
  'all-pairs': ({ nodes, family }) =>
    `${nodes === undefined ? 'every node' : `each of ${nodes.join(', ')}`} reaches every other${family === 'ipv6' ? ' over IPv6' : ''}`,
  smtp: ({ from, to, sender, code, expect }) =>
    expect === 'answer'
      ? `${to} answers ${code} to a mail of ${sender || '<>'} sent by ${from}`
      : `a mail sent by ${from} to ${to} fails (${expect})`,
} satisfies Partial<Questions>;
