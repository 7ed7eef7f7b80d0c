import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { serving } from './serving.ts';

t.test('the address of the page, with the token in the fragment', async (t) => {
  const { run, env } = await serving(t);
  await writeFile(join(env.HOPLAB_RUN, 'address'), 'http://127.0.0.1:7777\n');
  await writeFile(join(env.HOPLAB_RUN, 'token'), 'abc_-1\n');
  const url = 'http://127.0.0.1:7777/#token=abc_-1';
  t.match(await run('url'), { code: 0, stdout: `${url}\n`, stderr: '' });
  t.same((await run('url', '--json')).json(), { url });
});

t.test('a daemon that left no address', async (t) => {
  const { run } = await serving(t);
  const { json, code } = await run('url', '--json');
  t.equal(code, 2);
  t.match(json(), { error: { code: 'daemon-unreachable', message: /address/ } });
});
