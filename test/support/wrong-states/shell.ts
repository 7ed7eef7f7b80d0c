import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Check } from '../../../src/core/check/check.ts';
import type { Machine } from '../../../src/core/ports.ts';

/** Kinds of checks whose question a person would answer with one command, and an exit code. */
export type ShellCheck = Extract<Check, { kind: 'ping' | 'http' | 'tcp' | 'dns' | 'resolve' }>;

/**
 * A check's question put to the kernel by plain tools, entered with nsenter alone: none of hoplab's own probes,
 * nor its way into a node, has a part in it. True: it works.
 */
export async function worksInTheShell({ pid }: Machine, asked: ShellCheck): Promise<boolean> {
  const inNode = entry(pid, asked.args.from);
  if (inNode === null) return false;
  const argv = ['-t', String(pid), '-a', '-S', '0', '-G', '0', '--', ...inNode, 'bash', '-c', lineOf(asked)];
  return new Promise((resolve) => {
    execFile('nsenter', argv, { timeout: 30_000 }, (error, stdout) =>
      resolve(error === null && proves(asked, stdout)),
    );
  });
}

/** The machine's own namespaces, a named network namespace, or another host with its own /etc. */
function entry(pid: number, node: string): string[] | null {
  if (node === 'host') return [];
  const host = `/.hoplab/nodes/${node}`;
  if (existsSync(`/proc/${pid}/root${host}`)) {
    const own = `mount --bind ${host}/etc /etc; exec nsenter --net=${host}/net "$@"`;
    return ['unshare', '--mount', 'sh', '-c', own, 'sh'];
  }
  return existsSync(`/proc/${pid}/root/run/netns/${node}`) ? ['ip', 'netns', 'exec', node] : null;
}

function lineOf({ kind, args }: ShellCheck): string {
  switch (kind) {
    case 'ping':
      return `ping -n -c 3 -i 0.7 -W 1 ${args.to}`;
    case 'http':
      return `curl -sS -i --connect-timeout 4 --max-time 7 --noproxy '*' '${args.url}'`;
    case 'tcp':
      return `timeout 4 bash -c '</dev/tcp/${args.to}/${args.port}'`;
    case 'dns':
      return `dig ${args.server === undefined ? '' : `@${args.server}`} ${args.name} ${args.type} ${args.recurse ? '' : '+norecurse'} +time=2 +tries=2`;
    case 'resolve':
      return `RES_OPTIONS='timeout:2 attempts:2' getent ahosts ${args.name}`;
  }
}

/** Besides the exit code: what the lab wants to read in the answer. */
function proves({ kind, args }: ShellCheck, stdout: string): boolean {
  switch (kind) {
    case 'ping':
    case 'tcp':
      return true;
    case 'http':
      return (
        new RegExp(`^HTTP/\\S+ ${args.status} `).test(stdout) &&
        stdout.includes(args.body ?? '') &&
        (args.client === undefined ||
          stdout.split('\n').some((line) => line.trim() === `client_address=${args.client}`))
      );
    case 'dns': {
      const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(';'));
      const answered = stdout.includes('status: NOERROR');
      const has = (data: string) => lines.some((line) => line.endsWith(data) || line.endsWith(`${data}.`));
      const served = args.by === undefined || stdout.includes(`;; SERVER: ${args.by}#`);
      const wanted = args.referral === undefined ? [args.answer ?? []].flat() : [];
      return answered && served && lines.length > 0 && wanted.every(has);
    }
    case 'resolve':
      return args.address === undefined || firstLike(args.address, stdout) === args.address;
  }
}

/** The first address of the family: which family comes first hangs on the node's own addresses (RFC 6724). */
function firstLike(address: string, stdout: string): string | undefined {
  const all = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
  return all.find((each) => each.includes(':') === address.includes(':'));
}
