import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { type Daemon, withDaemon } from '../support/daemon.ts';
import { tutorialFences } from '../support/tutorial.ts';

t.test('the tutorial of labs/README.md, word by word', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    const home = join(daemon.directory, 'home');
    const programs = join(daemon.directory, 'bin');
    for (const directory of [home, programs]) mkdirSync(directory);
    symlinkSync(new URL('../../scripts/hoplab', import.meta.url).pathname, join(programs, 'hoplab'));
    const environment = { ...daemon.environment, HOME: home, PATH: `${programs}:${process.env.PATH}` };
    let printed = '';
    for (const { language, file, appended, text } of tutorialFences()) {
      if (file !== null) {
        const write = appended ? appendFileSync : writeFileSync;
        write(join(home, 'my-labs/basics/first-ping', file), text);
      } else if (language === 'sh') {
        printed = await typed(text, daemon, environment);
      } else t.match(printed, outputOf(text), text);
    }
    t.match(printed, /first-ping: all 12 parts pass/, 'it ends with the acceptance run');
  }),
);

/** The output of the lines. Those for systemd act on the test's own daemon. */
async function typed(text: string, daemon: Daemon, environment: Record<string, string>): Promise<string> {
  let printed = '';
  for (const line of text.trim().split('\n')) {
    if (line.includes('/etc/hoplab/env')) continue;
    if (line === 'sudo systemctl restart hoplab') {
      await daemon.kill('SIGTERM');
      await daemon.start({ HOPLAB_LABS: join(environment.HOME ?? '', 'my-labs') });
      continue;
    }
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
      env: environment,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${line}: ${status}\n${stdout}${stderr}`);
    printed += stdout + stderr;
  }
  return printed;
}

/** The lines of an excerpt, in order; `...` is anything. */
function outputOf(excerpt: string): RegExp {
  const escaped = excerpt.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(escaped.replaceAll('\\.\\.\\.', '[\\s\\S]*?'));
}
