import { HoplabError } from '../../core/errors.ts';
import type { Action, StartedService } from '../../core/plan/action.ts';
import { lendImages } from '../engine/engine.ts';
import { lendCluster, startOfReal } from '../engine/kubernetes.ts';
import { lendRealPrograms } from '../engine/real-programs.ts';
import { run } from '../exec/run.ts';
import { delegateGroup } from '../place/delegated-group.ts';
import { intoMachine, nodesOf } from '../place/enter.ts';
import { build, buildingOf } from './build.ts';
import { failureMark, scriptOf } from './script.ts';

/** Milliseconds that a plan may take, and how many more for each line of it that is typed. */
const [longest, perLine] = [60_000, 10_000];

/**
 * Carries out a plan inside the machine: the network it begins with in one process, what people would type in a script.
 * @param settings files below /proc, and their values, that a namespace begins with
 */
export async function perform(
  pid: number,
  plan: readonly Action[],
  settings: readonly [file: string, value: string][],
): Promise<void> {
  if (plan.length === 0) return;
  const { building, rest } = buildingOf(plan, await nodesOf(pid));
  const services = plan.filter((action) => action.kind === 'service');
  await Promise.all([build(pid, building, plan, settings, longest), lendFor(pid, services)]);
  await performScript(pid, plan.slice(rest));
}

type ServiceAction = Extract<Action, { kind: 'service' }>;

const isReal = ({ cluster }: ServiceAction): boolean => cluster?.real === true;

/** The programs and images that the services of a plan need. */
async function lendFor(pid: number, actions: readonly ServiceAction[]): Promise<void> {
  const starts = (service: StartedService) => actions.some((action) => action.service === service);
  if (starts('docker')) {
    await lendImages(pid);
    await delegateGroup(pid);
  }
  if (starts('kubernetes')) await lendCluster(pid);
  if (actions.some(isReal)) await lendRealPrograms(pid);
}

async function performScript(pid: number, actions: readonly Action[]): Promise<void> {
  if (actions.length === 0) return;
  const real = actions.some((action) => action.kind === 'service' && isReal(action));
  const script = scriptOf(actions, await nodesOf(pid));
  const lines = actions.flatMap((action) => (action.kind === 'lines' ? action.lines : []));
  const timeout = longest + (real ? startOfReal : 0) + perLine * lines.length;
  const ran = await run(intoMachine(pid, ['bash', '-s']), { input: script, timeout });
  if (ran.exitCode === 0) return;
  const mark = new RegExp(`^${failureMark} (\\d+) (\\d+) (\\d+)$`, 'm').exec(ran.stderr);
  const index = Number(mark?.[1] ?? -1);
  const words = ran.stderr.replace(mark?.[0] ?? '', '').trim();
  const action = actions[index] ?? null;
  const message = words || `exit code ${ran.exitCode ?? ran.signal}`;
  throw new HoplabError('action-failed', `${placeOf(action, Number(mark?.[3] ?? 0))}${message}`, {
    action,
    exitCode: mark ? Number(mark[2]) : ran.exitCode,
    output: words,
  });
}

/** Which node, and which line where one was typed: the tool's own words name neither. */
function placeOf(action: Action | null, place: number): string {
  if (action === null || !('on' in action || action.kind === 'lines')) return '';
  if (action.kind !== 'lines') return `on ${action.on}: `;
  const line = action.lines[place];
  return line === undefined ? '' : `on ${line.on}: ${line.run.split('\n')[0]}: `;
}
