import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { hoplab, main, node } from './hoplab.ts';
import { serving } from './serving.ts';
import { terminal } from './terminal.ts';

/** The shells of Debian, without what a user has made of them, and how each takes the script. */
const shells = {
  bash: ['exec bash --norc --noprofile -i', 'source <(hoplab completion bash)'],
  zsh: ['exec zsh -f -i', 'autoload -Uz compinit; compinit -D -u; source <(hoplab completion zsh)'],
  fish: ['exec fish --no-config -i', 'hoplab completion fish | source'],
} as const;

for (const [name, [start, script]] of Object.entries(shells)) {
  t.test(`${name} completes commands, labs, steps, nodes and sessions`, async (t) => {
    const { env } = await serving(t);
    const bin = await mkdtemp(join(tmpdir(), 'hoplab-bin-'));
    t.teardown(() => rm(bin, { recursive: true }));
    await writeFile(join(bin, 'hoplab'), `#!/bin/sh\nexec ${node.join(' ')} ${main} "$@"\n`);
    await chmod(join(bin, 'hoplab'), 0o755);
    const path = `${bin}:${process.env.PATH}`;
    const { type, until, ended } = terminal(start, { ...env, PATH: path, HOME: bin, PS1: '> ' });
    type(`${script}; echo rea''dy\r`);
    await until(/ready/);
    for (const [typed, completed] of [
      ['hoplab star', 'hoplab start '],
      ['hoplab start netw', 'hoplab start network-namespaces '],
      ['hoplab goto veth', 'hoplab goto veth-pair '],
      ['hoplab exec la', 'hoplab exec lan '],
      ['hoplab use s', 'hoplab use s1 '],
    ] as const) {
      type(`${typed}\t`);
      await until(new RegExp(completed.slice('hoplab '.length).trim().split(' ').at(-1) ?? ''));
      t.pass(`${typed} -> ${completed}`);
      // Ctrl-U takes the line away without a signal, which would take what is typed next along.
      type('\u0015');
    }
    type('exit\r');
    await ended;
  });
}

t.test('candidates: begun words only, and none where nothing answers', async (t) => {
  const { run } = await serving(t);
  const words = async (...given: string[]) =>
    (await run('complete', '--', ...given)).stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t')[0]);
  t.strictSame(await words('goto', ''), ['isolation', 'veth-pair']);
  t.strictSame(await words('start', 'network-namespaces', '--step', 'v'), ['veth-pair']);
  t.strictSame(await words('--session', ''), ['s1']);
  t.strictSame(await words('--session', 's1', 'check', 'iso'), ['isolation']);
  t.strictSame(await words('--lang', ''), ['en', 'ko']);
  t.strictSame(await words('completion', 'z'), ['zsh']);
  t.strictSame(await words('reasons', 'no-rou'), ['no-route']);
  t.strictSame(await words('predict', ''), ['who-has-red']);
  t.strictSame(await words('help', 'rese'), ['reset']);
  t.ok((await words('trace', '--')).includes('--details'));
  t.notOk((await words('')).includes('complete'));
  const nowhere = { HOPLAB_RUN: '/nowhere' };
  t.match(await hoplab(['complete', '--', 'start', ''], nowhere), { code: 0, stdout: '', stderr: '' });
  t.match(await hoplab(['completion', 'csh']), { code: 2, stderr: /there are bash, zsh, fish/ });
});
