import { HoplabError } from '../../core/errors.ts';
import type { Service } from '../../core/lab/lab.ts';
import type { Action } from '../../core/plan/action.ts';
import { lendImages } from '../engine/engine.ts';
import { lendCluster } from '../engine/kubernetes.ts';
import { run } from '../exec/run.ts';
import { intoMachine, nodesOf } from '../place/enter.ts';
import { failureMark, scriptOf } from './script.ts';

/** Milliseconds that a plan may take, and how many more for each line of it that is typed. */
const [longest, perLine] = [60_000, 10_000];

/** Carries out a plan in one process tree inside the machine. */
export async function perform(pid: number, actions: readonly Action[]): Promise<void> {
  if (actions.length === 0) return;
  const starts = (service: Service) =>
    actions.some((action) => action.kind === 'service' && action.service === service);
  if (starts('docker')) await lendImages(pid);
  if (starts('kubernetes')) await lendCluster(pid);
  const script = scriptOf(actions, await nodesOf(pid));
  const lines = actions.flatMap((action) => (action.kind === 'lines' ? action.lines : []));
  const timeout = longest + perLine * lines.length;
  const ran = await run(intoMachine(pid, ['bash', '-s']), { input: script, timeout });
  if (ran.exitCode === 0) return;
  const mark = new RegExp(`^${failureMark} (\\d+) (\\d+)$`, 'm').exec(ran.stderr);
  const index = Number(mark?.[1] ?? -1);
  const words = ran.stderr.replace(mark?.[0] ?? '', '').trim();
  throw new HoplabError('action-failed', words || `exit code ${ran.exitCode ?? ran.signal}`, {
    action: actions[index] ?? null,
    exitCode: mark ? Number(mark[2]) : ran.exitCode,
    output: words,
  });
}
