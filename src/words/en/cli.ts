import type { ErrorCode, ErrorData } from '../../protocol/errors.ts';
import { changes, play } from './changes.ts';
import { commands, path } from './cli-commands.ts';
import { flowVerdicts } from './page-panes.ts';

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Everything the command line says, in English; the other languages have the same keys. */
export const words = {
  commands,
  path,
  changes,
  help: {
    about:
      'Hands-on Linux networking labs on the real kernel: type the commands, see what the packets do, reset in milliseconds.',
    first: [
      'A first lab:',
      '  hoplab labs                        which labs there are',
      '  hoplab start network-namespaces    start one; its machine is yours alone',
      '  hoplab show                        read what this step is about',
      '  hoplab shell                       type the commands there; exit leaves',
      '  hoplab check                       does the kernel agree?',
      '  hoplab hint                        stuck: a little help, then more',
      '',
      'hoplab help COMMAND says more about a command.',
    ].join('\n'),
    json: 'print one JSON document, for programs',
    lang: 'language of the words: en or ko',
    session: 'a session other than the current one',
    url: 'a daemon elsewhere, ws://HOST:PORT/ws; its token in HOPLAB_TOKEN',
    version: 'print the version',
    help: 'print help',
    helpCommand: 'print help on a command',
    titles: {} as Record<string, string>,
  },
  usage: {
    unknownCommand: (name: string) => `there is no command ${name}`,
    unknownOption: (name: string) => `there is no option ${name}`,
    missingArgument: (name: string) => `${name} is missing`,
    missingValue: (option: string) => `${option} needs a value`,
    noValue: (option: string) => `${option} takes no value`,
    invalidValue: (option: string, given: string, known: string) =>
      `${option} does not take ${given}; it takes ${known}`,
    tooMany: 'there are more arguments than this command takes',
    line: (usage: string) => `; usage: ${usage}`,
    nearest: (name: string) => `; did you mean ${name}?`,
    language: (given: string) => `no words in ${given}; there are en and ko`,
    shell: (given: string, known: string[]) => `no completion for ${given}; there are ${known.join(', ')}`,
    url: (name: string, url: string) =>
      `${name}: ${url} is no address of a daemon; expected ws://HOST:PORT/ws`,
    reason: (name: string) => `there is no reason ${name}`,
    stepAndAll: 'give a step or --all, not both',
    idAndAll: 'give a session or --all, not both',
    labsAndAll: 'give labs or --all, not both',
    labsOrAll: 'which labs? Name them, or give --all',
    noJson: 'hoplab shell cannot print JSON; use hoplab exec --json',
  },
  error: (message: string, code: ErrorCode) => `hoplab: ${message} [${code}]`,
  /** The daemon's own texts are English. @param near the name that may have been meant */
  /** Completes a text; Korean chooses its particles. */
  finish: (text: string) => text,
  daemonError: (_code: ErrorCode, message: string, _data: ErrorData, _near: string | null) => message,
  unreachable: (where: string) =>
    `no daemon answers at ${where}; start it with: sudo scripts/up (or sudo hoplab daemon)`,
  forbidden: (where: string) => `you may not open ${where}; root may, and members of the group hoplab`,
  lost: 'the connection to the daemon broke off',
  mismatch: (daemon: number, client: number) =>
    `the daemon speaks protocol ${daemon}, this command ${client}; restart the daemon`,
  noDirectory: (path: string) => `there is no directory ${path}`,
  status: {
    pass: 'PASS',
    fail: 'FAIL',
    'not-yet': 'NOT YET',
    blocked: 'BLOCKED',
    'could-not-check': 'NOT CHECKED',
  },
  verdict: {
    expected: 'expected',
    observed: 'observed',
    why: 'why it matters',
    where: 'where to look',
    saw: (node: string) => `seen on ${node}`,
    none: 'This step has no checks.',
    ended: (checks: number) =>
      `${count(checks, 'check')} of earlier steps ${checks === 1 ? 'was' : 'were'} not asked: a later step ended ${checks === 1 ? 'it' : 'them'}. hoplab test LAB asks every check.`,
    sum: (pass: number, all: number) => `${pass} of ${count(all, 'check')} ${pass === 1 ? 'passes' : 'pass'}`,
  },
  pings: {
    sum: (nodes: number, pairs: number, replies: number, milliseconds: number) =>
      `${count(nodes, 'node')}, ${count(pairs, 'pair')}: ${count(replies, 'reply').replace(/replys$/, 'replies')} (${(milliseconds / 1000).toFixed(1)} s)`,
    unasked: (pairs: number) => `${count(pairs, 'pair')} could not be asked.`,
    some: (explained: number, lost: number) => `The causes of ${explained} of the ${lost} failed pairs:`,
    pairs: (pairs: number) => count(pairs, 'pair'),
    more: (pairs: number) => `${pairs} more`,
  },
  labs: {
    head: ['lab', 'title', 'done', 'minutes', 'first', 'this VM lacks'],
    of: (done: number, all: number) => `${done} of ${all}`,
    first: (labs: { title: string; id: string }[]) =>
      `You can start here. It builds on: ${labs.map(({ title, id }) => `${title} (hoplab start ${id})`).join(', ')}`,
    none: 'There are no labs.',
    broken: 'Labs with errors, which cannot be started:',
    lint: (directory: string) => `hoplab lint ${directory}`,
  },
  search: {
    none: 'Nothing found.',
    more: (count: number) => `${count} more; another word narrows them down.`,
  },
  sessions: {
    head: ['', 'session', 'lab', 'step', 'done', 'machine'],
    none: 'No session is running. Start one: hoplab start LAB',
    done: (done: number, all: number) => `${done} of ${all}`,
    ready: 'ready',
    gone: 'gone (hoplab reset makes a new one)',
    stopped: (session: string) => `Stopped ${session}.`,
    noneStopped: 'There was nothing to stop.',
    using: (session: string) => `Session ${session} is the current one.`,
    entered: (session: string, lab: string, step: string, milliseconds: number | null) =>
      `Session ${session}, lab ${lab}: at step ${step}${milliseconds === null ? '' : `, ready in ${milliseconds} ms`}.`,
    next: 'Next: hoplab show, hoplab shell, hoplab check',
    canUndo: 'hoplab undo brings the previous machine back.',
    undone: 'The previous machine is back.',
  },
  steps: {
    head: ['', 'step', 'title', 'state'],
    done: 'done',
    shown: 'shown (hoplab typed it)',
    broken: 'broken now',
    here: 'you are here',
    pending: '',
    nextStep: (title: string, step: string) => `Next: ${title} (${step}); hoplab show`,
    passed: (done: string[], step: string) => `Already done: ${done.join(', ')}. Checked now: ${step}`,
    labDone: 'Every step of the lab is done.',
    labShown: (steps: string[]) =>
      `Every step passes; hoplab typed ${steps.join(', ')}. To do one yourself: hoplab goto STEP`,
    applied: (steps: number, lines: number) => `Typed ${count(lines, 'line')} of ${count(steps, 'step')}.`,
    already: (step: string) =>
      `Step ${step} is already done: all its checks pass, so nothing was typed. To start it again: hoplab goto ${step}`,
    lineFailed: (exitCode: number | null) =>
      `this line failed (exit code ${exitCode ?? '?'}); the rest was not typed`,
    solution: 'Solution',
    hidden: (node: string) => `Commands for ${node}: not shown.`,
    held: 'The text goes on once you have answered (hoplab predict). All of it now: hoplab show --whole',
  },
  predict: {
    none: 'This step has no questions to predict.',
    how: (id: string, choices: boolean, several: boolean) =>
      `hoplab predict ${id} ${choices ? (several ? 'CHOICE...' : 'CHOICE') : 'ANSWER'}`,
    ofStep: (step: string) => `Of step ${step}, which is passed:`,
    after: (checks: string[]) =>
      `its time comes when ${checks.join(', ')} ${checks.length === 1 ? 'passes' : 'pass'}`,
    next: 'Read on: hoplab show',
    before: (answer: string, right: boolean) => `your answer: ${answer} (${right ? 'correct' : 'wrong'})`,
  },
  play: {
    begun:
      'The playground is started. Open the address above, or build here: hoplab play add host, hoplab play add bridge, hoplab play cable h1 s1, hoplab play address h1; hoplab help play has the rest.',
    usage: 'expected one of the forms of hoplab help play, with nodes and bridges that are there',
    saved: (paths: string[]) => `Written: ${paths.join(', ')}`,
    start: (lab: string) => `Start it: hoplab start ${lab}; then hoplab break hides a fault in it.`,
    left: (what: string[]) => `Not saved: ${what.join(', ')}`,
    ask: (lab: string) => `Delete the lab ${lab} and its files for good? [y/N] `,
    deleted: (lab: string) => `Deleted: ${lab}`,
    brokenTitle: play.brokenTitle,
  },
  share: {
    noFile: 'give at least one of --html FILE, --svg FILE and --mermaid FILE',
    written: (paths: string[]) => `Written: ${paths.join(', ')}`,
    ends: '--trace takes FROM and TO, and FROM alone with --http',
  },
  practice: {
    noSeed: (given: string) => `${given} is not a seed; a seed is a whole number from 0 to 4294967295`,
    begun: (seed: number) => `The lab is finished, with one fault in it (seed ${seed}).`,
    next: 'Find it and repair it: hoplab check, hoplab shell, hoplab hint. Giving up: hoplab break --show',
    state: {
      broken: (seed: number) => `Practice: there is a fault in this lab (seed ${seed}).`,
      repaired: (seed: number) => `Practice: the fault is repaired (seed ${seed}).`,
      shown: (seed: number) => `Practice: the fault was revealed but not repaired (seed ${seed}).`,
    },
    symptoms: 'These do not work:',
    more: (count: number) =>
      `  ${count} more ${count === 1 ? 'shows' : 'show'} only in the routing, neighbour or rule tables`,
    help: 'Stuck? Each hoplab hint tells you more.',
    repaired: 'Repaired: every check of the lab passes again. For another fault: hoplab break',
    repairedNow: 'It is repaired: no check fails because of it any more.',
    was: (title: string, step: string) => `The fault is in “${title}” (${step}):`,
    typed: 'typed',
    meant: 'right',
    leftOut: '(nothing: the line was left out)',
    so: (message: string, reason: string) => `${message} [${reason}]`,
  },
  shell: {
    at: (session: string, node: string, text: string) => `session ${session}, node ${node}: ${text}`,
    left: {
      reset: (step: string) => `step ${step} was reset; new shell in a fresh machine`,
      goto: (step: string) => `moved to step ${step} (goto); new shell in a fresh machine`,
      reboot: () => 'the machine has rebooted; new shell in it',
      resume: (step: string) => `the lab goes on at step ${step}; new shell in a fresh machine`,
      start: (step: string) => `the lab begins again at step ${step}; new shell in a fresh machine`,
      break: () => 'a fault is hidden in the finished lab (break); new shell in that machine',
      undo: (step: string) => `the previous machine is back, at step ${step} (undo); new shell in it`,
      gone: () => 'the machine has ended; hoplab reset makes a new one',
      stopped: () => 'the session was stopped, and its machine has ended',
    },
    nodeGone: (node: string) => `${node} is not in this machine; shell in host instead`,
    key: 'any key: back to the shell of the VM',
  },
  traffic: {
    following: 'What anybody sends in the machine is shown; Ctrl-C ends this.',
    verdicts: flowVerdicts,
  },
  watch: {
    following: (session: string, step: string) =>
      `Session ${session}, step "${step}". What changes in the machine is checked at once; Ctrl-C ends this.`,
    done: (step: string) => `Step ${step} is done.`,
    shown: (step: string) => `Step ${step} passes; hoplab typed its solution.`,
    broken: (step: string, check: string) => `Step ${step} was done and is broken now: ${check}.`,
    mended: (step: string) => `Step ${step} is repaired.`,
    entered: (step: string) => `At step ${step}.`,
    stopped: 'The session was stopped.',
  },
  hint: {
    none: 'There is nothing to hint at: every check passes.',
    rung: (rung: number, rungs: number) => `hint ${rung} of ${rungs}`,
    more: 'Run hoplab hint again for more.',
  },
  lint: {
    sound: (path: string) => `${path}: the lab is sound.`,
    noLab: (path: string) =>
      `${path} is no lab and has none: a lab is a directory with lab.yaml, en.md and ko.md`,
    noLabFile: (path: string, size: number | null, most: number) =>
      size === null
        ? `${path} is no plain file; the files of a lab are plain ones`
        : `${path} has ${size} bytes; a file of a lab has at most ${most}`,
    marked: (path: string, marks: number) => `${path}: ${count(marks, 'mark')} written.`,
    error: 'error',
    warning: 'warning',
  },
  test: {
    head: ['', 'step', 'part', 'fault', 'ms'],
    passed: (lab: string, parts: number, seconds: string) => `${lab}: all ${parts} parts pass, ${seconds} s`,
    failed: (lab: string, failed: number, parts: number, seconds: string) =>
      `${lab}: ${failed} of ${parts} parts fail, ${seconds} s`,
    onlyIn: (round: number) => `(in round ${round} only)`,
  },
  topology: {
    machine: 'the machine itself',
    host: 'another host',
    netns: 'network namespace',
    container: 'container',
    pod: 'pod',
    up: 'up',
    down: 'down',
    noCarrier: 'no carrier',
    in: (bridge: string) => `in ${bridge}`,
    routes: 'routes',
    policies: 'policy rules (ip rule)',
    ipsec: 'policies of IPsec (ip xfrm policy)',
    fdb: 'forwarding database (bridge fdb)',
    nft: 'nftables, beside iptables',
    neighbours: 'neighbours',
    rules: 'rules',
    listeners: 'listens',
    sysctls: 'changed settings',
    exposed: 'These names disappear when the node is deleted or the machine is stopped, reset or replaced.',
  },
};

export type Words = typeof words;
