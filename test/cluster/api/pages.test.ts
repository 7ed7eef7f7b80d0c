import t from 'tap';
import { createApi } from '../../../src/cluster/api/server.ts';
import { Store } from '../../../src/cluster/store/store.ts';

const store = new Store({ now: () => new Date(), newUid: () => crypto.randomUUID(), history: 20 });
const api = createApi({ store });
const { port } = await api.listen('127.0.0.1', 0);
t.teardown(() => api.close());
const url = `http://127.0.0.1:${port}/api/v1/namespaces/default/configmaps`;
store.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });

const map = (name: string, data = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default', labels: { name } },
  data,
});
for (const name of ['a', 'b', 'c', 'd', 'e']) store.create('configmaps', map(name));

interface Page {
  items: { metadata: { name: string }; data: Record<string, string> }[];
  rows: unknown[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

async function asked(query: string, accept = 'application/json') {
  const answer = await fetch(`${url}?${query}`, { headers: { accept } });
  return (await answer.json()) as Page;
}
const names = (list: Page) => list.items.map(({ metadata }) => metadata.name).join('');

t.test('page by page, as it was at the first page', async (t) => {
  const first = await asked('limit=2');
  t.equal(names(first), 'ab');
  t.match(first.metadata, { remainingItemCount: 3, continue: /./ });
  store.delete('configmaps', 'default', 'c');
  store.update('configmaps', map('d', { changed: 'later' }));
  store.create('configmaps', map('aa'));
  store.create('configmaps', map('f'));
  const second = await asked(`limit=2&continue=${first.metadata.continue}`);
  t.equal(names(second), 'cd');
  t.equal(second.items[1]?.data.changed, undefined);
  t.equal(second.metadata.resourceVersion, first.metadata.resourceVersion);
  const third = await asked(`limit=2&continue=${second.metadata.continue}`);
  t.equal(names(third), 'e');
  t.equal(third.metadata.continue, undefined);
  t.equal(names(await asked('limit=9')), 'aaabdef');
});

t.test('a Table has pages too, and a selector does not count the rest', async (t) => {
  const table = await asked('limit=1', 'application/json;as=Table;v=v1;g=meta.k8s.io');
  t.equal(table.rows.length, 1);
  t.match(table.metadata, { continue: /./, remainingItemCount: 5 });
  const selected = await asked('limit=1&labelSelector=name%20in%20(a,b)');
  t.equal(names(selected), 'a');
  t.equal(selected.metadata.remainingItemCount, undefined);
  t.equal(names(await asked(`labelSelector=name%20in%20(a,b)&continue=${selected.metadata.continue}`)), 'b');
});

t.test('an invalid request is refused with a Status', async (t) => {
  const { metadata } = await asked('limit=1');
  t.match(await asked('limit=x'), { code: 400, kind: 'Status', reason: 'BadRequest' });
  t.match(await asked('continue=abc'), { code: 400, message: 'continue key is not valid' });
  t.match(await asked(`continue=${metadata.continue}&resourceVersion=5`), { code: 400 });
  for (let n = 0; n < 30; n++) store.update('configmaps', map('a', { n: String(n) }));
  t.match(await asked(`continue=${metadata.continue}`), { code: 410, reason: 'Expired' });
});

t.test('people get JSON over several lines, programs on one', async (t) => {
  const text = async (agent: string, query = '') => {
    const answer = await fetch(`${url}/a${query}`, { headers: { 'user-agent': agent } });
    return answer.text();
  };
  const [short, long] = ['{"', '{\n  "'];
  for (const [agent, query, begin] of [
    ['kubectl/v1.32.3 (linux/amd64)', '', short],
    ['curl/7.88.1', '', long],
    ['Mozilla/5.0 (X11; Linux x86_64)', '', long],
    ['curl/7.88.1', '?pretty=false', short],
    ['kubectl/v1.32.3 (linux/amd64)', '?pretty=true', long],
  ] as const)
    t.ok((await text(agent, query)).startsWith(begin), `${agent} ${query}`);
  const missing = await fetch(`${url}/none`, { headers: { 'user-agent': 'curl/7.88.1' } });
  t.match(await missing.text(), /^\{\n {2}"kind": "Status"/, 'errors too');
});
