import type { z } from 'zod';
import { suggestion } from '../core/text/nearest.ts';

export interface Issue {
  path: (string | number)[];
  message: string;
  /** The unknown key itself, which stands in the file although the path ends above it. */
  key: string | null;
}

/** Zod's issues in words that say what was expected, each unknown key on its own. */
export function issuesOf(error: z.ZodError): Issue[] {
  // An unknown key first: what is missing is often only misspelt.
  const unknownFirst = error.issues.toSorted((one, other) => rank(one) - rank(other));
  return unknownFirst.flatMap((issue): Issue[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path,
        message: `unknown key ${key}${suggestion(key, knownKeys)}`,
        key,
      }));
    }
    if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
      return [{ path, message: `${String(path.at(-1))} is missing; expected ${issue.expected}`, key: null }];
    }
    return [{ path, message: issue.message, key: null }];
  });
}

const rank = ({ code }: z.core.$ZodIssue) => (code === 'unrecognized_keys' ? 0 : 1);

/** Keys an author may have meant; a near miss is named. */
const knownKeys = [
  ...[
    'hoplab',
    'id',
    'title',
    'summary',
    'documents',
    'minutes',
    'prerequisites',
    'requires',
    'topology',
    'steps',
    'view',
  ],
  ...[
    'nodes',
    'bridges',
    'links',
    'kind',
    'service',
    'sysctls',
    'routes',
    'run',
    'ends',
    'master',
    'node',
    'address',
  ],
  ...[
    'solution',
    'checks',
    'faults',
    'needs',
    'until',
    'change',
    'fails',
    'reason',
    'refused',
    'line',
    'expect',
  ],
  ...[
    'control',
    'from',
    'to',
    'on',
    'at',
    'source',
    'url',
    'status',
    'body',
    'client',
    'absent',
    'name',
    'peer',
  ],
  ...[
    'netns',
    'link',
    'route',
    'neighbour',
    'sysctl',
    'rule',
    'like',
    'ping',
    'http',
    'seen',
    'process',
    'pid',
  ],
  ...[
    'predict',
    'answer',
    'choices',
    'expected',
    'after',
    'before',
    'dies-at',
    'why',
    'output',
    'match',
    'which',
    'one-of',
  ],
];
