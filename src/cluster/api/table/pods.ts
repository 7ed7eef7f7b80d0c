import type { ApiObject } from '../../store/objects.ts';
import { at, type Fields, numberOf, recordOf, recordsOf, textOf } from '../values.ts';
import { age, since } from './duration.ts';
import { type Printer, printer } from './printer.ts';

const columns = 'Name|Ready|Status|Restarts|Age|*IP|*Node|*Nominated Node|*Readiness Gates';

export const podPrinter: Printer = printer(columns, (pod, now) => {
  const spec = at(pod, 'spec');
  const status = at(pod, 'status');
  const statuses = recordsOf(status.containerStatuses);
  const ready = statuses.filter((one) => one.ready === true && at(one, 'state').running !== undefined).length;
  const total = recordsOf(spec.containers).length;
  const gates = recordsOf(spec.readinessGates);
  return [
    pod.metadata.name,
    `${ready}/${total}`,
    podStatus(pod),
    restarts(statuses, now),
    age(pod, now),
    textOf(status.podIP) || '<none>',
    textOf(spec.nodeName) || '<none>',
    textOf(status.nominatedNodeName) || '<none>',
    gates.length === 0 ? '<none>' : `0/${gates.length}`,
  ];
});

function restarts(statuses: Fields[], now: Date): string {
  const count = statuses.reduce((sum, one) => sum + numberOf(one.restartCount), 0);
  const ended = statuses
    .map((one) => textOf(at(one, 'lastState', 'terminated').finishedAt))
    .filter((time) => time !== '');
  const last = ended.sort().at(-1);
  return count === 0 || last === undefined ? String(count) : `${count} (${since(last, now)} ago)`;
}

/**
 * The one word that kubectl shows for a pod: the reason for which its containers wait or ended, else its
 * phase.
 */
export function podStatus(pod: ApiObject): string {
  const status = at(pod, 'status');
  const { metadata } = pod;
  let reason = textOf(status.reason) || textOf(status.phase);
  const scheduled = recordsOf(status.conditions).find((one) => one.type === 'PodScheduled');
  if (scheduled?.reason === 'SchedulingGated') reason = 'SchedulingGated';
  const initializing = initReason(pod);
  if (initializing !== undefined) reason = initializing;
  else reason = containersReason(recordsOf(status.containerStatuses), reason, readyCondition(status));
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === 'NodeLost') return 'Unknown';
    if (status.phase !== 'Succeeded' && status.phase !== 'Failed') return 'Terminating';
  }
  return reason;
}

function initReason(pod: ApiObject): string | undefined {
  const total = recordsOf(at(pod, 'spec').initContainers).length;
  for (const [index, one] of recordsOf(at(pod, 'status').initContainerStatuses).entries()) {
    const { terminated, waiting } = at(one, 'state');
    if (terminated !== undefined) {
      const end = recordOf(terminated);
      if (numberOf(end.exitCode) === 0) continue;
      return `Init:${endReason(end)}`;
    }
    const waits = textOf(recordOf(waiting).reason);
    if (waits !== '' && waits !== 'PodInitializing') return `Init:${waits}`;
    return `Init:${index}/${total}`;
  }
  return undefined;
}

function endReason(end: Fields): string {
  if (textOf(end.reason) !== '') return textOf(end.reason);
  if (numberOf(end.signal) !== 0) return `Signal:${numberOf(end.signal)}`;
  return `ExitCode:${numberOf(end.exitCode)}`;
}

function containersReason(statuses: Fields[], before: string, podReady: boolean): string {
  let reason = before;
  let running = false;
  for (const one of [...statuses].reverse()) {
    const { waiting, terminated, running: runs } = at(one, 'state');
    const waits = textOf(recordOf(waiting).reason);
    if (waits !== '') reason = waits;
    else if (terminated !== undefined) reason = endReason(recordOf(terminated));
    else if (one.ready === true && runs !== undefined) running = true;
  }
  if (reason === 'Completed' && running) return podReady ? 'Running' : 'NotReady';
  return reason;
}

function readyCondition(status: Fields): boolean {
  return recordsOf(status.conditions).some((one) => one.type === 'Ready' && one.status === 'True');
}
