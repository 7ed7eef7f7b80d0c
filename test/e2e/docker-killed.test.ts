import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { withDaemon } from '../support/daemon.ts';
import { machineProcesses, rangesOf, vmInventory } from '../support/vm.ts';

t.test('kill -9 of the engine, of the daemon and of the machine, with containers running', (t) =>
  withDaemon(async (daemon) => {
    const before = vmInventory();
    await daemon.start();
    const inside = async (line: string) =>
      (await daemon.hoplab('exec', 'host', '--', 'sh', '-c', line)).stdout;
    t.equal((await daemon.hoplab('start', 'container-network')).exitCode, 0);
    t.equal((await daemon.hoplab('apply', '--all')).exitCode, 0);
    t.equal(await inside("docker ps --format '{{.Names}}'"), 'box\n');

    await inside(
      'kill -9 $(cat /run/docker.pid); until docker info >/dev/null 2>&1; do :; done; docker start box',
    );
    const checked = await daemon.hoplab('check');
    t.equal(checked.exitCode, 0, `the engine is back, and the step as it was: ${checked.stdout}`);

    const engine = containersOf(daemon.run);
    await daemon.kill('SIGKILL');
    t.strictSame(containersOf(daemon.run), engine, 'a machine with its containers outlives the daemon');
    await daemon.start();
    t.equal((await daemon.hoplab('check')).exitCode, 0, 'and is the session of the next one');

    process.kill(engineMachine(daemon.run), 'SIGKILL');
    const gone = await daemon.hoplab('check');
    t.not(gone.exitCode, 0, 'nothing could be checked');
    t.match(`${gone.stdout}${gone.stderr}`, /has ended; reset makes a new one/);
    t.strictSame(containersOf(daemon.run), [], 'no container outlives its machine');
    t.equal((await daemon.hoplab('reset')).exitCode, 0);
    t.equal((await daemon.hoplab('apply')).exitCode, 0);
    t.equal((await daemon.hoplab('check')).exitCode, 0, 'the session goes on');

    await daemon.hoplab('stop', '--all');
    t.strictSame(machineProcesses(daemon.run), []);
    t.strictSame([...rangesOf(daemon.run)], []);
    t.strictSame(vmInventory(), before);
  }),
);

/** dockerd, containerd and the shim of each container. */
const containersOf = (run: string) => machineProcesses(run).filter((line) => /dockerd|containerd/.test(line));

/** pid 1 of the machine that runs an engine, as the VM counts. */
function engineMachine(run: string): number {
  const spaceOf = (pid: number | string) => readlinkSync(`/proc/${pid}/ns/pid`);
  const [engine = ''] = containersOf(run).map((line) => line.split(' ')[0] ?? '');
  const records = join(run, 'machines');
  const pids = readdirSync(records).map((file) => JSON.parse(readFileSync(join(records, file), 'utf8')).pid);
  return pids.find((pid: number) => spaceOf(pid) === spaceOf(engine));
}
