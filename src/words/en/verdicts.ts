import type { Words } from '../../core/explain/words.ts';
import { savedLab } from './changes.ts';
import { entries, entryPhrases } from './entries.ts';
import { frames, links } from './links.ts';
import { namePhrases, names, wire, wirePhrases } from './names.ts';
import { probes, programPhrases, programs, servicePhrases, services } from './programs.ts';
import { questions } from './questions.ts';
import { terms } from './reasons.ts';
import { addresses, pathPhrases, paths, routes } from './routes.ts';
import { passages, rules } from './rules.ts';
import { drops, gaps, traces } from './traces.ts';

export const english: Words = {
  savedLab,
  reasons: {
    ...links,
    ...frames,
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
    word: 'A word is missing.',
    spelling: 'It is misspelled: compare it letter by letter.',
  },
  blocked: 'Not asked yet: the check {need} must pass first.',
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
    compare: 'the lines that the step has typed: hoplab show {step} --solution',
  },
  finish: (text) => text,
  terms,
};
