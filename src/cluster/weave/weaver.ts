import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dataPort, makeBridge, ownAddresses } from './network.ts';
import { Peers } from './peers.ts';
import { partOf, Ring, rangeOf } from './ring.ts';

/**
 * Plays weave's router on one node: the bridge, a tunnel to the other nodes, and the HTTP API by which the plugin gets
 * addresses. The API, ports and names are those of weave 2.8.1; the tunnel is a plain VXLAN.
 */
export async function weaver(environment: NodeJS.ProcessEnv): Promise<void> {
  process.title = 'weaver';
  const cidr = environment.IPALLOC_RANGE ?? '10.32.0.0/12';
  const peers = (environment.KUBE_PEERS ?? '').split(/\s+/).filter((peer) => peer !== '');
  const mine = await ownAddresses();
  const own = peers.find((peer) => mine.includes(peer));
  if (own === undefined) throw new Error(`KUBE_PEERS (${peers.join(' ')}) names no address of this node`);
  const file = `/weavedb/${own}.json`;
  const given = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const ring = new Ring(partOf(rangeOf(cidr), peers.indexOf(own), peers.length), given);
  const keep = () => {
    if (!existsSync('/weavedb')) return;
    writeFileSync(`${file}.new`, JSON.stringify(ring.given()));
    renameSync(`${file}.new`, file);
  };
  await makeBridge(own, ring.take('weave:expose') ?? own, cidr);
  const others = new Peers(
    own,
    peers.filter((peer) => peer !== own),
  );
  // Ready only with its tunnel: a pod that starts now may send at once.
  await others.tried;
  const api = createServer((request, response) => {
    const { status, text } = answer(request.method ?? 'GET', request.url ?? '/', {
      ring,
      peers: others,
      cidr,
    });
    if (request.method !== 'GET') keep();
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
  });
  api.listen(dataPort, '127.0.0.1');
  console.log(`weave's part is played by hoplab: ${own}, addresses of ${cidr}`);
  process.on('SIGTERM', () => process.exit());
}

interface State {
  ring: Ring;
  peers: Pick<Peers, 'established' | 'targets'>;
  cidr: string;
}

export function answer(
  method: string,
  url: string,
  { ring, peers, cidr }: State,
): { status: number; text: string } {
  const [, length] = cidr.split('/');
  const id = /^\/ip\/([^/?]+)/.exec(url)?.[1];
  if (id !== undefined && method === 'POST') {
    const address = ring.take(decodeURIComponent(id));
    return address === null
      ? { status: 503, text: 'IP allocation failed: no free addresses' }
      : { status: 200, text: `${address}/${length}` };
  }
  if (id !== undefined && method === 'GET') {
    const address = ring.of(decodeURIComponent(id));
    return address === null ? { status: 404, text: '' } : { status: 200, text: `${address}/${length}` };
  }
  if (id !== undefined && method === 'DELETE') {
    const had = ring.release(decodeURIComponent(id));
    return had ? { status: 204, text: '' } : { status: 400, text: `Delete: no addresses for ${id}` };
  }
  if (url === '/ipinfo/defaultsubnet') return { status: 200, text: cidr };
  if (url === '/status') return { status: 200, text: statusOf(peers, cidr) };
  return { status: 404, text: '404 page not found\n' };
}

function statusOf({ established, targets }: State['peers'], cidr: string): string {
  const lines = [
    ['Version', '2.8.1 (played by hoplab)'],
    null,
    ['Service', 'router'],
    ['Targets', targets.length],
    ['Connections', `${targets.length} (${established.size} established)`],
    ['Peers', established.size + 1],
    null,
    ['Service', 'ipam'],
    ['Status', 'ready'],
    ['Range', cidr],
    ['DefaultSubnet', cidr],
  ] as const;
  return `${lines.map((line) => (line === null ? '' : `${line[0].padStart(15)}: ${line[1]}`)).join('\n')}\n`;
}
