import type { CheckPhrases, Ladder, Words } from '../../core/explain/words.ts';
import { savedLab } from './changes.ts';
import { frames, links } from './links.ts';
import { namePhrases, names, wire, wirePhrases } from './names.ts';
import { problems, types } from './problems.ts';
import { probes, programPhrases, programs } from './programs.ts';
import { entries, entryPhrases, pathPhrases, questions } from './questions.ts';
import { facts, terms } from './reasons.ts';
import { addresses, routes } from './routes.ts';
import { passages, rules } from './rules.ts';
import { drops, gaps, paths, traces, tunnels } from './traces.ts';

/** What servers answer; a service behind one address, and the backends that answer. */
const services = {
  'answer-broken': {
    what: [
      'A program accepts the connection for {url}, and closes it without an answer ({nothing}).',
      '{url} answers, but the connection is closed {missing} bytes before the end of the answer.',
      '{url} answers, but the connection is closed before the last chunk of the answer ({chunks}).',
      '{url} answers, but the TLS handshake fails: {tls}.',
      '{url} answers, but curl does not accept the certificate of the server: {certificate}.',
      '{url} answers, but not with HTTP.',
    ],
    why: [
      'The network works: packets passed in both directions. What the program does with the request ends it ({nothing}).',
      'The network works: packets passed in both directions. The server announced more ({missing} bytes) than it sent.',
      'The network works: packets passed in both directions. A last chunk ends an answer ({chunks}); without it a client cannot know that it has all.',
      'The network works: packets passed in both directions. Client and server do not agree on TLS ({tls}): the server may speak no TLS on this port, or other versions and ciphers.',
      'The network works, and the server speaks TLS. A certificate counts only with a signature of a trusted authority, the name asked for, and valid dates ({certificate}).',
      'The network works: packets passed in both directions. The program on that port speaks another protocol.',
    ],
    where: [
      "The program's own output, or its log, says why it closes the connection ({nothing}); `{exec}curl -v {url}` shows the request.",
      "`{exec}curl -v {url}` shows Content-Length, what came and curl's error about {missing} bytes; the server's log says why it stopped.",
      '`{exec}curl -v {url}` shows how far the handshake gets ({tls}); `openssl s_client -connect` shows more.',
      '`{exec}curl -kv {url}` shows the certificate and takes it as it is ({certificate}).',
      "`{exec}curl -v {url}` shows the whole exchange; the server's log says more.",
    ],
    idea: [
      'Read what the program prints as you ask it: it may lack a right, a file or the server behind it ({nothing}).',
      'Find out why the server stops {missing} bytes early: it crashed, was stopped, or counts its Content-Length wrongly.',
      'Find out why the server stops before the end ({chunks}): it crashed, or was stopped.',
      'If the server speaks plain HTTP, ask with http:// or turn TLS on for this port; otherwise compare its TLS versions and ciphers with those of the client ({tls}).',
      'Give the server a certificate that its clients trust, or make the authority that signed it known to this client ({certificate}).',
      'Look at which program listens on that port, and ask it in its own protocol, or start the web server.',
    ],
  },
  'wrong-status': {
    what: '{url} answers with status {observed}; it should be {expected}.',
    why: [
      'A proxy answers {proxied}: the request reached the proxy, but the server behind it refused the connection or did not answer.',
      'The network works: packets passed in both directions. The server itself refused.',
    ],
    where: [
      '`{exec}curl -i {url}` shows which proxy answers {proxied}; its log names the server behind it (nginx: /var/log/nginx/error.log; in a container: `docker logs`; in a pod: `kubectl logs`).',
      "`{exec}curl -i {url}` shows the whole answer; the server's log says why.",
    ],
    idea: [
      'Does the server behind the proxy run ({proxied})? Compare the address and the port in the configuration of the proxy with those at which the server listens.',
      'Look at which server answers, and at its configuration.',
    ],
  },
  'wrong-body': {
    what: '{url} answers, but without `{expected}`. It begins with `{observed}`.',
    why: 'A response only proves that some server sent it. This is not the expected one.',
    where: '`{exec}curl -i {url}` shows the whole answer.',
    idea: 'Find out which server answers: rules may have sent the packet elsewhere.',
  },
  'no-tls': {
    what: '{to} accepts the connection on port {port}, but the TLS handshake fails: {observed}.',
    why: 'TCP only carries bytes. A client that begins with TLS needs a server that answers in TLS.',
    where:
      '`{exec}{look}` shows how far the handshake gets; `{exec}curl -i http://{to}:{port}/` tries without TLS.',
    idea: 'Turn TLS on in the server for this port (with certificate and key), or use the port where it speaks TLS.',
  },
  'certificate-name': {
    what: "The server's certificate is not for {name}. It is for: {observed}.",
    why: 'A certificate proves which server holds a name. One for another name may be genuine, and still belongs to another server.',
    where: '`{exec}{look}` shows the certificate; `openssl x509 -noout -ext subjectAltName` reads its names.',
    idea: 'Give the server a certificate with {name} among its subject alternative names. Clients look at nothing else.',
  },
  'certificate-untrusted': {
    what: 'The certificate of {to} is signed by {issuer}, which is not among the authorities in {trust}: {observed}.',
    why: 'Anyone can write a certificate for any name. Only the signature of a trusted authority proves that it is genuine.',
    where:
      '`{exec}{look}` says which signature is not trusted; `openssl x509 -noout -subject -in {trust}` shows the trusted authority.',
    idea: "Let the server's certificate be signed by the authority in {trust}, or put the authority that signed it there.",
  },
  'certificate-expired': {
    what: 'The certificate of {to} is valid from {begins} to {observed}; today it is not.',
    why: 'Clients refuse a certificate outside its dates.',
    where: '`{exec}{look}` shows the certificate; `openssl x509 -noout -dates` reads its dates.',
    idea: 'Have a new certificate signed, and let the server load it.',
  },
  'some-unanswered': {
    what: 'Of the requests from {from} to {url} only some were answered: {observed}. The others ended with: {resultText}. Answered by: {counts}.',
    why: 'A client that is sent to no backend, or to a dead one, gets an error; the next attempt may succeed.',
    where:
      '`{exec}iptables -t nat -nvL` shows how many connections each rule took. A connection that no rule took goes to the address itself.',
    idea: 'The last rule must take all remaining connections: give it no probability. Every rule needs a backend that answers.',
  },
  'unknown-backend': {
    what: '{url} is answered by `{observed}`, which is none of {all}. Answered by: {counts}.',
    why: 'A response only proves that some server sent it.',
    where: '`{exec}curl -i {url}`, typed several times, shows which backends answer.',
    idea: 'Find the rule that sends the connection there.',
  },
  'backend-idle': {
    what: '{backend} answered none of {requests} requests to {url}. By chance that happens with a probability of {rare}. Answered by: {counts}.',
    why: 'A backend that gets no connections takes no load, and its absence is noticed only when it is needed.',
    where:
      '`{exec}iptables -t nat -nvL` shows how many connections each rule took. The kernel tries rules in order, and one without a probability takes all remaining connections.',
    idea: 'Let a rule send connections to {backend}, in front of the one that takes all remaining connections.',
  },
  'share-too-small': {
    what: '{backend} answered {count} of {requests} requests to {url}; {expected} were expected. By chance so few come with a probability of {rare}. Answered by: {counts}.',
    why: 'A rule sees only the connections that the rules before it left: its probability is its part of the rest, not of the whole.',
    where:
      '`{exec}iptables -t nat -nvL` shows the probability of each rule, and how many connections it took.',
    idea: 'Of n equal backends the first takes 1/n, the second 1/(n-1) of the rest, and the last everything.',
  },
  'share-too-large': {
    what: '{backend} answered {count} of {requests} requests to {url}; {expected} were expected. By chance so many come with a probability of {rare}. Answered by: {counts}.',
    why: 'A rule sees only the connections that the rules before it left: its probability is its part of the rest, not of the whole.',
    where:
      '`{exec}iptables -t nat -nvL` shows the probability of each rule, and how many connections it took.',
    idea: 'Of n equal backends the first takes 1/n, the second 1/(n-1) of the rest, and the last everything.',
  },
  'several-backends': {
    what: 'The requests from {from} to {url} were answered by several backends: {counts}. They should all be answered by the same one.',
    why: 'One backend does not know what another remembers of a client (a login, a basket).',
    where:
      '`{exec}iptables -t nat -nvL` shows how many connections each rule took, and which rules remember the client.',
    idea: 'Remember the client at its first connection (-m recent --set), and match that (-m recent --rcheck) before the rules with a probability.',
  },
} as const satisfies Record<string, Ladder>;

const servicePhrases = {
  tls: {
    expected: '{to} speaks TLS with {from} on port {port}: {wish}.',
    negated: 'A TLS connection from {from} to {to} port {port} fails, for this reason: {wish}.',
    observed: 'The certificate {to} shows {from} on port {port}: {fact}.',
  },
  distribution: {
    expected: [
      'Of {requests} requests from {from} to {url} each backend answers its share: {shares}. A right distribution fails this with a probability of {chance}.',
      'Of {requests} requests from {from} to {url} every backend answers some: {all}. A right distribution fails this with a probability of {chance}.',
      'All {requests} requests from {from} to {url} are answered by the same one of {all}. By chance that happens with a probability of {chance}.',
    ],
    observed: '{url}, asked {requests} times from {from}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const english: Words = {
  savedLab,
  reasons: {
    ...links,
    ...frames,
    ...tunnels,
    ...passages,
    ...addresses,
    ...routes,
    ...rules,
    ...probes,
    ...paths,
    ...programs,
    ...names,
    ...entries,
    ...services,
    ...wire,
  },
  questions,
  asked: {
    netns: {
      expected: 'The network namespace {name} exists.',
      negated: 'There is no network namespace {name}.',
      observed: 'Namespaces: {fact}.',
    },
    link: {
      expected: 'In {node}: {wish}.',
      negated: 'There is no interface {link} in {node}.',
      observed: '{link} in {node}: {fact}.',
    },
    address: {
      expected: '{node} has the address {wish}.',
      negated: '{node} does not have the address {address}.',
      observed: '{node}: {fact}.',
    },
    route: {
      expected: 'The routing table of {node} decides: {wish}.',
      negated: '{node} has no route to {to}.',
      observed: 'The route that decides in {node}: {fact}.',
    },
    ...entryPhrases,
    sysctl: {
      expected: 'In {node}: {wish}.',
      observed: 'In {node}: {fact}.',
    },
    rule: {
      expected: '{node} has a rule that does the same as this one: {wish}.',
      negated: '{node} has no rule that does the same as this one: {rule}.',
      observed: 'Rule in {node}: {fact}.',
    },
    ping: {
      expected: '{to} answers a ping from {from}.',
      negated: 'A ping from {from} to {to} fails, for this reason: {wish}.',
      observed: 'A ping from {from} to {to}: {fact}.',
    },
    http: {
      expected: '{url} answers {from}: {wish}.',
      negated: 'A request from {from} for {url} fails, for this reason: {wish}.',
      observed: '{url}, asked from {from}: {fact}.',
    },
    seen: {
      expected: 'A ping from {from} arrives at {at} with the source address {wish}.',
      observed: 'It arrives at {at} with the source address {fact}.',
    },
    ...pathPhrases,
    ...programPhrases,
    ...namePhrases,
    ...servicePhrases,
    ...wirePhrases,
  },
  sides: { source: 'source', destination: 'destination' },
  results: {
    reply: 'a reply',
    answer: 'an answer',
    'no-route': 'network unreachable',
    'host-unreachable': 'host unreachable',
    rejected: 'refused',
    silence: 'silence',
    'name-unknown': 'unknown name',
    'no-data': 'no such record',
    'server-refused': 'refused by the name server',
    'server-failed': 'the name server failed',
    'broken-answer': 'an answer that breaks off, is no HTTP, or no TLS that the client accepts',
    'tool-failed': 'the tool failed',
  },
  drops,
  gaps,
  slips: {
    order: 'Its columns are in the wrong order.',
    comment: 'It is a comment, which nobody reads.',
    space: 'A space is missing.',
    dot: 'The dot at its end is taken for a part of the name.',
    sign: 'The signs between its words differ: compare them.',
    stray: 'Only spaces may stand between its words: another sign is there.',
    word: 'A word is missing.',
    address: 'It has no valid IP address: an IPv4 address is four numbers of 0 to 255.',
    name: 'A name stands where an IP address must stand.',
    spelling: 'It is misspelled: compare it letter by letter.',
  },
  typedElsewhere: [
    '`{typedLine}` has taken effect on {typedOn}; this step wants it on {meantFor}.',
    'The line `{othersLine}` is in /etc/hosts of {typedOn}; {meantFor} does not read that file.',
    'The line is in that file of {typedOn}; this step wants it on {meantFor}.',
  ],
  blocked: 'Not asked yet: the check {need} must pass first.',
  problems,
  types,
  traces,
  predictions: {
    answers: {
      reply: 'a reply',
      answer: 'the connection is accepted',
      'no-route': 'an error at once: Network is unreachable',
      'host-unreachable': 'an error after a while: Destination Host Unreachable',
      rejected: 'an error at once from another node: Connection refused or Net Unreachable',
      silence: 'nothing: silence',
      nowhere: 'nowhere: the reply comes back',
      nothing: 'nothing arrives',
      none: 'none of them',
    },
    right: 'Correct: {truth}.',
    wrong: 'You said: {answer}. The machine says: {truth}.',
    early: 'This question comes after the check {check}, which does not pass yet. Finish that part first.',
    late: [
      'The check {check} passes already, so the question no longer applies. Run `hoplab reset` to go back to the start of the step.',
      'You have already finished this step, so the question no longer applies. Run `hoplab reset` to go back to its start.',
    ],
    undecided: 'The machine gives no answer to this now; your answer counts as neither right nor wrong.',
  },
  machine: {
    reboot:
      'To restart this machine with its files: hoplab reboot, outside of it, or the button on the page.',
    outside: 'hoplab runs outside of this machine',
  },
  cureHeads: {
    type: 'type:',
    look: 'look (this changes nothing):',
    or: 'or',
    blanks: '(put values of your own for the words in capitals)',
    compare: 'the solution, to compare: hoplab show {step} --whole',
  },
  finish: (text) => text,
  terms,
  facts,
};
