import { HoplabError } from '../../core/errors.ts';
import { capabilitiesIn } from '../../core/state/capabilities.ts';
import type { Process } from '../../core/state/observation.ts';
import { run } from '../exec/run.ts';
import { intoMachine, networkOf, nodesOf } from '../place/enter.ts';

/**
 * The machine's processes with their PID in every PID namespace they are in (NSpid of proc_pid_status(5),
 * outermost first, counted from the machine's own) and the node whose network namespace they are in.
 */
export async function observeProcesses(pid: number): Promise<Process[]> {
  const places = await nodesOf(pid);
  const inodes = places.map(networkOf);
  const text = [
    `stat -L -c 'node %i %n' ${inodes.map((path) => `'${path}'`).join(' ')}`,
    `stat -L -c 'process %i %n' /proc/[0-9]*/ns/net`,
    `grep -sE '^(NSpid|Uid|CapEff):' /proc/[0-9]*/status`,
    'ps -e -o pid=,args=',
  ].join('\n');
  const ran = await run(intoMachine(pid, ['sh', '-c', text]), { timeout: 10_000 });
  const whole = ran.exitCode === 0 && !ran.timedOut && !ran.truncated;
  const processes = parse(ran.stdout, new Map(places.map(({ name }, index) => [inodes[index] ?? '', name])));
  // The machine's first process is always there: a look that misses it has seen nothing.
  if (whole && processes.some(({ pids, node }) => pids[0] === 1 && node === 'host')) return processes;
  const tool = 'ps';
  throw new HoplabError('feature-missing', 'the processes of the machine could not be listed', {
    tool,
    output: ran.stderr.slice(-4096),
  });
}

function parse(output: string, nodeOfPath: ReadonlyMap<string, string>): Process[] {
  const nodeOfInode = new Map<string, string>();
  const inodeOfPid = new Map<number, string>();
  const pidsOf = new Map<number, number[]>();
  const uidOf = new Map<number, number>();
  const maskOf = new Map<number, string>();
  const processes: Process[] = [];
  for (const line of output.split('\n')) {
    const stat = /^(node|process) (\d+) (.*)$/s.exec(line);
    const status = /^\/proc\/(\d+)\/status:(\w+):\s+(.*)$/s.exec(line);
    const [, number = '', key, value = ''] = status ?? [];
    const command = /^\s*(\d+) (.*)$/s.exec(line);
    if (stat?.[1] === 'node') nodeOfInode.set(stat[2] ?? '', nodeOfPath.get(stat[3] ?? '') ?? '');
    else if (stat) inodeOfPid.set(Number(stat[3]?.split('/')[2]), stat[2] ?? '');
    else if (key === 'NSpid') pidsOf.set(Number(number), value.trim().split(/\s+/).map(Number));
    // Real, effective, saved and file system user (proc_pid_status(5)); the effective one counts.
    else if (key === 'Uid') uidOf.set(Number(number), Number(value.split(/\s+/)[1]));
    else if (key === 'CapEff') maskOf.set(Number(number), value.trim());
    else if (command) {
      const number = Number(command[1]);
      const pids = pidsOf.get(number);
      if (pids)
        processes.push({
          pids,
          command: command[2] ?? '',
          uid: uidOf.get(number) ?? 0,
          capabilities: capabilitiesIn(maskOf.get(number) ?? ''),
          node: nodeOfInode.get(inodeOfPid.get(number) ?? '') ?? null,
        });
    }
  }
  return processes;
}
