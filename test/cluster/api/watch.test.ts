import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import t from 'tap';
import { createApi } from '../../../src/cluster/api/server.ts';
import type { ApiObject } from '../../../src/cluster/store/objects.ts';
import { Store } from '../../../src/cluster/store/store.ts';

const store = new Store({ now: () => new Date(), newUid: () => crypto.randomUUID(), history: 20 });
const api = createApi({ store });
const { port } = await api.listen('127.0.0.1', 0);
t.teardown(() => api.close());
const url = `http://127.0.0.1:${port}/api/v1/namespaces/default/configmaps`;
store.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });

function map(name: string, labels: Record<string, string> = {}): ApiObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', labels } };
}

interface Told {
  type: string;
  object: { kind: string; metadata: { name: string; annotations?: Record<string, string> } };
}

/** Reads a watch event by event. */
async function watching(query: string) {
  const end = new AbortController();
  const { body, status } = await fetch(`${url}?watch=1${query}`, { signal: end.signal });
  if (body === null) throw new Error('the watch has no body');
  const lines = createInterface({ input: Readable.fromWeb(body).on('error', () => {}) });
  const iterator = lines[Symbol.asyncIterator]();
  const next = async (): Promise<Told> => JSON.parse((await iterator.next()).value ?? 'null');
  return { status, next, end: () => end.abort(), lines };
}

t.test(
  'sends the existing objects, then every change; an object that leaves the selection is deleted',
  async (t) => {
    store.create('configmaps', map('a', { app: 'x' }));
    store.create('configmaps', map('b'));
    const { next, end } = await watching('&labelSelector=app%3Dx');
    const nextEvent = async () => {
      const { type, object } = await next();
      return `${type} ${object.metadata.name}`;
    };
    t.equal(await nextEvent(), 'ADDED a');
    store.update('configmaps', map('b', { app: 'x' }));
    t.equal(await nextEvent(), 'ADDED b');
    store.update('configmaps', map('a', { app: 'x', n: '1' }));
    t.equal(await nextEvent(), 'MODIFIED a');
    store.update('configmaps', map('a'));
    t.equal(await nextEvent(), 'DELETED a');
    store.delete('configmaps', 'default', 'b');
    t.equal(await nextEvent(), 'DELETED b');
    end();
  },
);

t.test('initial events end with an annotated bookmark', async (t) => {
  const query = '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
  const { next, end } = await watching(query);
  t.match(await next(), { type: 'ADDED', object: { metadata: { name: 'a' } } });
  t.match(await next(), {
    type: 'BOOKMARK',
    object: { kind: 'ConfigMap', metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
  });
  end();
});

t.test('a version that is forgotten is 410 Expired; a watch ends after its timeout', async (t) => {
  const since = store.resourceVersion;
  for (let i = 0; i < 30; i += 1) store.create('configmaps', map(`many-${i}`));
  const answer = await fetch(`${url}?watch=1&resourceVersion=${since}`);
  t.equal(answer.status, 410);
  t.match(await answer.json(), {
    kind: 'Status',
    reason: 'Expired',
    message: /^too old resource version: \d+ \(\d+\)$/,
  });
  const { lines } = await watching(`&resourceVersion=${store.resourceVersion}&timeoutSeconds=1`);
  await once(lines, 'close');
  t.pass('it ended by itself');
});

t.test('every request gets a Status', async (t) => {
  for (const [method, path, code] of [
    ['GET', '/apis/batch/v1/namespaces/default/cronjobs', 404],
    ['GET', '/none', 404],
    ['POST', '/api/v1/namespaces/default/configmaps/a', 405],
    ['PUT', '/api/v1/namespaces/default/configmaps', 405],
    ['GET', '/api/v1/namespaces/default/configmaps/a/none', 404],
    ['GET', '/api/v1/%E0%A4%A', 404],
    ['PATCH', '/api/v1/namespaces/default/configmaps/a', 415],
  ] as const) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    t.equal(answer.status, code, `${method} ${path}`);
    t.match(await answer.json(), { kind: 'Status', status: 'Failure', code });
  }
  for (const body of ['{', '[]', 'null', '{"kind":"Pod"}']) {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    t.match(await answer.json(), { kind: 'Status', status: 'Failure', code: 400 }, body);
  }
});
