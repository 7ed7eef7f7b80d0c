import { existsSync, statSync } from 'node:fs';
import t from 'tap';
import type { Node } from '../../src/core/lab/lab.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { sh, type Workplace, workplace } from '../support/machines.ts';

const nothing = { title: null, sysctls: {}, routes: [], run: [] };
const host: Node = { ...nothing, name: 'host', kind: 'machine', service: 'docker' };
const lan: Node = { ...nothing, name: 'lan', kind: 'host', service: null };
const ends = [
  { node: 'host', link: 'eth0', addresses: ['192.168.1.2/24'], master: null },
  { node: 'lan', link: 'eth0', addresses: ['192.168.1.3/24'], master: null },
] as [never, never];
const topology = planTopology({ nodes: [host, lan], bridges: [], links: [{ ends }] });

/** Waits for another engine that answers. */
const engineKilled = `
before=$(cat /run/docker.pid)
kill -9 $before
until [ -s /run/docker.pid ] && [ "$(cat /run/docker.pid)" != $before ] && docker info >/dev/null 2>&1; do :; done
until docker ps --format '{{.Names}}' | grep -q .; do :; done`;

async function engine({ machines }: Workplace, id: string): Promise<Machine> {
  const machine = await machines.create(id, { root: 256, memory: 768 });
  await machine.perform(topology);
  return machine;
}

t.test('the engine runs in a machine, with images that no machine can change for the others', (t) =>
  workplace(t, async (place) => {
    const machine = await engine(place, 'one');
    try {
      const images = "docker images --format '{{.Repository}}' | sort | xargs";
      t.equal(await sh(machine, images), 'adolfintel/speedtest busybox curlimages/curl nginx\n');
      await sh(machine, 'docker run -d --name web -p 8080:80 adolfintel/speedtest');
      const asked = 'curl -sS --retry 9 --retry-connrefused http://192.168.1.2:8080/getIP.php';
      t.match(await sh(machine, asked, 'lan'), 'client_address=192.168.1.3\n');
      await sh(machine, "docker exec web sh -c 'echo own >>/etc/nginx/nginx.conf'");
      t.match(await sh(machine, 'docker run --rm nginx cat /etc/nginx/nginx.conf'), /[^n]\n}\n$/);
      for (const line of [
        'mount -o remount,rw /.hoplab/images',
        'mount -o remount,bind,rw /.hoplab/images',
        'touch /.hoplab/images/own',
      ])
        t.not((await machine.run('host', ['sh', '-c', line])).exitCode, 0, line);
      t.equal(statSync('/var/lib/hoplab/images').uid, 0);
      t.notOk(existsSync('/var/lib/hoplab/images/own'));
      const refused = await machine.run('host', ['docker', 'run', 'no-such-image']);
      t.match(refused.stderr, "Unable to find image 'no-such-image:latest' locally");
      t.not(refused.exitCode, 0);
    } finally {
      await machine.destroy();
    }
  }),
);

t.test(
  'containers come back after a restart; of an engine, a machine or a daemon that is killed nothing is left',
  (t) =>
    workplace(t, async (place) => {
      const [before, after] = [await engine(place, 'before'), await engine(place, 'after')];
      try {
        await sh(before, 'docker run -d --restart always --name web -v kept:/kept busybox sleep infinity');
        await sh(before, "docker exec web sh -c 'echo volume >/kept/file; echo layer >/root/file'");
        await after.startWithFilesOf(before);
        t.equal(await sh(after, "docker ps --format '{{.Names}}'"), 'web\n');
        t.equal(await sh(after, 'docker exec web cat /kept/file /root/file'), 'volume\nlayer\n');
        await sh(after, engineKilled);
        t.equal(
          await sh(after, "docker ps --format '{{.Names}}'"),
          'web\n',
          'engine and container came back',
        );
        process.kill(after.pid, 'SIGKILL');
        while (after.alive()) await new Promise(setImmediate);
        // So does a daemon that begins after one that was killed.
        const adopted = await new KernelMachines(place.root).adopt();
        t.strictSame(
          adopted.map(({ id }) => id),
          ['before'],
        );
        for (const machine of adopted) {
          t.equal(await sh(machine, "docker ps --format '{{.Names}}'"), 'web\n');
          await machine.destroy();
        }
      } finally {
        await Promise.all([before, after].map((machine) => machine.destroy()));
      }
    }),
);
