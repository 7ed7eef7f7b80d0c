import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { recordOf } from '../../../src/cluster/api/values.ts';
import { apiUnderTest } from './support/cluster.ts';

/** Says what it was asked. */
const server = createServer((request, response) => {
  const { authorization = 'none' } = request.headers;
  response.writeHead(request.url === '/missing' ? 404 : 200, { 'x-by': 'pod' });
  response.end(`${request.method} ${request.url} authorization ${authorization}\n`);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
t.teardown(() => server.close());
const { port } = server.address() as AddressInfo;

const { kubectl, store, close } = await apiUnderTest();
t.teardown(close);

const raw = (path: string) => kubectl(`get --raw /api/v1/namespaces/default/${path}`);

t.test('a pod, by the port in the path', async (t) => {
  await kubectl('run web --image=nginx');
  t.match((await raw('pods/web/proxy/')).err, 'address not allowed', 'it has no address yet');
  const pod = store.get('pods', 'default', 'web');
  store.update('pods', { ...pod, status: { phase: 'Running', podIP: '127.0.0.1' } });
  t.equal((await raw(`pods/web:${port}/proxy/a/b?c=d`)).out, 'GET /a/b?c=d authorization none\n');
  t.match(
    (await raw(`pods/web:${port}/proxy/missing`)).err,
    'the server could not find the requested resource',
  );
  t.match(
    (await raw('pods/web:9/proxy/')).err,
    /ServiceUnavailable.*error trying to reach service: dial tcp 127.0.0.1:9: connect: connection refused/,
  );
  t.match((await raw('pods/none:1/proxy/')).err, 'pods "none" not found');
});

t.test('a service, by the name or the number of its port', async (t) => {
  await kubectl('create service clusterip web --tcp=80:8080');
  t.match((await raw('services/web/proxy/')).err, 'no endpoints available for service "web"');
  const endpoints = {
    ...{ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'web', namespace: 'default' } },
    subsets: [{ addresses: [{ ip: '127.0.0.1' }], ports: [{ name: '80-8080', port }] }],
  };
  store.create('endpoints', endpoints);
  for (const name of ['web', 'web:80', 'web:80-8080', 'http:web:80'])
    t.equal((await raw(`services/${name}/proxy/x`)).out, 'GET /x authorization none\n', name);
  t.match((await raw('services/web:81/proxy/')).err, 'no service port "81" found for service "web:81"');
  t.equal(
    recordOf(await raw('services/web/proxy')).out,
    'GET / authorization none\n',
    'by way of a redirect',
  );
});
