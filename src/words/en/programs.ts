import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** Processes, their users and rights, and commands. */
export const programs = {
  'process-missing': {
    what: [
      'No process in {node} has PID {pid} in a PID namespace of its own.[ Found: {found}.]',
      'No process whose command line begins with `{program}` runs in {node}.',
    ],
    why: [
      'In a PID namespace of its own a process counts from 1; outside the same process has another number than {pid}.',
      'What may be done is a matter of the process that does it. It must be there first.',
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
    why: 'The rights of root are many single rights. What a process lacks of them, the kernel refuses.',
    where:
      '`grep Cap /proc/PID/status` shows the sets of a process as masks; `getpcaps PID` prints them as names.',
    idea: 'End the process and start it with {expected}.',
  },
  'capability-present': {
    what: '`{program}` in {node} has the capability {observed}; it should not.',
    why: 'What a process may do, somebody who breaks into it may do as well.',
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
    what: '`{run}` in {node} ended with {observed}; it should end with {expected}.[ It said: {printed}]',
    why: 'Exit code 0 says that a command did what it was asked to do; everything else is an error.',
    where: '`echo $?` right after the command prints its exit code.',
    idea: 'Run the command yourself and read what it says.',
  },
  'wrong-output': {
    what: '`{run}` in {node} ended as it should, but without saying `{expected}`. It said: {observed}',
    why: [
      'A failure (exit {code}) proves something only if it fails for the right reason.',
      'Exit code 0 says that the command did its work, not what it found. Here its output is asked for.',
    ],
    where: 'Run it yourself: `{run}`.',
    idea: [
      'Read what it says with exit {code}; that is another reason than the one asked for.',
      'Find out what decides what it prints, and change that.',
    ],
  },
} as const satisfies Record<string, Ladder>;

export const programPhrases = {
  process: {
    expected: 'In {node} a process runs: {wanted}.',
    observed: 'In {node}: {fact}.',
  },
  command: {
    expected: '`{run}` in {node}[, with the rights of `{program}`]: {wish}.',
    observed: '`{run}` in {node}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
