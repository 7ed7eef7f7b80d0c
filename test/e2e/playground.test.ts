import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { withDaemon } from '../support/daemon.ts';

t.test('a network built from the command line, saved and started', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    const directory = t.testdir();
    const done = async (...args: string[]) => {
      const ended = await daemon.hoplab(...args);
      t.equal(ended.exitCode, 0, `${args.join(' ')}: ${ended.stderr}`);
      return ended.stdout;
    };
    t.match(await done('play'), /#token=.*\n.*hoplab play add host/s);
    t.match(await done('play', 'add', 'host'), 'host # ip netns add h1');
    await done('play', 'add', 'host');
    await done('play', 'add', 'bridge', 'lan');
    t.match(await done('play', 'cable', 'h1', 'lan'), 'ip link add eth0 netns h1 type veth peer name lan-h1');
    await done('play', 'cable', 'lan', 'h2');
    await done('play', 'address', 'h1');
    t.match(await done('play', 'address', 'h2'), 'ip -n h2 addr add 10.0.0.2/24 dev eth0');
    await done('exec', 'h1', '--', 'ping', '-c', '1', '10.0.0.2');
    await done('play', 'add', 'host', 'h3');
    await done('play', 'cable', 'h3', 'lan');
    t.match(await done('play', 'cut', 'h3'), 'ip -n h3 link del eth0');
    t.match(await done('play', 'remove', 'h3'), 'ip netns del h3');
    await done('play', 'add', 'bridge', 'spare');
    t.match(await done('play', 'remove', 'spare'), 'ip link del spare');
    t.notMatch(await done('exec', 'host', '--', 'sh', '-c', 'ip netns; ip -br link'), /h3|spare/);
    t.equal((await daemon.hoplab('play', 'remove', 'host')).exitCode, 2, 'the machine itself stays');
    t.equal((await daemon.hoplab('play', 'cut', 'h1', 'eth7')).exitCode, 2, 'no such interface');
    const wrong = await daemon.hoplab('play', 'cable', 'h1', 'nowhere');
    t.equal(wrong.exitCode, 2);
    t.match(wrong.stderr, 'nodes and bridges that are there');

    const session = async () => JSON.parse(await done('status', '--json')).id as string;
    const original = await session();
    const seed = /seed (\d+)/.exec(await done('play', 'break'))?.[1];
    t.ok(seed, 'a copy of the network has a fault');
    t.equal((await daemon.hoplab('check')).exitCode, 1, 'the fault shows in the copy');
    const copy = await session();
    const saved = `broken-${original}`;
    const running = await daemon.hoplab('play', 'delete', saved);
    t.equal(running.exitCode, 2);
    t.match(running.stderr, `${saved} has sessions: ${copy}; end them first`);
    await done('stop', copy);
    t.match(await done('play', 'delete', saved), `Deleted: ${saved}`);
    t.notMatch(await done('labs'), saved);
    const shipped = await daemon.hoplab('play', 'delete', 'playground');
    t.equal(shipped.exitCode, 2, 'it has a session');
    t.match((await daemon.hoplab('play', 'delete', 'default-gateway')).stderr, 'not among the labs');
    t.match((await daemon.hoplab('play', 'delete', 'nothing')).stderr, 'there is no lab nothing');
    await done('use', original);

    t.notMatch((await daemon.hoplab('check')).stdout, 'Every step', 'nothing says that a playground is done');

    const lab = join(directory, 'mine');
    process.chdir(directory);
    await done('play', 'save', 'lab', 'mine');
    await done('play', 'save', 'script', 'mine');
    execFileSync('sh', ['-n', join(directory, 'mine.sh')]);
    t.match(readFileSync(join(lab, 'lab.yaml'), 'utf8'), 'id: mine');
    t.match(await done('lint', lab), 'the lab is sound');
    await done('start', 'mine');
    t.match(await done('check'), '2 of 2 checks pass');
    await done('exec', 'h1', '--', 'ping', '-c', '1', '10.0.0.2');
    await done('break', '--seed', '1');
    t.equal((await daemon.hoplab('check')).exitCode, 1, 'the fault shows');
  }),
);
