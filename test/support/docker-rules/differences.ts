import pages from './pages.json' with { type: 'json' };

/**
 * A release whose rules moby's test suite wrote down (`pages.json`, made by test/bench/docker-rules.ts of
 * integration/network/bridge/iptablesdoc, Apache License 2.0), and the engine of Debian 12 and 13 before them.
 */
export const columns = ['20.10', '28.0.0', '28.0.4', '28.2.2', '28.5.2', 'master'] as const;
export type Column = (typeof columns)[number];
export const [older, ...written] = columns;

/** What the pages call things by names and addresses of their own. */
export function shapeOf(rule: string): string {
  return rule
    .replaceAll(/\b(bridge1|bridgeICC|bridgeNoICC|docker0)\b/g, 'BRIDGE')
    .replaceAll(/\b(192\.0\.2\.0\/24|198\.51\.100\.0\/24|172\.17\.0\.0\/16)/g, 'NETWORK')
    .replaceAll(/\b192\.0\.2\.2\b/g, 'CONTAINER');
}

/** The scenarios that are compared: all differences are in these. */
export const compared = ['usernet-portmap-lo', 'usernet-internal'] as const;

export function shapesIn(column: (typeof written)[number]): Set<string> {
  return new Set(compared.flatMap((name) => pages[column][name].map(shapeOf)));
}

/** A row of the table in ARCHITECTURE.md: words for each column, and the rules behind them with the columns that have them. */
interface Row {
  title: string;
  words: readonly string[];
  rules: readonly (readonly [rule: string, columns: readonly Column[]])[];
}

const chains = columns.slice(2);
const until29 = columns.slice(0, 5);
const stages = columns.slice(2, 5);
const answers = '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';

export const differences: readonly Row[] = [
  {
    title: 'accept of answers, jump to DOCKER',
    words: [
      'one of each per bridge, in FORWARD',
      'in FORWARD, by the ipset `docker-ext-bridges-v4`',
      'DOCKER-CT and DOCKER-BRIDGE, from DOCKER-FORWARD',
      'as 28.0.4',
      'as 28.0.4',
      'as 28.0.4',
    ],
    rules: [
      [`-A FORWARD -o BRIDGE ${answers}`, [older]],
      ['-A FORWARD -o BRIDGE -j DOCKER', [older]],
      [`-A FORWARD -m set --match-set docker-ext-bridges-v4 dst ${answers}`, ['28.0.0']],
      ['-A FORWARD -m set --match-set docker-ext-bridges-v4 dst -j DOCKER', ['28.0.0']],
      ['-A FORWARD -j DOCKER-FORWARD', chains],
      ['-A DOCKER-FORWARD -j DOCKER-CT', chains],
      ['-A DOCKER-FORWARD -j DOCKER-BRIDGE', chains],
      [`-A DOCKER-CT -o BRIDGE ${answers}`, chains],
      ['-A DOCKER-BRIDGE -o BRIDGE -j DOCKER', chains],
    ],
  },
  {
    title: 'accept of what containers send',
    words: [
      'FORWARD: to other networks, and to their own',
      'FORWARD: one rule',
      'DOCKER-FORWARD: one rule',
      'as 28.0.4',
      'as 28.0.4',
      'as 28.0.4',
    ],
    rules: [
      ['-A FORWARD -i BRIDGE ! -o BRIDGE -j ACCEPT', [older]],
      ['-A FORWARD -i BRIDGE -o BRIDGE -j ACCEPT', [older, '28.0.0']],
      ['-A FORWARD -i BRIDGE -o BRIDGE -j DROP', [older, '28.0.0']],
      ['-A FORWARD -i BRIDGE -j ACCEPT', ['28.0.0']],
      ['-A DOCKER-FORWARD -i BRIDGE -o BRIDGE -j ACCEPT', chains],
      ['-A DOCKER-FORWARD -i BRIDGE -o BRIDGE -j DROP', chains],
      ['-A DOCKER-FORWARD -i BRIDGE -j ACCEPT', chains],
    ],
  },
  {
    title: 'a port that is not published',
    words: [
      'the policy of FORWARD',
      'DROP at the end of DOCKER, per bridge',
      'as 28.0.0',
      'as 28.0.0',
      'as 28.0.0',
      'as 28.0.0',
    ],
    rules: [['-A DOCKER ! -i BRIDGE -o BRIDGE -j DROP', written]],
  },
  {
    title: 'between networks',
    words: [
      'DOCKER-ISOLATION-STAGE-1 and -2',
      'the same without RETURN at their end',
      'as 28.0.0, from DOCKER-FORWARD',
      'as 28.0.4',
      'as 28.0.4',
      'no such chains; DOCKER-INTERNAL for `--internal`',
    ],
    rules: [
      ['-A FORWARD -j DOCKER-ISOLATION-STAGE-1', [older, '28.0.0']],
      ['-A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1', stages],
      ['-A DOCKER-ISOLATION-STAGE-1 -i BRIDGE ! -o BRIDGE -j DOCKER-ISOLATION-STAGE-2', until29],
      ['-A DOCKER-ISOLATION-STAGE-1 ! -s NETWORK -o BRIDGE -j DROP', until29],
      ['-A DOCKER-ISOLATION-STAGE-1 ! -d NETWORK -i BRIDGE -j DROP', until29],
      ['-A DOCKER-ISOLATION-STAGE-2 -o BRIDGE -j DROP', until29],
      ['-A DOCKER-ISOLATION-STAGE-1 -j RETURN', [older]],
      ['-A DOCKER-ISOLATION-STAGE-2 -j RETURN', [older]],
      ['-A DOCKER-FORWARD -j DOCKER-INTERNAL', ['master']],
      ['-A DOCKER-INTERNAL ! -s NETWORK -o BRIDGE -j DROP', ['master']],
      ['-A DOCKER-INTERNAL ! -d NETWORK -i BRIDGE -j DROP', ['master']],
    ],
  },
  {
    title: 'DOCKER-USER',
    words: ['ends with RETURN', 'the same', 'the same', 'empty', 'empty', 'empty'],
    rules: [['-A DOCKER-USER -j RETURN', columns.slice(0, 3)]],
  },
  {
    title: 'first in nat DOCKER',
    words: ['RETURN for each bridge', 'the same', 'the same', 'the same', 'the same', 'no RETURN'],
    rules: [['-A DOCKER -i BRIDGE -j RETURN', until29]],
  },
  {
    title: 'a container to itself, with docker-proxy',
    words: ['MASQUERADE per published port', 'none', 'none', 'none', 'none', 'none'],
    rules: [
      ['-A POSTROUTING -s CONTAINER/32 -d CONTAINER/32 -p tcp -m tcp --dport 80 -j MASQUERADE', [older]],
    ],
  },
  {
    title: 'raw PREROUTING',
    words: [
      'nothing',
      'DROP of what is not for the host, per port',
      'per port',
      'per container',
      'per container',
      'per container',
    ],
    rules: [
      ['-A PREROUTING -d CONTAINER/32 ! -i BRIDGE -p tcp -m tcp --dport 80 -j DROP', ['28.0.0', '28.0.4']],
      ['-A PREROUTING -d CONTAINER/32 ! -i BRIDGE -j DROP', ['28.2.2', '28.5.2', 'master']],
      ['-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8080 -j DROP', written],
    ],
  },
];
