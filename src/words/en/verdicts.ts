import type { Words } from '../../core/explain/words.ts';
import { addresses } from './addresses.ts';
import { drops } from './drops.ts';
import { entries, entryPhrases } from './entries.ts';
import { frames } from './frames.ts';
import { links } from './links.ts';
import { namePhrases, names } from './names.ts';
import { passages } from './passages.ts';
import { pathPhrases, paths } from './paths.ts';
import { predictions } from './predictions.ts';
import { probes } from './probes.ts';
import { programPhrases, programs } from './programs.ts';
import { questions } from './questions.ts';
import { routes } from './routes.ts';
import { rules } from './rules.ts';
import { servicePhrases, services } from './services.ts';
import { gaps, traces } from './traces.ts';
import { wire, wirePhrases } from './wire.ts';

export const english: Words = {
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
      negated: 'There is no link {link} in {node}.',
      observed: '{link} in {node}: {fact}.',
    },
    address: {
      expected: '{node} has the address {wish}.',
      negated: '{node} does not have the address {address}.',
      observed: '{node}: {fact}.',
    },
    route: {
      expected: 'The routing table of {node} decides: {wish}.',
      negated: '{node} has no way to {to}.',
      observed: 'The route that decides in {node}: {fact}.',
    },
    ...entryPhrases,
    sysctl: {
      expected: 'In {node}: {wish}.',
      observed: 'In {node}: {fact}.',
    },
    rule: {
      expected: '{node} has a rule that does what this one does: {wish}.',
      negated: '{node} has no rule that does what this one does: {rule}.',
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
  blocked: 'Not asked yet: the check {need} must pass first.',
  traces,
  predictions,
  machine: {
    reboot:
      'To restart this machine with its files: hoplab reboot, outside of it, or the button on the page.',
    outside: 'hoplab runs outside of this machine',
  },
  finish: (text) => text,
};
