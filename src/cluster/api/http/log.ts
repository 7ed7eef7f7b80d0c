import { pipeline } from 'node:stream/promises';
import type { ApiObject } from '../../store/objects.ts';
import type { LogOptions } from '../pod-access.ts';
import { badRequest, internal } from '../request/errors.ts';
import { isTrue } from '../request/path.ts';
import { at, recordsOf, textOf } from '../values.ts';
import type { ServerContext } from './common.ts';
import type { Exchange } from './exchange.ts';

export async function sendLog(
  { response, info }: Exchange,
  pod: ApiObject,
  { pods }: ServerContext,
): Promise<void> {
  const { query } = info;
  const container = containerOf(pod, query.get('container'));
  if (textOf(at(pod, 'spec').nodeName) === '') {
    // No node has a log of it yet: not an error, but nothing.
    response.writeHead(200, { 'content-type': 'text/plain' }).end();
    return;
  }
  waitsToStart(pod, container, isTrue(query.get('previous')));
  if (pods === undefined) throw internal('this API server has no nodes to ask for logs');
  const end = new AbortController();
  response.once('close', () => end.abort());
  const log = await pods.logs(pod, logOptions(container, query), end.signal);
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  try {
    await pipeline(log, response);
  } catch {
    // The client has gone, or the container's log ended in an error after its first line: no error can be
    // sent any more.
    response.destroy();
  }
}

/** The container that a request means: the one named, or the only one. */
export function containerOf(pod: ApiObject, named: string | null): string {
  const spec = at(pod, 'spec');
  const names = recordsOf(spec.containers).map((one) => textOf(one.name));
  const initial = recordsOf(spec.initContainers).map((one) => textOf(one.name));
  const all = [...names, ...initial, ...recordsOf(spec.ephemeralContainers).map((one) => textOf(one.name))];
  const { name } = pod.metadata;
  if (named !== null && named !== '') {
    if (all.includes(named)) return named;
    throw badRequest(`container ${named} is not valid for pod ${name}`);
  }
  const [only] = names;
  if (names.length === 1 && only !== undefined) return only;
  const inits = initial.length === 0 ? '' : ` or one of the init containers: [${initial.join(' ')}]`;
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]${inits}`,
  );
}

/** As the kubelet refuses the log of a container that has not begun. */
function waitsToStart(pod: ApiObject, container: string, previous: boolean): void {
  const status = at(pod, 'status');
  const all = [...recordsOf(status.containerStatuses), ...recordsOf(status.initContainerStatuses)];
  const { state, lastState } = all.find((one) => one.name === container) ?? {};
  const { name } = pod.metadata;
  if (previous) {
    if (at(lastState, 'terminated').exitCode !== undefined) return;
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  const { waiting } = at(state);
  if (waiting === undefined || at(lastState, 'terminated').exitCode !== undefined) return;
  const reason = textOf(at(waiting).reason);
  const refused = reason === 'ErrImagePull' || reason === 'ImagePullBackOff' || reason === 'InvalidImageName';
  const why = refused ? 'trying and failing to pull image' : reason === '' ? 'waiting to start' : reason;
  throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${why}`);
}

function logOptions(container: string, query: URLSearchParams): LogOptions {
  const number = (name: string) => {
    const value = query.get(name);
    if (value === null) return {};
    if (/^\d+$/.test(value)) return { [name]: Number(value) };
    throw badRequest(`strconv.ParseInt: parsing "${value}": invalid syntax`);
  };
  const sinceTime = query.get('sinceTime');
  return {
    container,
    follow: isTrue(query.get('follow')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    ...number('tailLines'),
    ...number('limitBytes'),
    ...number('sinceSeconds'),
    ...(sinceTime === null ? {} : { sinceTime }),
  };
}
