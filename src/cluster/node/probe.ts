import type { Container, Probe } from '../objects/pod.ts';
import { act } from './act.ts';
import { onNode } from './places.ts';

interface PodProbeResult {
  ok: boolean;
  /** Why not, in kubelet's words. */
  words: string;
}

export interface ProbeTarget {
  node: string;
  address: string;
  container: Container;
  exec: (argv: string[], timeout: number) => Promise<{ code: number; stdout: string; stderr: string }>;
}

/** Asks once, from the node, as kubelet does. */
export async function ask(probe: Probe, target: ProbeTarget): Promise<PodProbeResult> {
  const seconds = probe.timeoutSeconds ?? 1;
  if (probe.exec !== undefined) {
    const ran = await target.exec(probe.exec.command ?? [], seconds * 1000);
    return { ok: ran.code === 0, words: (ran.stdout + ran.stderr).trim() };
  }
  if (probe.httpGet !== undefined) return askHttp(probe.httpGet, seconds, target);
  if (probe.tcpSocket === undefined) return { ok: true, words: '' };
  const { host = target.address, port } = probe.tcpSocket;
  return connect(target.node, seconds, host, String(portOf(port, target.container)));
}

/** By bash(1), which leaves the connection as soon as it is open; curl would stay until its time is over. */
async function connect(node: string, seconds: number, host: string, port: string): Promise<PodProbeResult> {
  const open = ': <>"/dev/tcp/$0/$1"';
  const argv = ['timeout', String(seconds), 'bash', '-c', open, host, port];
  const ran = await act(onNode(node, argv), { timeout: seconds * 1000 + 2000 });
  if (ran.code === 0) return { ok: true, words: '' };
  // The kernel's words in those of Go, in which kubelet is written.
  const why = /: ([^:\n]+)\s*$/.exec(ran.stderr)?.[1]?.toLowerCase();
  const words = ran.code === 124 || why === undefined ? 'i/o timeout' : `connect: ${why}`;
  return { ok: false, words: `dial tcp ${host}:${port}: ${words}` };
}

async function askHttp(
  get: NonNullable<Probe['httpGet']>,
  seconds: number,
  target: ProbeTarget,
): Promise<PodProbeResult> {
  const { host = target.address, port, path = '/', scheme = 'HTTP' } = get;
  const to = `${host}:${portOf(port, target.container)}`;
  const url = `${scheme.toLowerCase()}://${to}${path.startsWith('/') ? path : `/${path}`}`;
  const { code, words } = await curl(target.node, seconds, url);
  if (code === 28)
    return {
      ok: false,
      words: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    };
  if (code !== 0) return { ok: false, words: `Get "${url}": dial tcp ${to}: ${reasonOf(code)}` };
  const status = Number(words);
  return { ok: status >= 200 && status < 400, words: `HTTP probe failed with statuscode: ${status}` };
}

async function curl(node: string, seconds: number, url: string): Promise<{ code: number; words: string }> {
  const argv = [
    'curl',
    '-sk',
    '-A',
    'kube-probe/1.32',
    '-m',
    String(seconds),
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    url,
  ];
  const ran = await act(onNode(node, argv), { timeout: seconds * 1000 + 2000 });
  return { code: ran.code, words: ran.stdout.trim() };
}

function reasonOf(code: number): string {
  return code === 7
    ? 'connect: connection refused'
    : code === 28
      ? 'i/o timeout'
      : `exit code ${code} of curl`;
}

function portOf(port: number | string, { ports = [] }: Container): number {
  if (typeof port === 'number') return port;
  return ports.find(({ name }) => name === port)?.containerPort ?? Number(port);
}
