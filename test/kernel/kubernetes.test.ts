import t from 'tap';
import { planTopology } from '../../src/core/plan/topology.ts';
import type { Machine } from '../../src/core/ports.ts';
import { clusterTopology } from '../support/cluster-topology.ts';
import { sh, type Workplace, workplace } from '../support/machines.ts';

const topology = planTopology(clusterTopology);

async function cluster({ machines }: Workplace, id: string): Promise<Machine> {
  const machine = await machines.create(id, { root: 256, memory: 768 });
  await machine.perform(topology);
  return machine;
}

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, clusterIP: 10.96.7.7, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node01, containers: [{name: main, image: curlimages/curl, command: [sleep, infinity]}]}
`;

/** Until a line says what is expected; kubectl itself has no such wait for every question. */
async function until(machine: Machine, line: string, wanted: string): Promise<void> {
  const loop = `for i in $(seq 200); do said=$(${line}); [ "$said" = "${wanted}" ] && exit; sleep 0.1; done; echo "$said"; exit 1`;
  await sh(machine, loop, 'controlplane');
}

const ready = "kubectl get pods -o 'jsonpath={.items[*].status.containerStatuses[*].ready}'";

t.test('pods of a deployment answer behind their service, from the other node too', (t) =>
  workplace(t, async (place) => {
    const machine = await cluster(place, 'one');
    try {
      await sh(machine, `kubectl apply --validate=false -f - <<'END'${web}END`, 'controlplane');
      await until(machine, ready, 'true true true');
      t.match(await machine.probe({ kind: 'http', from: 'client', url: 'http://10.96.7.7/' }), {
        status: 200,
      });
      const nodes = Object.keys((await machine.observe()).nodes);
      t.ok(nodes.includes('client'), 'a pod is a node, by its name');
      t.equal(nodes.filter((name) => name.startsWith('web-')).length, 2);
      const traced = await machine.trace({
        from: 'client',
        to: '10.96.7.7',
        probe: { kind: 'tcp', port: 80 },
      });
      t.equal(traced.outcome.result, 'answer');
      await sh(machine, 'kill -9 "$(cat /run/kubernetes/pid)"', 'controlplane');
      t.match(await machine.probe({ kind: 'http', from: 'client', url: 'http://10.96.7.7/' }), {
        status: 200,
      });
      await until(machine, ready, 'true true true');
      await sh(machine, 'kubectl delete deployment web --wait=false', 'controlplane');
      await until(machine, "kubectl get pods -o 'jsonpath={.items[*].metadata.name}'", 'client');
      t.strictSame(
        Object.keys((await machine.observe()).nodes).filter((name) => name.startsWith('web-')),
        [],
      );
      const refused = await machine.probe({ kind: 'tcp', from: 'client', to: '10.96.7.7', port: 80 });
      t.equal(refused.result, 'rejected');
    } finally {
      await machine.destroy();
    }
  }),
);

t.test('a cluster comes back after a restart with what was in it', (t) =>
  workplace(t, async (place) => {
    const [before, after] = [await cluster(place, 'before'), await cluster(place, 'after')];
    try {
      await sh(before, `kubectl apply --validate=false -f - <<'END'${web}END`, 'controlplane');
      await until(before, ready, 'true true true');
      await after.startWithFilesOf(before);
      await until(after, ready, 'true true true');
      t.match(await after.probe({ kind: 'http', from: 'client', url: 'http://10.96.7.7/' }), { status: 200 });
    } finally {
      await Promise.all([before, after].map((machine) => machine.destroy()));
    }
  }),
);
