import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** Names, the files that turn them into addresses, and the servers that are asked. */
export const names = {
  'name-unknown': {
    what: '{node} does not know the name {name}.[ Asked: {sources}.]',
    why: 'Before anything is sent, the name must become an address: from /etc/hosts or from a name server.',
    where:
      '`{exec}getent ahosts {name}` asks as ping does; /etc/nsswitch.conf says whom, /etc/resolv.conf which server.',
    idea: 'Make the name known: in /etc/hosts of {node}, or at its name server.',
  },
  'no-name-server': {
    what: '{node} has no name server: /etc/resolv.conf names none.',
    why: 'What is not in /etc/hosts is asked of a name server. Without one there is nobody to ask.',
    where: '`{exec}cat /etc/resolv.conf` should have a line that begins with nameserver.',
    idea: 'Write the address of the name server into /etc/resolv.conf of {node}.',
  },
  'name-server-silent': {
    what: '{node} asks the name server {server} for {name} and gets no answer ({said}).',
    why: 'A server that says no has answered; this one did not. The name may well exist.',
    where:
      '`{exec}cat /etc/resolv.conf` shows which server is asked, `{exec}dig @{server} {name}` asks it alone.',
    idea: 'Is {server} the right address? If so: does the server run, and does the one it asks in turn answer?',
  },
  'name-server-refuses': {
    what: 'The name server {server} refuses to answer for {name} (REFUSED).',
    why: 'A server answers for its own zones. For all else it must be told to ask others, and for whom it may.',
    where: '`{exec}dig @{server} {name}` shows the status in its header line.',
    idea: 'Ask another server, or let {server} ask others: give it a server to forward to, or root servers.',
  },
  'name-server-fails': {
    what: 'The name server {server} could not find out about {name} (SERVFAIL).',
    why: 'It does not say that the name does not exist. It asked others, and their answers did not help.',
    where: '`{exec}dig @{server} {name}` shows the status in its header line.',
    idea: 'Follow the question from {server} on: which servers does it ask, and do they answer it?',
  },
  'record-missing': {
    what: 'The name {name} exists, but not with a record of the type asked for[ (asked: {server})].',
    why: 'A name has records of several types. One type says nothing about the others.',
    where: '`{exec}{dig}` shows the answer: no error, and nothing of this type.',
    idea: 'Ask for the type that the name has, or add the record to its zone.',
  },
  'wrong-answer': {
    what: '{node} resolves {name} to {observed}, expected {expected}.[ The answer came from {server}.]',
    why: 'Several places may know one name, and they may say different things. The first that answers wins.',
    where: [
      '`{exec}{dig}` shows the records, and in the line SERVER who gave them ({server}).',
      '`{exec}getent ahosts {name}` asks as ping does; /etc/nsswitch.conf says in which order ({order}).',
    ],
    idea: 'Find the place that gives this answer. Correct it there, or let another one be asked first.',
  },
  'wrong-name-server': {
    what: 'The answer for {name} comes from {server}; it should come from {expected}.',
    why: 'Which server answers decides what is seen, what is cached and whom the question reaches.',
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
    what: 'In {node} something listens: {observed}. It should not.',
    why: 'Whoever listens can be reached.',
    where: '`{exec}ss -ltnup` lists the listening sockets of {node} and their programs.',
    idea: 'End the program.',
  },
  'wrong-process': {
    what: '{wanted} was asked for; {observed} listens there, not {expected}.',
    why: 'A port belongs to one program at a time: the one that came first answers.',
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
    expected: 'Programs on {from} find an address for {name}: {wish}.',
    negated: 'Programs on {from} find no address for {name}, for this reason: {wish}.',
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
