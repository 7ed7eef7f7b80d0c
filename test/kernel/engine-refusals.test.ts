import t from 'tap';
import type { Node } from '../../src/core/lab/lab.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import { sh, workplace } from '../support/machines.ts';

const host: Node = {
  ...{ name: 'host', kind: 'machine', title: null, service: 'docker', sysctls: {}, routes: [], run: [] },
};

const compose = (text: string) =>
  `mkdir -p /root/p && cd /root/p && printf '${text}' >docker-compose.yml && docker compose up -d`;

/** A learner's commands, and the error of the engine or Compose. */
const refusals: [line: string, words: RegExp][] = [
  ['docker run no-such-image', /Unable to find image 'no-such-image:latest' locally/],
  [compose('services:\\n  web:\\n    imag: nginx\\n'), /imag/],
  [compose('services:\\n  web: [\\n'), /line 2|yaml|parsing/i],
  ['docker run -d -p 8080:80 nginx && docker run -d -p 8080:80 nginx', /port is already allocated/],
  ['docker run -d -p 192.0.2.9:8081:80 nginx', /cannot assign requested address/],
  ['docker run -d --network no-such-network busybox', /network no-such-network not found/],
  ['docker run --rm busybox sh -c "cat /dev/zero >/file"', /No space left on device/],
  [
    'dd if=/dev/zero of=/root/big bs=1M 2>/dev/null; docker run --rm busybox true; said=$?; rm /root/big; exit $said',
    /Error response from daemon: .*no space left on device/,
  ],
  ['docker run --rm busybox no-such-program', /executable file not found in \$PATH/],
  [
    'docker network create --subnet 172.30.0.0/16 one && docker network create --subnet 172.30.1.0/24 two',
    /Pool overlaps with other one on this address space/,
  ],
  [compose('services: { web: { image: nginx, networks: [none-such] } }\n'), /none-such/],
  [
    // Both directories are called p: one project, which takes the name that is asked for twice.
    `${compose('services: { web: { image: nginx, container_name: taken } }\n')} && mkdir -p /mnt/p && cd /mnt/p && \
      printf 'services: { other: { image: nginx, container_name: taken } }\n' >docker-compose.yml && docker compose up -d`,
    /container name "\/?taken" is already in use/,
  ],
];

t.test('the engine itself reports the error, and goes on', (t) =>
  workplace(t, async ({ machines }) => {
    const machine = await machines.create('docker', { root: 256, memory: 768 });
    try {
      await machine.perform(planTopology({ nodes: [host], bridges: [], links: [] }));
      for (const [line, words] of refusals) {
        const ran = await machine.run('host', ['sh', '-c', line]);
        t.not(ran.exitCode, 0, line);
        t.match(ran.stdout + ran.stderr, words);
        t.equal(await sh(machine, 'docker run --rm busybox echo works'), 'works\n', `after ${line}`);
      }
    } finally {
      await machine.destroy();
    }
  }),
);
