import t from 'tap';
import { withEngine } from '../../src/core/lab/cluster-engine.ts';
import type { Lab, Service } from '../../src/core/lab/lab.ts';
import { planTopology } from '../../src/core/plan/topology.ts';

const node = (name: string, service: Service | null) => ({
  ...{ name, kind: 'host' as const, title: null, service },
  ...{ sysctls: {}, routes: [], run: [] },
});

const lab = (id: string, services: (Service | null)[]): Lab =>
  ({
    id,
    machine: { root: 256, memory: 768 },
    topology: { nodes: services.map((service, at) => node(`n${at}`, service)), bridges: [], links: [] },
  }) as unknown as Lab;

const cluster = lab('pods', ['kubernetes', 'kubernetes-node', 'http', 'kubernetes-node']);
const servicesIn = (one: Lab) => planTopology(one.topology).filter((action) => action.kind === 'service');

t.test('the real engine starts all nodes with the control plane, in a larger machine', async (t) => {
  const real = withEngine(cluster, 'real');
  t.strictSame(servicesIn(real)[0], {
    kind: 'service',
    on: 'n0',
    service: 'kubernetes',
    cluster: { others: ['n1', 'n3'], real: true },
  });
  t.ok(real.machine.memory > cluster.machine.memory);
  t.equal(withEngine(cluster, 'real'), real, 'the same lab is the same each time');
});

t.test('the small engine leaves a lab as it is', async (t) => {
  t.equal(withEngine(cluster, 'small'), cluster);
  t.strictSame(
    servicesIn(cluster).filter((action) => action.service === 'kubernetes'),
    [{ kind: 'service', on: 'n0', service: 'kubernetes', cluster: { others: ['n1', 'n3'], real: false } }],
    'which starts all nodes with the control plane too',
  );
});

t.test('a lab without a cluster is refused by name', async (t) => {
  const refused = { code: 'engine-unsupported', data: { engine: 'real' } };
  t.throws(() => withEngine(lab('plain', ['http', null]), 'real'), {
    ...refused,
    message: 'plain does not run with the engine real: it has no Kubernetes cluster',
  });
});
