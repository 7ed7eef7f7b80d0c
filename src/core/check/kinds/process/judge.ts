import type { Observation, Process } from '../../../state/observation.ts';
import { editDistance, misspelt } from '../../../text/nearest.ts';
import { promptOf } from '../../../verdict/evidence.ts';
import type { Evidence, Values } from '../../../verdict/verdict.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/**
 * A process of the node. With `pid`: it has this PID in a PID namespace of its own, so its list of PIDs, the
 * machine's first (`NSpid` in /proc/PID/status), has more than one and ends with it.
 */
export function judgeProcess({ args, observation, processes }: JudgeFacts<Args>): Judgement {
  const { on, pid, name } = args;
  const wanted = pid === undefined ? (name ?? '') : String(pid);
  const values = {
    pid: pid === undefined ? '' : wanted,
    program: name ?? '',
    start: startOf(args, name ?? '', args.uid),
    expected: wanted,
    wanted: wordsOf(args),
  };
  const frame: Frame = { node: on, object: wanted, expected: wordsOf(args), values, evidence: [] };
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  frame.evidence = [processEvidence(observation, on, processes, name)];
  const named = runningAs(processes, on, name);
  const inner = named.filter((one) => one.pids.length > 1);
  const fitting = pid === undefined ? named : inner.filter((one) => one.pids.at(-1) === pid);
  // Of several processes of one name, one that has the rights asked for is enough.
  const found = fitting.find((one) => complaint(args, one) === null) ?? fitting[0];
  if (found === undefined) {
    if (pid !== undefined) frame.evidence = [processEvidence(observation, on, processes, name, 'pidns')];
    const others = inner.map((one) => `pid ${one.pids.at(-1)}`).join(', ');
    const near = name === undefined ? strayed(processes, args) : nearMiss(processes, on, name, named);
    return fail(frame, 'process-missing', others || '-', { found: others, ...near });
  }
  const wrong = complaint(args, found);
  const [id] = found.pids;
  const start = startOf(args, found.command, args.uid ?? found.uid);
  const command = { program: found.command, start, id: String(id) };
  if (wrong !== null)
    return fail(frame, wrong.reason, wrong.observed, { ...command, expected: wrong.expected });
  return pass(frame, processText(found));
}

/** The node's processes whose command line begins so; all of them without a name. */
export function runningAs(processes: readonly Process[], on: string, name: string | undefined): Process[] {
  const begins = (command: string) => command.replace(/^\S*\//, '').startsWith(name ?? '');
  return processes.filter((one) => one.node === on && begins(one.command));
}

/** A process that has this PID in a PID namespace of its own, but in another node's network. */
function strayed(processes: readonly Process[], { on, pid }: Args): Values {
  const there = processes.filter(
    ({ pids, node }) => pids.length > 1 && pids.at(-1) === pid && node !== null && node !== on,
  );
  const [one, ...more] = there;
  return one?.node == null || more.length > 0 ? {} : { strayIn: one.node, stray: one.command };
}

/** A process of this name without a PID namespace of its own, one in another node, or one whose name is misspelt. */
export function nearMiss(
  processes: readonly Process[],
  on: string,
  name: string,
  here: readonly Process[] = [],
): Values {
  const [plain] = here;
  if (plain !== undefined) return plain.pids.length > 1 ? {} : { outer: String(plain.pids[0]) };
  const elsewhere = processes.find(({ node }) => node !== null && node !== on && runs(processes, node, name));
  if (elsewhere?.node != null) return { runsIn: elsewhere.node };
  const running = runningAs(processes, on, undefined).map(({ command }) =>
    command.split(' ').slice(0, name.split(' ').length).join(' '),
  );
  const alike = misspelt(name, running) || (running.find((one) => isShorter(one, name)) ?? '');
  return alike === '' ? {} : { alike };
}

/** The same words with a digit more or less in the last: numbers of a series (sleep 1001, sleep 1002) are as long. */
function isShorter(one: string, other: string): boolean {
  const [own, wanted] = [numbered(one), numbered(other)];
  return (
    own.number !== '' &&
    own.words === wanted.words &&
    own.number.length !== wanted.number.length &&
    editDistance(own.number, wanted.number) === 1
  );
}

function numbered(text: string): { words: string; number: string } {
  const [, words = '', number = ''] = /^(.*\D)(\d+)$/.exec(text) ?? [];
  return { words, number };
}

const runs = (processes: readonly Process[], node: string, name: string): boolean =>
  runningAs(processes, node, name).length > 0;

/**
 * The command with the user and the rights asked for. Root has what its bounding set leaves it; another user gets
 * only ambient capabilities.
 */
function startOf({ has = [], lacks = [] }: Args, command: string, uid = 0): string {
  const all = (names: readonly string[], sign: string) => names.map((one) => sign + one).join(',');
  const root = lacks.length === 0 ? [] : [`--bounding-set ${all(lacks, '-')} --inh-caps ${all(lacks, '-')}`];
  const given = has.length === 0 ? [] : [`--inh-caps ${all(has, '+')} --ambient-caps ${all(has, '+')}`];
  const options = uid === 0 ? root : [`--reuid ${uid} --regid ${uid} --clear-groups`, ...given];
  return options.length === 0 ? command : `setpriv ${options.join(' ')} ${command}`;
}

interface Complaint {
  reason: 'wrong-user' | 'capability-missing' | 'capability-present';
  observed: string;
  expected: string;
}

function complaint({ uid, has = [], lacks = [] }: Args, process: Process): Complaint | null {
  if (uid !== undefined && process.uid !== uid) {
    return { reason: 'wrong-user', observed: String(process.uid), expected: String(uid) };
  }
  const missing = has.find((one) => !process.capabilities?.includes(one));
  if (missing !== undefined) return { reason: 'capability-missing', observed: '-', expected: missing };
  const present = lacks.find((one) => process.capabilities?.includes(one));
  return present === undefined ? null : { reason: 'capability-present', observed: present, expected: '-' };
}

/** Processes of this program, wherever they run: all nodes of a machine share their processes. */
export function processEvidence(
  observation: Observation,
  on: string,
  processes: readonly Process[],
  name = '',
  column: 'uid' | 'pidns' = 'uid',
): Evidence {
  const [program = ''] = name.split(' ');
  const same = processes.filter(({ command }) => command.replace(/^\S*\//, '').split(' ')[0] === program);
  const output = (program === '' ? processes : same).map(({ pids, uid, command }) =>
    // The state has no number of a PID namespace.
    [pids[0], column === 'uid' ? uid : '-', command].join(' '),
  );
  const columns = `pid,${column},args`;
  const command = `ps ${program === '' ? `-eo ${columns}` : `-o ${columns} -C ${program}`}`;
  return { on: promptOf(observation, on).shell, command, output: output.join('\n') };
}

function processText({ pids, command, uid, capabilities }: Process): string {
  const inside = pids.length > 1 ? `pid ${pids.at(-1)}, outside ${pids[0]}` : `pid ${pids[0]}`;
  const user = uid === undefined ? '' : `, uid ${uid}`;
  const rights = capabilities === undefined ? '' : `, ${capabilities.length} capabilities`;
  return `${inside}${user}${rights}: ${command}`;
}

function wordsOf({ pid, name, uid, has = [], lacks = [] }: Args): string {
  return [
    ...(name === undefined ? [] : [name]),
    ...(pid === undefined ? [] : [`pid ${pid}`]),
    ...(uid === undefined ? [] : [`uid ${uid}`]),
    ...has.map((one) => `+${one}`),
    ...lacks.map((one) => `-${one}`),
  ].join(' ');
}
