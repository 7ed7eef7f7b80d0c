import type { Carrier } from '../../core/path/recording/tunnel.ts';

/** The relation of a tunnel packet to the traced packet. */
const carried: Record<Carrier['carries'], string> = {
  packet: '',
  question: ' (the question about the address)',
  answer: ' (the answer about the address)',
  fragment: ' (a later fragment)',
  error: ' (an error about a packet of the tunnel)',
};

/** What each command does, its arguments and options, and an example: the help texts. */
export const commands = {
  daemon: {
    summary: 'run the daemon in the foreground (needs root)',
    labs: 'a further directory of labs; may be given more than once',
    readLabs: 'read the labs for the first start, and end; scripts/setup does it',
    more: 'sudo scripts/up runs it in the background.',
  },
  doctor: {
    summary: 'what this VM has and lacks for running labs; run it as root to see everything',
    more: 'Exit code 0: labs can run; 1: they cannot; 2: not known, since only root can look at everything.',
  },
  schema: {
    summary: 'print the JSON Schema of lab.yaml or track.yaml, for editors',
    file: 'lab (unless given) or track',
    header: 'print the line that names the schema at this path to an editor; put it first in the YAML file',
    more: 'Example: hoplab schema > lab.schema.json; hoplab schema --header ../../lab.schema.json',
  },
  completion: {
    summary: 'print the script with which a shell completes commands, labs, steps, nodes and sessions',
    shell: 'bash, zsh or fish',
    more: [
      'bash: source <(hoplab completion bash), in ~/.bashrc',
      'zsh:  source <(hoplab completion zsh), in ~/.zshrc behind compinit',
      'fish: hoplab completion fish > ~/.config/fish/completions/hoplab.fish',
    ].join('\n'),
  },
  reasons: {
    summary: 'why a check may fail: every reason, when it is given, and an example',
    reason: 'one reason; all unless given',
    more: 'They are what `expect` and `reason` in lab.yaml take.',
  },
  labs: { summary: 'list the labs' },
  search: {
    summary: 'labs and steps whose text or commands have every word, and terms of that name',
    words: 'words to look for',
  },
  lint: {
    summary: 'find the errors in a lab directory: lab.yaml and its prose; exit 1 if there are any',
    dir: 'directory with lab.yaml, en.md, ko.md; or one of labs or tracks, which are all looked at',
    mark: 'write the marks that say which English text each translated section was made from',
  },
  start: {
    summary: 'start a lab in a machine of its own; it becomes the current session',
    lab: 'id of a lab; hoplab labs lists them',
    step: 'begin at this step instead of the first',
    engine: 'what a Kubernetes cluster is made of; real: the components of Kubernetes itself',
    more: 'Example: hoplab start network-namespaces --step veth-pair',
  },
  play: {
    summary: 'a machine without a task: start one, build a network in it by hand, save it',
    verb: 'add, cable, address, route, remove, cut, save, delete or break; without one, a playground is started',
    words: 'what the verb takes, as below',
    more: 'hoplab play add host|bridge|router|namespace|container [NAME]\nhoplab play cable FROM TO\nhoplab play address NODE [INTERFACE [ADDRESS/LENGTH]]\nhoplab play route NODE [GATEWAY]\nhoplab play remove NODE|BRIDGE\nhoplab play cut NODE [INTERFACE]\nhoplab play save lab|script|containerlab [NAME]\nhoplab play delete LAB\nhoplab play break\nEach prints the commands it types. hoplab exec and hoplab shell work there too.',
  },
  sessions: { summary: 'list the sessions; * marks the current one' },
  use: { summary: 'make a session the current one', id: 'id of a session; hoplab sessions lists them' },
  stop: {
    summary: 'end a session and everything in its machine',
    id: 'id of a session; the current one unless given',
    all: 'end every session',
  },
  status: { summary: 'the steps of the lab, and which are done' },
  show: {
    summary: 'read a step: its text and its solution',
    step: 'id of a step; the current one unless given',
    noSolution: 'only the text',
    whole: 'also what stands behind a question that you have not answered',
  },
  apply: {
    summary: 'type the solution for you',
    step: 'id of a step; the current one unless given',
    all: 'all steps that remain',
  },
  predict: {
    summary:
      'answer a question before looking; hoplab then asks the machine. exit 0: your answer is right, 1: it is wrong',
    id: 'id of a prediction; the questions of the step are shown unless given',
    answer: 'a choice (or several, where the question allows it), or the output you expect',
    step: 'a question of this step instead of the current one',
    more: 'Example: hoplab predict who-replies far-leg',
  },
  check: {
    summary: 'ask the kernel whether the step is done; exit 0: yes, 1: no, 2: could not check',
    step: 'id of a step; the current one unless given',
    all: 'every step',
  },
  watch: {
    summary: 'follow the checks while you work: a line for each verdict that changes, until interrupted',
    more: 'With --json one JSON document a line: the session first, then each of its events.',
  },
  hint: { summary: 'help with the first check that does not pass; each time a little more' },
  break: {
    summary: 'practice: the finished lab with one fault in it, for you to find and repair',
    seed: 'the same number gives the same fault: to try again, or to compete',
    show: 'give up: show the fault',
    more: 'hoplab check says what does not work, and when it is repaired; hoplab hint helps.\nhoplab undo brings the previous machine back.',
  },
  yes: 'do not ask, say afterwards what was removed and added',
  goto: {
    summary: 'a fresh machine, as it is on entry to a step; hoplab undo takes it back',
    step: 'id of a step; hoplab status lists them',
  },
  reset: { summary: 'a fresh machine, as it was on entry to this step; hoplab undo takes it back' },
  reboot: {
    summary:
      'restart the machine with its files; settings that are in no file are lost; hoplab undo takes it back',
    more: [
      'Afterwards: the network as the lab began it, the files in /etc, /root, /home and /var,',
      "and the settings in each host's /etc/sysctl.conf.",
    ].join('\n'),
  },
  undo: { summary: 'bring back the machine that the last goto, reset or reboot replaced' },
  exec: {
    summary: 'run one command in a node, with its output and its exit code',
    node: 'name of a node: host, red, blue...; hoplab topology shows them',
    command: 'the command and its arguments, as they are',
    more: 'Example: hoplab exec red ip addr show dev veth-red',
  },
  shell: {
    summary: 'a terminal in a node; exit leaves it',
    node: 'name of a node; host unless given',
    more: 'Ctrl-C goes to the program in the node. The lab keeps running after exit.',
  },
  topology: {
    summary: 'what the kernel has now: nodes, interfaces with both ends, addresses, routes, rules',
  },
  expose: {
    summary: "give the VM's own tools a handle on nodes, as network namespaces of the VM (needs root to use)",
    node: 'name of a node; all unless given',
    more: 'Example: hoplab expose blue; sudo ip netns exec hoplab.abcd.blue tcpdump -ni veth-blue\nThe handles disappear with the node, and when the machine ends or is replaced.',
  },
  url: {
    summary: "the web page's address, with the access token",
    more: 'The token gives full access to hoplab on this VM: keep the address to yourself.',
  },
  traffic: {
    summary: 'follow the packets that anybody sends in the machine: who, what, how it ended and where',
    own: "also the packets of hoplab's own checks and traces",
    more: 'A flood is sampled. With --json one JSON document a line.\nExample: hoplab traffic, and ping in another terminal',
  },
  trace: {
    summary: 'follow one real packet and its reply, node by node, and say where and why it ended',
    from: 'node that sends it',
    to: 'an address, a node, or a name',
    icmp: 'an echo request, as ping sends it (the default)',
    sport: 'source port of --tcp or --udp, to meet a connection that exists; one of its own unless given',
    mark: 'mark that the sending socket sets (SO_MARK), as ip rule and iptables see it',
    tos: 'type of service, or traffic class, of the packet',
    size: 'bytes of data in the echo request (56 unless given) or in the datagram of --udp; more than the MTU to see fragments',
    mtu: 'an echo request of so many bytes in all, which may not be cut: shows the interface that takes no more',
    tcp: 'a TCP connection to this port',
    udp: 'a UDP datagram to this port: a question of the service that usually has it, where one is known',
    dns: 'a DNS query for this name; TO is the server',
    http: 'a web request; TO may be left out',
    details: 'all packets, hooks, rules, routes, MAC addresses and connections',
    pcapng: 'also write every packet captured to a file for Wireshark',
    more: 'Examples: hoplab trace blue 8.8.8.8\n          hoplab trace lan --http http://192.168.1.2/',
  },
  pingall: {
    summary: 'ping every node from every other, and say why pairs have no reply',
    nodes: 'names of nodes; all that have an address unless given',
    ipv6: 'by their IPv6 addresses',
    more: 'Examples: hoplab pingall\n          hoplab pingall blue red lan',
  },
  capture: {
    summary: 'packets of a node as pcapng, to standard output or a file, until interrupted',
    node: 'node to capture on',
    device: 'one interface; every interface unless given',
    filter: 'a filter as tcpdump takes it',
    write: 'write to this file instead of standard output',
    count: 'end after so many packets',
    more: 'Example: hoplab capture blue | wireshark -k -i -',
  },
  test: {
    summary: 'acceptance run of labs: every step, solution and fault, twice; exit 1 if a part fails',
    labs: 'ids of labs',
    all: 'every lab there is',
    engine: 'what Kubernetes clusters are made of; real plays one round',
  },
};

/** The words of `hoplab trace` besides the daemon's own. */
export const path = {
  direction: { request: 'request', reply: 'reply', error: 'error' },
  here: 'made here',
  packed: 'encapsulated',
  unpacked: 'decapsulated',
  taken: 'taken in',
  last: 'last seen',
  switched: 'switched',
  ask: (address: string) => `who has ${address}?`,
  answered: (who: string, mac: string) => `${who} has it, at ${mac}`,
  silent: (questions: number) => `no reply${questions > 1 ? ` (asked ${questions} times)` : ''}`,
  gap: 'how it got here was not seen',
  tunnel: (name: string, source: string, destination: string, carries: Carrier['carries']) =>
    `in ${name}: ${source} > ${destination}${carried[carries]}`,
  copies: (links: string) => `copies went to ${links}`,
  route: (text: string) => `route ${text}`,
  rule: (place: string, text: string) => `${place}: ${text}`,
  unreadRule: 'a rule that iptables-save does not show',
  conntrack: (original: string, reply: string) => `conntrack ${original}, reply ${reply}`,
  mac: (before: string, after: string) => `MAC ${before} -> ${after}`,
  more: (count: number) =>
    `${count} more packet${count === 1 ? '' : 's'} of this connection; --details shows them`,
  upstream: (program: string, node: string, to: string) =>
    `${program} in ${node} opened a connection of its own to ${to}:`,
  never: 'Nothing was sent.',
  unseen: 'not seen',
  cure: 'what would change it',
  or: 'or',
  on: (node: string) => `on ${node}`,
  kernel: (word: string) => `kernel drop reason: ${word}`,
  from: (sources: string) => `source: ${sources}`,
  sources: {
    capture: 'packets captured at every interface',
    'nft trace': "the rules' own trace",
    conntrack: "conntrack's table",
    state: 'the tables of the node',
    tracefs: "the kernel's tracepoints",
    probe: 'the program that sent it',
  },
  written: (file: string) => `Packets written to ${file}.`,
  oneProbe: 'give one of --icmp, --tcp, --udp, --dns, --http',
  noTarget: 'TO is missing: an address, a node, or a name',
  badPort: (given: string) => `${given} is not a port; 1 to 65535`,
  badSize: (given: string) => `${given} is not a size of data; 0 to 65507 bytes`,
  badMtu: (given: string) => `${given} is not a size of a packet; 68 to 65535 bytes`,
  badNumber: (given: string, least: number, most: number) =>
    `${given} is not a number from ${least} to ${most}`,
  sportOfPorts: '--sport needs --tcp or --udp: it is a port',
  markOfPlain: '--mark and --tos need --icmp, --tcp or --udp',
  sizeOfData: '--size needs --icmp or --udp: it is the size of their data',
  mtuOfIcmp: '--mtu needs --icmp, without --size',
  hopsLeft: (count: number) => `... ${count} more hops; --details shows them`,
  watching: 'watching every node of the machine...',
  badCount: (given: string) => `${given} is not a number of packets`,
  toTerminal: 'packets are binary: give --write FILE, or pipe them into a program',
  badUrl: (given: string) => `${given} is not an http URL`,
};
