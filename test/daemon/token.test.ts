import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { networkToken } from '../../src/token.ts';

/** A run and a state directory. */
function places(test: { teardown(work: () => void): void }): { run: string; state: string } {
  const directory = mkdtempSync(join(tmpdir(), 'hoplab-test-'));
  test.teardown(() => rmSync(directory, { recursive: true }));
  const [run, state] = [join(directory, 'run'), join(directory, 'state')];
  mkdirSync(run);
  return { run, state };
}

const group = 12345;

t.test('it survives a reboot, and lies where programs look for it', async (t) => {
  const { run, state } = places(t);
  const token = await networkToken({ run, state }, group);
  rmSync(run, { recursive: true });
  mkdirSync(run);
  t.equal(await networkToken({ run, state }, group), token);
  for (const path of [join(run, 'token'), join(state, 'token')]) {
    t.equal(readFileSync(path, 'utf8'), `${token}\n`);
    const { mode, uid, gid } = statSync(path);
    t.match({ mode: mode & 0o777, uid, gid }, { mode: 0o640, uid: 0, gid: group }, path);
  }
});

t.test('the one that clients have already is kept', async (t) => {
  const { run, state } = places(t);
  const token = await networkToken({ run, state }, group);
  rmSync(state, { recursive: true });
  t.equal(await networkToken({ run, state }, group), token);
});

t.test('replaces a file that is no token, and one that others could read', async (t) => {
  const { run, state } = places(t);
  mkdirSync(state);
  writeFileSync(join(state, 'token'), 'abc');
  chmodSync(join(state, 'token'), 0o644);
  const token = await networkToken({ run, state }, group);
  t.match(token, /^[\w-]{43}$/);
  t.equal(statSync(join(state, 'token')).mode & 0o777, 0o640);
  t.not(await networkToken(places(t), group), token, 'another place has another');
});
