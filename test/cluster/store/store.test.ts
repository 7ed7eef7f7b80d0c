import t from 'tap';
import { type ApiObject, StoreError } from '../../../src/cluster/store/objects.ts';
import { Store } from '../../../src/cluster/store/store.ts';

function opened(history = 1000): Store {
  let count = 0;
  const newUid = () => {
    count += 1;
    return `uid-${count}`;
  };
  return new Store({ now: () => new Date('2026-01-02T03:04:05.678Z'), newUid, history });
}

function pod(name: string, namespace = 'default', labels: Record<string, string> = {}): ApiObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels } };
}

/** Why the store refuses; empty where it does not. */
function refusal(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return error instanceof StoreError ? `${error.reason}: ${error.message}` : String(error);
  }
}

t.test('create fills in what the API server does', async (t) => {
  const store = opened();
  const { metadata } = store.create('pods', pod('web'));
  t.match(metadata, { uid: 'uid-1', resourceVersion: '1', creationTimestamp: '2026-01-02T03:04:05Z' });
  t.same(store.get('pods', 'default', 'web').metadata, metadata);
  t.equal(
    refusal(() => store.create('pods', pod('web'))),
    'AlreadyExists: pods "web" already exists',
  );
  t.doesNotThrow(() => store.create('pods', pod('web', 'other')));
});

t.test('lists are sorted and of one namespace or all', async (t) => {
  const store = opened();
  for (const name of ['b', 'a']) store.create('pods', pod(name));
  store.create('pods', pod('c', 'apps'));
  const names = (namespace?: string) =>
    store.list({ resource: 'pods', namespace }).map(({ metadata }) => metadata.name);
  t.same(names(), ['c', 'a', 'b']);
  t.same(names('default'), ['a', 'b']);
  t.same(store.list({ resource: 'services' }), []);
});

t.test('update: conflict on an old version, no version for no change, identity kept', async (t) => {
  const store = opened();
  const first = store.create('pods', pod('web'));
  const second = store.update('pods', pod('web', 'default', { app: 'x' }));
  t.match(second.metadata, { uid: 'uid-1', resourceVersion: '2', labels: { app: 'x' } });
  t.match(
    refusal(() => store.update('pods', first)),
    /^Conflict: Operation cannot be fulfilled on pods "web": /,
  );
  t.equal(store.update('pods', second).metadata.resourceVersion, '2');
  t.equal(store.resourceVersion, '2');
  t.equal(
    refusal(() => store.update('pods', pod('none'))),
    'NotFound: pods "none" not found',
  );
});

t.test('a watch sees the changes since its version, then each later one, once', async (t) => {
  const store = opened();
  store.create('pods', pod('a'));
  const since = store.resourceVersion;
  store.create('pods', pod('b'));
  const seen: string[] = [];
  const stop = store.watch({ resource: 'pods', namespace: 'default' }, since, ({ type, object }) => {
    seen.push(`${type} ${object.metadata.name} ${object.metadata.resourceVersion}`);
  });
  store.update('pods', pod('b', 'default', { app: 'x' }));
  store.create('services', pod('b'));
  store.create('pods', pod('c', 'apps'));
  store.delete('pods', 'default', 'a');
  t.same(store.bookmark('v1', 'Pod').object.metadata.resourceVersion, '6');
  stop();
  store.delete('pods', 'default', 'b');
  t.same(seen, ['ADDED b 2', 'MODIFIED b 3', 'DELETED a 6']);
});

t.test('a watch from a version whose successors are forgotten is refused', async (t) => {
  const store = opened(2);
  for (const name of ['a', 'b', 'c', 'd']) store.create('pods', pod(name));
  const from = (version: string) => {
    const seen: string[] = [];
    store.watch({ resource: 'pods' }, version, ({ object }) => seen.push(object.metadata.name));
    return seen;
  };
  t.equal(
    refusal(() => from('1')),
    'Expired: too old resource version: 1 (2)',
  );
  t.same(from('2'), ['c', 'd']);
});

t.test('a change by a reader does not change the store', async (t) => {
  const store = opened();
  store.watch({ resource: 'pods' }, '0', ({ object }) => {
    object.metadata.name = 'changed by a watch';
  });
  store.create('pods', pod('web')).metadata.name = 'changed by the writer';
  store.get('pods', 'default', 'web').metadata.name = 'changed by a reader';
  t.equal(store.list({ resource: 'pods' })[0]?.metadata.name, 'web');
});

t.test(
  'what a reader changes in its copy is not changed in the store, whatever the field is called',
  async (t) => {
    const store = opened();
    const data = JSON.parse('{"__proto__":{"a":1},"list":[{"b":2}]}');
    store.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data });
    const read = store.get('configmaps', undefined, 'one').data as typeof data;
    t.strictSame(JSON.stringify(read), '{"__proto__":{"a":1},"list":[{"b":2}]}');
    read.list[0].b = 3;
    t.strictSame(JSON.stringify(store.get('configmaps', undefined, 'one').data), JSON.stringify(data));
  },
);
