import type { ApiObject } from '../store/objects.ts';
import type { Store } from '../store/store.ts';
import type { Write } from './cluster.ts';
import { hash32 } from './names.ts';

type EventWrite = Write & { verb: 'event' };

/** The same event again counts one more (kubectl: `x2 over 15s`). */
export function record(
  store: Store,
  { about, from, type, reason, message, host }: EventWrite & { host?: string },
): void {
  const namespace = about.metadata.namespace ?? 'default';
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const key = hash32([about.metadata.uid, from, reason, message].join('\n')).toString(16).padStart(16, '0');
  const name = `${about.metadata.name}.${key}`;
  const old = store.list({ resource: 'events', namespace }).find(({ metadata }) => metadata.name === name);
  if (old !== undefined) {
    const count = (typeof old.count === 'number' ? old.count : 1) + 1;
    store.update('events', { ...old, count, lastTimestamp: now });
    return;
  }
  const event: ApiObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      kind: about.kind,
      apiVersion: about.apiVersion,
      ...(about.metadata.namespace === undefined ? {} : { namespace: about.metadata.namespace }),
      name: about.metadata.name,
      uid: about.metadata.uid,
      resourceVersion: about.metadata.resourceVersion,
    },
    reason,
    message,
    source: { component: from, ...(host === undefined ? {} : { host }) },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: from,
    reportingInstance: host ?? '',
  };
  store.create('events', event);
}
