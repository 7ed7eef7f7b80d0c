import { condition } from '../control/deployment-status.ts';
import type { ContainerState, ContainerStatus, Pod, PodStatus } from '../objects/pod.ts';

/** The node agent's view of one container. */
export interface ContainerView {
  name: string;
  image: string;
  id: string | null;
  state: ContainerState;
  lastState: ContainerState;
  restarts: number;
  ready: boolean;
}

/** A pod's status as kubelet writes it. */
export function podStatus(
  pod: Pod,
  views: readonly ContainerView[],
  address: string | null,
  hostIP: string,
  now: string,
): PodStatus {
  const containerStatuses = views.map(statusOf);
  const phase = phaseOf(pod, views);
  const unready = views.filter(({ ready }) => !ready).map(({ name }) => name);
  const ended = phase === 'Succeeded' || phase === 'Failed';
  const ready = unready.length === 0 && views.length > 0 && !ended;
  const why =
    phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : ready
        ? {}
        : { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
  const before = pod.status?.conditions ?? [];
  const scheduled = before.find(({ type }) => type === 'PodScheduled');
  const set = (type: string, status: boolean, more = {}) =>
    condition(before, now, { type, status: status ? 'True' : 'False', ...more });
  return {
    ...pod.status,
    phase,
    conditions: [
      set('PodReadyToStartContainers', address !== null),
      set('Initialized', true),
      set('Ready', ready, why),
      set('ContainersReady', ready, why),
      scheduled ?? set('PodScheduled', true),
    ].map(({ lastUpdateTime: _, ...rest }) => rest),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(address === null ? {} : { podIP: address, podIPs: [{ ip: address }] }),
    startTime: pod.status?.startTime ?? now,
    containerStatuses,
    qosClass: 'BestEffort',
  };
}

function statusOf({ name, image, id, state, lastState, restarts, ready }: ContainerView): ContainerStatus {
  return {
    name,
    image,
    imageID: id === null ? '' : image,
    ...(id === null ? {} : { containerID: `containerd://${id}` }),
    ready,
    started: state.running !== undefined,
    restartCount: restarts,
    state,
    lastState,
  };
}

function phaseOf(pod: Pod, views: readonly ContainerView[]): string {
  const { restartPolicy = 'Always' } = pod.spec;
  const began = views.some(({ state, restarts }) => state.running || state.terminated || restarts > 0);
  if (!began) return 'Pending';
  const codes = views.map(({ state }) => state.terminated?.exitCode);
  const allEnded = codes.every((code) => code !== undefined);
  if (!allEnded || restartPolicy === 'Always') return 'Running';
  const failed = codes.some((code) => code !== 0);
  if (failed && restartPolicy === 'OnFailure') return 'Running';
  return failed ? 'Failed' : 'Succeeded';
}
