import t from 'tap';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { Node } from '../../../src/core/lab/lab.ts';
import type { TracedPath } from '../../../src/core/path/recording/hop.ts';
import { planTopology } from '../../../src/core/plan/topology.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { TraceProbe } from '../../../src/core/probe/trace-probe.ts';
import { traceTarget } from '../../../src/session/trace-target.ts';
import { sh, workplace } from '../../support/machines.ts';
import { wayOf } from '../../support/way.ts';

const base = { title: null, sysctls: {}, routes: [], run: [] };
const nodes: Node[] = [
  {
    ...{ ...base, name: 'host', kind: 'machine', service: 'docker' },
    sysctls: { 'net.bridge.bridge-nf-call-iptables': '0' },
    routes: ['default via 192.168.1.3'],
  },
  {
    ...{ ...base, name: 'lan', kind: 'host', service: null },
    sysctls: { 'net.ipv4.ip_forward': '1' },
    routes: ['172.16.0.0/12 via 192.168.1.2'],
    run: ['iptables -t nat -A POSTROUTING -o eth1 -j MASQUERADE'],
  },
  { ...base, name: 'net', kind: 'host', service: null },
];
const topology = planTopology({
  nodes,
  bridges: [],
  links: [
    {
      ends: [
        { node: 'host', link: 'eth0', addresses: ['192.168.1.2/24'], master: null },
        { node: 'lan', link: 'eth0', addresses: ['192.168.1.3/24'], master: null },
      ],
    },
    {
      ends: [
        { node: 'lan', link: 'eth1', addresses: ['8.8.8.1/24'], master: null },
        { node: 'net', link: 'eth0', addresses: ['8.8.8.8/24'], master: null },
      ],
    },
  ],
});

/** Two networks and one that is `internal`, a container on each, published ports, nginx and haproxy before one. */
const containers = `
docker network create -o com.docker.network.bridge.name=front front
docker network create -o com.docker.network.bridge.name=back back
docker network create --internal -o com.docker.network.bridge.name=inner inner
docker run -d --name web --network front -p 8080:80 adolfintel/speedtest
docker run -d --name near --network front busybox sleep infinity
docker run -d --name far --network back busybox sleep infinity
docker run -d --name shut --network inner adolfintel/speedtest
mkdir -p /root/project && cd /root/project
printf 'services:\\n  app:\\n    image: adolfintel/speedtest\\n    container_name: app\\n    ports: ["8090:80"]\\n' >docker-compose.yml
docker compose up -d
printf 'server { listen 8000; location / { proxy_pass http://web; } }\\n' >/root/proxy.conf
docker run -d --name proxy --network front -v /root/proxy.conf:/etc/nginx/conf.d/default.conf nginx
docker network connect back proxy
docker run -d --name dns --network front -p 53:53/udp -v /usr:/usr:ro -v /usr/lib:/lib:ro -v /usr/lib64:/lib64:ro \
  busybox /usr/sbin/dnsmasq -k -x /pid --user=root -C /dev/null --no-resolv --no-hosts --address=/#/192.0.2.1
docker run -d --name narrow --network front -p 127.0.0.1:8081:80 adolfintel/speedtest
docker run -d --name amiss --network front -p 8082:81 adolfintel/speedtest
printf '%s\n' 'defaults' '  mode http' '  timeout connect 5s' '  timeout client 5s' '  timeout server 5s' \
  'listen one' '  bind :9000' '  server web 172.18.0.2:80' >/root/haproxy.cfg
haproxy -D -f /root/haproxy.cfg
until dig +time=1 +tries=1 @192.168.1.2 x.test >/dev/null; do :; done
for address in 192.168.1.2:8080 192.168.1.2:8090; do curl -sS --retry 30 --retry-all-errors -o /dev/null http://$address/; done
`;

type Row = [from: string, what: string, way: string];

const page = (address: string) => `http http://${address}/getIP.php`;
const there = 'host[destination 172.18.0.2, destinationPort 80]';
const back = 'host[source 192.168.1.2, sourcePort 8080]';
const proxied = (from: string) =>
  `${from} host | host ${from}: delivered; docker-proxy: host web | web host: delivered`;
const dropped = ': dropped dropped-by-rule host';

const always: Row[] = [
  ['lan', page('192.168.1.2:8080'), `lan ${there} web | web ${back} lan: delivered`],
  [
    'lan',
    page('192.168.1.2:8090'),
    'lan host[destination 172.21.0.2, destinationPort 80] app | app host[source 192.168.1.2, sourcePort 8090] lan: delivered',
  ],
  [
    'near',
    'ping 8.8.8.8',
    'near host[source 192.168.1.2] lan[source 8.8.8.1] net | net lan[destination 192.168.1.2] host[destination 172.18.0.3] near: delivered',
  ],
  ['near', page('web'), 'near (host) web | web (host) near: delivered'],
  [
    'far',
    page('proxy:8000'),
    'far (host) proxy | proxy (host) far: delivered; nginx: proxy (host) web | web (host) proxy: delivered',
  ],
  [
    'lan',
    page('192.168.1.2:9000'),
    'lan host | host lan: delivered; haproxy: host web | web host: delivered',
  ],
  [
    'lan',
    'dns 192.168.1.2 x.test',
    'lan host[destination 172.18.0.5] dns | dns host[source 192.168.1.2] lan: delivered',
  ],
  ['host', 'ping 172.20.0.2', 'host shut | shut host: delivered'],
];

/** The rule that keeps them apart is named. */
const apart: Row[] = [
  ['far', 'ping 172.18.0.2', '-A DOCKER-ISOLATION-STAGE-2 -o front -j DROP'],
  ['shut', 'ping 8.8.8.8', '-A DOCKER-ISOLATION-STAGE-1 ! -d 172.20.0.0/16 -i inner -j DROP'],
  ['lan', 'ping 172.20.0.2', '-A DOCKER-ISOLATION-STAGE-1 ! -s 172.20.0.0/16 -o inner -j DROP'],
  ['far', 'ping 172.20.0.2', '-A DOCKER-ISOLATION-STAGE-1 ! -s 172.20.0.0/16 -o inner -j DROP'],
];

/** A port that is not published as it was meant to be: the container is named, and its option. */
const misled: Row[] = [
  ['lan', 'tcp 192.168.1.2 8081', 'docker run -d --name narrow -p 8081:80 IMAGE'],
  ['lan', 'tcp 192.168.1.2 8082', 'docker run -d --name amiss -p 8082:80 IMAGE'],
];

const withProxy: Row[] = [
  ['host', page('127.0.0.1:8080'), proxied('host')],
  ['host', page('192.168.1.2:8080'), `${there} web | web ${back}: delivered`],
  ...['near', 'web', 'far'].map((from): Row => [from, page('192.168.1.2:8080'), proxied(from)]),
  // docker-proxy connects as soon as a client has connected to it.
  ['near', 'tcp 192.168.1.2 8080', proxied('near')],
];

const [itself, answered] = [
  'host[source 172.18.0.1, destination 172.18.0.2, destinationPort 80]',
  (address: string) => `host[source ${address}, destination ${address}, sourcePort 8080]`,
];
const withoutProxy: Row[] = [
  ['host', page('127.0.0.1:8080'), `${itself} web | web ${answered('127.0.0.1')}: delivered`],
  ['host', page('192.168.1.2:8080'), `${itself} web | web ${answered('192.168.1.2')}: delivered`],
  [
    'web',
    page('192.168.1.2:8080'),
    `web ${itself} web | web host[source 192.168.1.2, destination 172.18.0.2, sourcePort 8080] web: delivered`,
  ],
  ['far', page('192.168.1.2:8080'), `far ${there}${dropped}`],
  // The bridge does not show the answer to conntrack (net.bridge.bridge-nf-call-iptables is 0).
  [
    'near',
    page('192.168.1.2:8080'),
    `near ${there} web | web (host) near: answer-lost wrong-translation near`,
  ],
];

const stopProxies = `
sed -i '1s/.*/{ "userland-proxy": false,/' /etc/docker/daemon.json
sh /.hoplab/engine stop && sh /.hoplab/engine start
docker start web near far shut proxy app
`;

t.test('traces follow every way that Docker makes for packets, with docker-proxy and without', (t) =>
  workplace(t, async ({ machines }) => {
    const machine = await machines.create('docker', { root: 256, memory: 768 });
    try {
      await machine.perform(topology);
      await sh(machine, containers);
      for (const row of [...always, ...withProxy])
        t.equal(wayOf(await traced(machine, row)), row[2], `${row[0]} ${row[1]}`);
      const asked = await traced(machine, ['near', 'dns 127.0.0.11 web', '']);
      t.match(wayOf(asked), /^near\[destinationPort \d+\] near \| near\[sourcePort 53\] near: delivered$/);
      t.match(asked.end, { by: 'dockerd', values: { answer: 'A 172.18.0.2' } });
      const relayed = await traced(machine, ['host', 'dns 127.0.0.1 x.test', '']);
      t.match(relayed.end, { kind: 'delivered', by: 'docker-proxy', values: { answer: 'A 192.0.2.1' } });
      t.match(relayed.end.text.en, 'A trace follows this second way over TCP only');
      for (const row of apart) {
        const { end } = await traced(machine, row);
        t.match(end, { kind: 'dropped', node: 'host', values: { rule: row[2] } }, `${row[0]} ${row[1]}`);
      }
      for (const row of misled) {
        const { end } = await traced(machine, row);
        t.match(end.cure.at(-1), { on: 'host', run: row[2] }, `${row[0]} ${row[1]}`);
      }
      await sh(machine, stopProxies);
      for (const row of withoutProxy)
        t.equal(wayOf(await traced(machine, row)), row[2], `${row[0]} ${row[1]}, without docker-proxy`);
    } finally {
      await machine.destroy();
    }
  }),
);

async function traced(machine: Machine, [from, what]: Row): Promise<TracedPath> {
  const asked = { from, ...askedBy(what) };
  const to = await traceTarget(machine, asked);
  return tracedPath(await machine.trace({ from, to, probe: asked.probe }));
}

function askedBy(what: string): { to: string | null; probe: TraceProbe } {
  const [kind, first = '', second = ''] = what.split(' ');
  if (kind === 'http')
    return { to: null, probe: { kind, url: first, port: Number(new URL(first).port || 80) } };
  if (kind === 'dns') return { to: first, probe: { kind, name: second } };
  if (kind === 'tcp') return { to: first, probe: { kind, port: Number(second) } };
  return { to: first, probe: { kind: 'icmp' } };
}
