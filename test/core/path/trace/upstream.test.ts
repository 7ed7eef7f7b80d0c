import t from 'tap';
import { tracedPath } from '../../../../src/core/diagnose/trace/trace.ts';
import type { Connect, ConntrackEntry, Frame } from '../../../../src/core/path/recording/recording.ts';
import { observe } from '../../../support/observation.ts';
import { recordingOf } from '../../../support/recording.ts';
import { wayOf } from '../../../support/way.ts';

const [client, proxy, inner, server] = ['0a000001', '0a000002', '0a010001', '0a010002'];
const [own, its] = [20_000, 40_000];

/** red asks the proxy in blue, which asks green. */
const observation = observe({
  red: { links: { eth0: { peer: 'blue:eth0', addresses: ['10.0.0.1/24'] } } },
  blue: {
    links: {
      eth0: { addresses: ['10.0.0.2/24'] },
      eth1: { peer: 'green:eth0', addresses: ['10.1.0.1/24'] },
    },
    listeners: ['tcp 0.0.0.0:80'],
  },
  green: { links: { eth0: { addresses: ['10.1.0.2/24'] } } },
});
const program = 'nginx';
for (const listener of observation.nodes.blue?.listeners ?? []) listener.process = program;

const macOf = (node: string, link: string) =>
  observation.nodes[node]?.links.find(({ name }) => name === link)?.mac?.replaceAll(':', '') ?? '';

type End = [address: string, port: number];

const hex = (value: number) => value.toString(16).padStart(4, '0');

/** A segment as it leaves one node and comes to the other. */
function segment(
  [[from, out], [to, into]]: [[string, string], [string, string]],
  [source, sourcePort]: End,
  [destination, port]: End,
  flags: 'SYN' | 'SYN,ACK' | 'RST',
  time: bigint,
): Frame[] {
  const bits = { SYN: '02', 'SYN,ACK': '12', RST: '14' }[flags];
  const numbers = flags === 'SYN' ? '0000000100000000' : '0000000700000002';
  const tcp = `${hex(sourcePort)}${hex(port)}${numbers}50${bits}000000000000`;
  const ip = `45000028${hex(Number(time))}400040060000${source}${destination}`;
  const bytes = Uint8Array.from(Buffer.from(`${macOf(to, into)}${macOf(from, out)}0800${ip}${tcp}`, 'hex'));
  return [
    { time, node: from, link: out, way: 'out', bytes },
    { time: time + 1n, node: to, link: into, way: 'host', bytes },
  ];
}

const front = (flags: 'SYN' | 'SYN,ACK', time: bigint) =>
  flags === 'SYN'
    ? segment(
        [
          ['red', 'eth0'],
          ['blue', 'eth0'],
        ],
        [client, own],
        [proxy, 80],
        flags,
        time,
      )
    : segment(
        [
          ['blue', 'eth0'],
          ['red', 'eth0'],
        ],
        [proxy, 80],
        [client, own],
        flags,
        time,
      );
const behind = (flags: 'SYN' | 'SYN,ACK' | 'RST', time: bigint) =>
  flags === 'SYN'
    ? segment(
        [
          ['blue', 'eth1'],
          ['green', 'eth0'],
        ],
        [inner, its],
        [server, 8000],
        flags,
        time,
      )
    : segment(
        [
          ['green', 'eth0'],
          ['blue', 'eth1'],
        ],
        [server, 8000],
        [inner, its],
        flags,
        time,
      );

const asked: Connect = { time: 4n, program, destination: '10.1.0.2', port: 8000 };

function wayWith(answer: 'SYN,ACK' | 'RST', connects: Connect[], connections: ConntrackEntry[] = []): string {
  const { outcome } = recordingOf();
  const recording = recordingOf({
    ...{ request: { from: 'red', to: '10.0.0.2', probe: { kind: 'tcp', port: 80 } }, mark: own },
    ...{ observation, connects, connections, outcome: { ...outcome, result: 'answer' } },
    frames: [front('SYN', 1n), front('SYN,ACK', 3n), behind('SYN', 5n), behind(answer, 7n)].flat(),
  });
  return wayOf(tracedPath(recording));
}

const first = 'red blue | blue red: delivered';

t.test('the connection of the program that answered is followed to its own end', async (t) => {
  t.equal(wayWith('SYN,ACK', [asked]), `${first}; ${program}: blue green | green blue: delivered`);
  t.equal(
    wayWith('RST', [asked]),
    `${first}; ${program}: blue green | green blue: refused no-listener green`,
  );
});

t.test('connections of others are not followed', async (t) => {
  for (const other of [
    { ...asked, program: 'other' },
    { ...asked, port: 8001 },
    { ...asked, destination: '10.1.0.3' },
    { ...asked, time: 2_000_000_000n },
  ])
    t.equal(wayWith('SYN,ACK', [other]), first);
});

t.test('if a rule translates the target of a program, conntrack identifies the connection', async (t) => {
  const tuple = { protocol: 6, sourcePort: its, destinationPort: 80 };
  const original = { ...tuple, source: '10.1.0.1', destination: '10.9.0.1' };
  const reply = {
    protocol: 6,
    source: '10.1.0.2',
    destination: '10.1.0.1',
    sourcePort: 8000,
    destinationPort: its,
  };
  const connection = { node: 'blue', original, reply, assured: false, answered: true };
  const way = wayWith('SYN,ACK', [{ ...asked, destination: '10.9.0.1', port: 80 }], [connection]);
  t.match(way, `${first}; ${program}: blue`);
});
