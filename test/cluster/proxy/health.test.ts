import t from 'tap';
import { healthAnswer, healthChecks } from '../../../src/cluster/proxy/health.ts';
import { A, A2, B, balancer, options, slice } from '../../support/cluster/proxy.ts';

const local = { externalTrafficPolicy: 'Local', healthCheckNodePort: 32122 } as const;

t.test('a node answers for the ready endpoints it has itself', async (t) => {
  const asked = (spec: object, ...endpoints: (typeof A)[]) =>
    healthChecks([balancer(spec)], [slice(endpoints)], options());
  const check = { namespace: 'default', name: 'web', port: 32122 };
  t.same(asked(local, A, A2, B), [{ ...check, localEndpoints: 2 }]);
  t.same(asked(local, B), [{ ...check, localEndpoints: 0 }]);
  t.same(asked(local, { ...A, conditions: { ready: false, serving: true, terminating: true } }, A2), [
    { ...check, localEndpoints: 1 },
  ]);
  t.same(asked({ ...local, externalTrafficPolicy: 'Cluster' }, A), []);
  const twoPorts = {
    ports: [
      { name: 'http', port: 80 },
      { name: 'https', port: 443 },
    ],
  };
  const both = slice(
    [A, B],
    [
      { name: 'http', port: 8080 },
      { name: 'https', port: 8443 },
    ],
  );
  t.same(healthChecks([balancer({ ...local, ...twoPorts })], [both], options()), [
    { ...check, localEndpoints: 1 },
  ]);
});

t.test('the health status for a load balancer', async (t) => {
  const answer = (localEndpoints: number) =>
    healthAnswer({ namespace: 'default', name: 'web', port: 32122, localEndpoints });
  t.match(answer(0), { status: 503, headers: { 'X-Load-Balancing-Endpoint-Weight': '0' } });
  t.match(answer(2), { status: 200, headers: { 'X-Load-Balancing-Endpoint-Weight': '2' } });
  t.equal(
    answer(1).body,
    '{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": 1,\n\t"serviceProxyHealthy": true\n}',
  );
});
