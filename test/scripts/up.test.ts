import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { bash } from './bash.ts';

/** Everything the libraries write goes here, and no systemd is asked. */
function place(test: { teardown(work: () => void): void }): {
  environment: Record<string, string>;
  settings: string;
  lines: string;
} {
  const directory = mkdtempSync('/run/hoplab-test-');
  // A machine's root, user nobody in the VM, reads below it.
  chmodSync(directory, 0o755);
  const settings = join(directory, 'env');
  test.teardown(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'run'));
  return {
    environment: {
      HOPLAB_RUN: join(directory, 'run'),
      HOPLAB_STATE: join(directory, 'state'),
      HOPLAB_LOG: join(directory, 'log'),
      HOPLAB_LISTEN: '127.0.0.1:0',
    },
    settings,
    lines: `settings=${settings}\nhas_systemd() { false; }\ntrap stop EXIT\n`,
  };
}

t.test('a daemon that is still starting is waited for; one that runs is left alone', async (t) => {
  const { environment, lines } = place(t);
  const pids = await bash(
    `${lines}start; plain_pid; bring_up false; plain_pid; bring_up false; plain_pid`,
    environment,
  );
  const [first, ...rest] = pids.stdout.trim().split('\n');
  t.match(pids, { exitCode: 0, stderr: '' });
  t.strictSame(rest, [
    'daemon: already starting; waiting for it',
    'daemon: running',
    first,
    'daemon: running already',
    first,
  ]);
});

t.test('a daemon older than its sources is restarted, also before its socket is there', async (t) => {
  for (const waited of ['', 'wait_until_it_answers']) {
    const { environment, settings, lines } = place(t);
    const pids = await bash(
      `${lines}start; ${waited}
      echo HOPLAB_LOG_LEVEL=info >${settings}; touch -d '2 days ago' ${settings}
      before=$(plain_pid); bring_up false; after=$(plain_pid)
      [ "$before" != "$after" ] && echo another`,
      environment,
    );
    t.match(pids, { exitCode: 0, stderr: '' });
    t.strictSame(pids.stdout.trim().split('\n'), [
      'daemon: restarting with what has changed (lab machines stay)',
      'daemon: running',
      'another',
    ]);
  }
});

t.test('a unit that changed restarts it', async (t) => {
  const { environment, lines } = place(t);
  const { stdout } = await bash(`${lines}bring_up false; bring_up true`, environment);
  t.match(stdout, /^daemon: running\ndaemon: restarting with what has changed .*\ndaemon: running\n$/);
});

t.test('reports a daemon that cannot start, with its log', async (t) => {
  const { environment, lines } = place(t);
  const pids = await bash(`${lines}bring_up false`, { ...environment, HOPLAB_SESSIONS: 'none' });
  t.match(pids, { exitCode: 1, stderr: /HOPLAB_SESSIONS=none[\s\S]*error: the daemon did not start/ });
});

t.test('one that takes too long is left to go on', async (t) => {
  const { environment, lines } = place(t);
  const pids = await bash(
    `${lines}answers() { false; }; patience=1; start; (bring_up false) || plain_pid`,
    environment,
  );
  t.match(pids, { exitCode: 0, stdout: /^daemon: already starting; waiting for it\n\d+\n$/ });
  t.match(pids.stderr, /error: the daemon has not answered yet, and is still starting/);
});

t.test('the first death is not the end where systemd starts it again; a failed unit is', async (t) => {
  const { environment } = place(t);
  // One line for each look: what systemd says of the unit, how often it was started again, whether it answers.
  const unit = (looks: string[]) => {
    writeFileSync(join(environment.HOPLAB_STATE ?? '', 'looks'), `${looks.join('\n')}\n`);
    return `has_systemd() { true; }
      looks=$HOPLAB_STATE/looks
      look() { read -r active restarts answering <$looks; }
      answers() { sed -i '1{$!d}' $looks; look; $answering; }
      journalctl() { echo its last words; }
      systemctl() {
        look
        case $1 in
          is-active) echo "$active"; [ "$active" = active ] ;;
          show) echo "$restarts" ;;
        esac
      }
      wait_until_it_answers && echo up`;
  };
  mkdirSync(environment.HOPLAB_STATE ?? '');
  const mended = unit([
    'active 0 false',
    'active 0 false',
    'activating 0 false',
    'active 1 false',
    'active 1 true',
  ]);
  t.match(await bash(mended, environment), {
    exitCode: 0,
    stdout: 'daemon: it ended; systemd has started it again\nup\n',
  });
  const failed = unit(['active 3 false', 'activating 3 false', 'active 4 false', 'failed 4 false']);
  t.match(await bash(failed, environment), {
    exitCode: 1,
    stdout: 'daemon: it ended; systemd has started it again\n',
  });
  const endless = unit(['active 0 false', 'active 0 false']);
  t.match(await bash(`patience=1; ${endless}`, environment), { exitCode: 1, stdout: '' });
});
