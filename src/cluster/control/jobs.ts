import type { Condition, Pod } from '../objects/pod.ts';
import type { Job } from '../objects/workloads.ts';
import type { Cluster, Write } from './cluster.ts';
import { uniqueName } from './names.ts';
import { claim, isActive, isLeaving, isReady, podFrom } from './pods.ts';

/** Pods until so many have succeeded, or too many have failed. A pod that failed is followed at once by the next. */
export function jobs(cluster: Cluster): Write[] {
  return cluster.list('jobs.batch').flatMap((job) => (isLeaving(job) ? [] : oneJob(cluster, job)));
}

function oneJob(cluster: Cluster, job: Job): Write[] {
  const { name, namespace } = job.metadata;
  const { parallelism = 1, completions, backoffLimit = 6, suspend, template } = job.spec;
  if (job.status?.conditions?.some(ended)) return [];
  const inNamespace = cluster.list('pods', namespace);
  const { mine, writes } = claim(job, inNamespace);
  const count = (phase: string) => mine.filter(({ status }) => status?.phase === phase).length;
  const [succeeded, failed] = [count('Succeeded'), count('Failed')];
  const active = mine.filter(isActive);
  const startTime = job.status?.startTime ?? (suspend ? undefined : cluster.now);
  const end = endOf(cluster, completions ?? 1, succeeded, failed + restarts(mine), backoffLimit, active);
  const taken = new Set(inNamespace.map((pod) => pod.metadata.name));
  const steps: Write[] = [];
  const left = completions === undefined && succeeded > 0 ? 0 : (completions ?? parallelism) - succeeded;
  const wanted = end !== null || suspend ? 0 : Math.min(parallelism, left);
  for (let here = active.length; here < wanted; here += 1) {
    const pod = podFrom(template, job, uniqueName(name, taken));
    taken.add(pod.metadata.name);
    steps.push({ verb: 'create', resource: 'pods', object: pod });
    steps.push(about(job, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`));
  }
  for (const pod of active.slice(wanted)) {
    steps.push({ verb: 'delete', resource: 'pods', object: pod });
    steps.push(about(job, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`));
  }
  if (end !== null) steps.push(about(job, end.ok ? 'Normal' : 'Warning', end.event, end.message));
  const ready = active.filter(isReady).length;
  const status = {
    ...(end === null ? {} : { conditions: end.conditions }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(end?.ok ? { completionTime: cluster.now } : {}),
    ...(wanted > 0 ? { active: Math.max(wanted, active.length) } : {}),
    ...(succeeded > 0 ? { succeeded } : {}),
    ...(failed > 0 ? { failed } : {}),
    ready,
    terminating: 0,
  };
  return [...writes, ...steps, { verb: 'update', resource: 'jobs.batch', object: { ...job, status } }];
}

const ended = ({ type, status }: Condition): boolean =>
  status === 'True' && (type === 'Complete' || type === 'Failed');

/** Containers that were started again in their pods (restartPolicy OnFailure) count as failures too. */
function restarts(pods: readonly Pod[]): number {
  return pods
    .filter(isActive)
    .flatMap(({ status }) => status?.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
}

function endOf(
  { now }: Cluster,
  completions: number,
  succeeded: number,
  failures: number,
  backoffLimit: number,
  active: readonly Pod[],
) {
  const condition = (type: string, reason: string, message: string): Condition & Record<string, unknown> => ({
    ...{ type, status: 'True', lastProbeTime: now, lastTransitionTime: now },
    ...{ reason, message },
  });
  if (succeeded >= completions && active.length === 0) {
    const words = ['CompletionsReached', 'Reached expected number of succeeded pods'] as const;
    const conditions = [condition('SuccessCriteriaMet', ...words), condition('Complete', ...words)];
    return { ok: true, conditions, event: 'Completed', message: 'Job completed' };
  }
  if (failures <= backoffLimit) return null;
  const words = ['BackoffLimitExceeded', 'Job has reached the specified backoff limit'] as const;
  const conditions = [condition('FailureTarget', ...words), condition('Failed', ...words)];
  return { ok: false, conditions, event: words[0], message: words[1] };
}

function about(job: Job, type: 'Normal' | 'Warning', reason: string, message: string): Write {
  return { verb: 'event', about: job, from: 'job-controller', type, reason, message };
}
