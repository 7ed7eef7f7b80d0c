import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { withDaemon } from '../support/daemon.ts';

const holders = () => (existsSync('/run/hoplab-limits') ? readdirSync('/run/hoplab-limits') : []);

t.test('asked to end, and again: it ends once, with nobody at work, and gives back what it took', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    const pid = daemon.pid;
    t.ok(holders().includes(`daemon-${pid}`), 'it has raised a limit of the VM');
    const { mode, uid } = statSync(join(daemon.run, 'hoplab.sock'));
    t.match({ mode: mode & 0o777, uid }, { mode: 0o660, uid: 0 }, 'no other user may connect');
    t.equal((await daemon.hoplab('start', 'network-namespaces')).exitCode, 0);
    const asking = Array.from({ length: 6 }, () => daemon.hoplab('check', '--all'));
    const ended = daemon.kill('SIGTERM');
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM'] as const) process.kill(pid, signal);
    await ended;
    await Promise.all(asking);
    t.notOk(holders().includes(`daemon-${pid}`));
    await daemon.start();
    t.equal((await daemon.hoplab('status')).exitCode, 0, 'the session is there again');
    const sessions = join(daemon.state, 'sessions');
    t.equal(readdirSync(sessions).length, 1);
    const events = readFileSync(join(sessions, readdirSync(sessions)[0] ?? ''), 'utf8')
      .split('\n')
      .filter(Boolean)
      .flatMap((line) => JSON.parse(line.slice(9)) as { kind: string; number?: number }[])
      .flatMap(({ kind, number }) => (kind === 'event' ? number : []));
    t.same(
      events,
      events.map((_, index) => index + 1),
      'each event once',
    );
  }),
);

t.test('files that nobody can read cost the start nothing, and are kept', (t) =>
  withDaemon(async (daemon) => {
    const records = join(daemon.run, 'machines');
    const handles = join(daemon.run, 'handles');
    for (const directory of [records, handles, join(daemon.state, 'sessions')])
      mkdirSync(directory, { recursive: true });
    for (const [name, text] of Object.entries({
      half: '{',
      empty: '',
      none: 'null',
      other: '{"id":"else"}',
    })) {
      writeFileSync(join(records, `${name}.json`), text);
      writeFileSync(join(handles, `${name}.json`), text);
    }
    mkdirSync(join(records, 'directory.json'));
    writeFileSync(join(records, 'killed.json.new'), '{');
    writeFileSync(join(daemon.run, 'lock'), 'this is no lock'.repeat(100));
    writeFileSync(join(daemon.state, 'sessions', 'line.jsonl'), '{"kind":"event","number":3,"event":null}\n');
    await daemon.start();
    t.same(
      readdirSync(records).sort(),
      ['directory', 'empty', 'half', 'none', 'other'].map((name) => `${name}.json.broken`),
    );
    t.equal(readdirSync(handles).filter((name) => name.endsWith('.broken')).length, 4);
    t.ok(existsSync(join(daemon.run, 'lock.broken')));
    for (const name of ['half.json', 'line.jsonl']) t.match(daemon.log, name, `${name} is named in the log`);
    t.equal((await daemon.hoplab('start', 'network-namespaces')).exitCode, 0);
  }),
);
