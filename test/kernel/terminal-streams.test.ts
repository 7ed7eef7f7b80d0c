import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { Stream } from '../../src/core/ports.ts';
import type { Started } from '../../src/kernel/exec/start.ts';
import { openPipes } from '../../src/kernel/terminal/pipes.ts';
import { openPty } from '../../src/kernel/terminal/pty.ts';

const exitOf = (stream: Stream) => new Promise<number | null>((resolve) => stream.onExit(resolve));

/** What a stream says, up to now, and the moment in which it has said something. */
function heard(stream: Stream): { text: string; until(word: string): Promise<void> } {
  const said = { text: '', until };
  let look = () => {};
  stream.onData((_, bytes) => {
    said.text += Buffer.from(bytes).toString('latin1');
    look();
  });
  function until(word: string): Promise<void> {
    return new Promise((resolve) => {
      look = () => said.text.includes(word) && resolve();
      look();
    });
  }
  return said;
}

function endOf(t: Test, pid: string): void {
  t.match(pid, /^[1-9]/);
  t.teardown(() => {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
}

async function appeared(file: string): Promise<string> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await setTimeout(20);
  return readFileSync(file, 'utf8');
}

t.test('a client that leaves while output waits does not make the end wait for the background', async (t) => {
  const said = `${t.testdir()}/said`;
  const writer = `setsid sh -c "echo \\$\\$; touch ${said}; exec yes"`;
  const stream = openPipes(['sh', '-c', `${writer} & until test -e ${said}; do sleep 0.01; done; exit 3`]);
  const ended = exitOf(stream);
  const first = await new Promise<string>((resolve) => {
    stream.onData((_, bytes) => {
      stream.pause();
      resolve(Buffer.from(bytes).toString('latin1'));
    });
  });
  endOf(t, first.split('\n')[0] ?? '');
  stream.close();
  await ended;
  t.pass('it is over');
});

t.test('what the background writes afterwards is read slowly, and its writer goes on', async (t) => {
  const done = `${t.testdir()}/done`;
  const millisecond = '$(($(date +%s%N) / 1000000))';
  const writer = `began=${millisecond}; head -c 6000000 /dev/zero; echo $? $((${millisecond} - began)) >${done}`;
  const stream = openPipes(['sh', '-c', `(sleep 0.5; ${writer}) & exit 0`]);
  heard(stream);
  t.equal(await exitOf(stream), 0);
  const [status, took] = (await appeared(done)).split(' ').map(Number);
  t.equal(status, 0);
  // 6 MB are 90 reads of 64 KiB; the socket between the two holds 4 MiB at most.
  t.ok(Number(took) > 1500, `${took} ms`);
});

t.test('of too many commands that leave their pipes open, the oldest let go', async (t) => {
  const left = new Set<Started>();
  let first: Started | undefined;
  for (let count = 0; count < 65; count++) {
    const stream = openPipes(['sh', '-c', 'sleep 1003.5 & echo $!'], left);
    const said = heard(stream);
    await exitOf(stream);
    endOf(t, said.text);
    if (count === 0) [first] = left;
    if (count === 63) t.notOk(first?.stdout.destroyed);
  }
  t.equal(left.size, 64);
  t.ok(first?.stdout.destroyed && first.stderr.destroyed);
});

t.test('input of a pseudo-terminal waits for a program that does not read', async (t) => {
  const stream = openPty(['sh', '-c', 'stty raw -echo; echo ready; exec sleep 1004.5'], 80, 24);
  await heard(stream).until('ready');
  const waiting = stream.write(new Uint8Array(1 << 20));
  t.ok(waiting, 'its writer waits');
  await setTimeout(1);
  t.pass('and nothing else does');
  const ended = exitOf(stream);
  stream.close();
  await waiting;
  await ended;
  t.pass('nobody waits for a program that has ended');
});

t.test('and comes whole and in order when it reads', async (t) => {
  const go = `${t.testdir()}/go`;
  const script = `stty raw -echo; echo ready; until test -e ${go}; do sleep 0.05; done; head -c 300001 | sha256sum`;
  const stream = openPty(['sh', '-c', script], 80, 24);
  const said = heard(stream);
  await said.until('ready');
  const hash = createHash('sha256');
  const writes = Array.from({ length: 3 }, (_, piece) => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7 + piece) % 251);
    hash.update(bytes);
    return stream.write(bytes);
  });
  stream.end();
  hash.update(Buffer.of(4));
  writeFileSync(go, '');
  await Promise.all(writes);
  await said.until('-');
  t.match(said.text, hash.digest('hex'));
  await exitOf(stream);
});
