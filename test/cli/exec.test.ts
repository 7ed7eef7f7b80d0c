import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import t from 'tap';
import { environment, main, node } from './hoplab.ts';
import { serving } from './serving.ts';

t.test('both streams and the exit code are the command’s own', async (t) => {
  const { run } = await serving(t);
  const ended = await run('exec', 'host', '--', 'sh', '-c', 'echo out; echo err >&2; exit 7');
  t.match(ended, { code: 7, stdout: 'out\n', stderr: 'err\n' });
});

t.test('options after -- are the command’s', async (t) => {
  const { run } = await serving(t);
  t.match(await run('exec', 'host', '--', 'echo', '--json', '--lang', 'ko', '-h'), {
    code: 0,
    stdout: '--json --lang ko -h\n',
  });
});

t.test('everything after the node is the command’s as it stands, with -- and without', async (t) => {
  const { run } = await serving(t);
  const echoed = (words: string[]) => ({ code: 0, stdout: `${words.join(' ')}\n` });
  const own = ['-c', '1', '--json', '--lang', 'ko', '-h', '--session', 'no-such', '--', 'exec', 'a'];
  t.match(await run('exec', 'host', 'echo', ...own), echoed(own));
  t.match(await run('exec', 'host', '--', 'echo', ...own), echoed(own));
  t.match(await run('--lang', 'ko', 'exec', 'host', 'echo', '--json'), echoed(['--json']));
  const echoOutput = await run('exec', 'host', '--json', 'echo', '--json');
  t.match(
    echoOutput.json(),
    { exitCode: 0, stdout: '--json\n' },
    'options of hoplab stand before the command',
  );
  t.match(await run('exec', 'host'), { code: 2, stderr: /command/ });
  t.match(await run('exec', 'host', '-h'), { code: 0, stdout: /exec \[options\] <node> <command\.\.\.>/ });
});

t.test('--json: what it wrote and how it ended, as one document', async (t) => {
  const { run } = await serving(t);
  const ended = await run('exec', '--json', 'host', '--', 'sh', '-c', 'printf 가; printf no >&2; exit 3');
  t.equal(ended.code, 3);
  t.same(ended.json(), { exitCode: 3, signal: null, stdout: '가', stderr: 'no' });
});

t.test('ended by a signal: 128 and its number, as shells do', async (t) => {
  const { run } = await serving(t);
  t.equal((await run('exec', 'host', '--', 'sh', '-c', 'kill -TERM $$')).code, 143);
});

t.test('input goes in, its end too, and megabytes come through both ways whole', async (t) => {
  const { input } = await serving(t);
  const bytes = Buffer.alloc(5 * 1024 * 1024, 'hoplab has a window of 256 KiB; ');
  const digest = createHash('sha256').update(bytes).digest('hex');
  t.match(await input(bytes, 'exec', 'host', '--', 'sha256sum'), { code: 0, stdout: `${digest}  -\n` });
  const { stdout } = await input(bytes, 'exec', 'host', '--', 'cat');
  t.equal(createHash('sha256').update(stdout).digest('hex'), digest);
});

t.test('a command that does not read its input ends all the same', async (t) => {
  const { input } = await serving(t);
  t.match(await input('x'.repeat(1_000_000), 'exec', 'host', '--', 'true'), { code: 0 });
});

t.test('a reader that has enough is no error', async (t) => {
  const { env } = await serving(t);
  const piped = (args: string) =>
    new Promise<{ stdout: string; stderr: string }>((resolve) => {
      const shell = spawn('sh', ['-c', `${node.join(' ')} ${main} ${args} | head -1`], {
        env: environment(env),
      });
      const output = { stdout: '', stderr: '' };
      shell.stdout.on('data', (chunk) => {
        output.stdout += chunk;
      });
      shell.stderr.on('data', (chunk) => {
        output.stderr += chunk;
      });
      shell.on('close', () => resolve(output));
    });
  t.same(await piped('exec host -- yes'), { stdout: 'y\n', stderr: '' });
  t.same(await piped(''), { stdout: 'Usage: hoplab [options] [command]\n', stderr: '' });
});
