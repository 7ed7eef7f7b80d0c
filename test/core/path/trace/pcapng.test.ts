import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { tracedPath } from '../../../../src/core/diagnose/trace/trace.ts';
import { pcapngOf } from '../../../../src/core/explain/trace/pcapng.ts';
import { recordingOf } from '../../../support/recording.ts';

t.test('every block is complete, with its interface, time and comment', async (t) => {
  const recording = recordingOf();
  const file = Buffer.from(pcapngOf(recording, tracedPath(recording)));
  const types: number[] = [];
  let at = 0;
  while (at < file.length) {
    const length = file.readUInt32LE(at + 4);
    types.push(file.readUInt32LE(at));
    t.equal(length % 4, 0);
    t.equal(file.readUInt32LE(at + length - 4), length, 'its length stands at both ends');
    at += length;
  }
  t.equal(at, file.length);
  t.strictSame(types, [0x0a0d0d0a, 1, 1, 6, 6]);
  for (const words of ['red:veth-red', 'blue:veth-blue', 'packet 1 of the probe: request, echo request'])
    t.ok(file.includes(words), words);
});

t.test('tcpdump reads it', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hoplab-pcapng-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const recording = recordingOf();
  const file = join(directory, 'x.pcapng');
  writeFileSync(file, pcapngOf(recording, tracedPath(recording)));
  const text = execFileSync('tcpdump', ['-tt', '-nr', file], { encoding: 'utf8', stdio: 'pipe' });
  t.match(text, /^1000\.000000 IP 10\.0\.0\.1 > 10\.0\.0\.2: ICMP echo request, id 48879/m);
  t.equal(text.trim().split('\n').length, 2);
});
