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
      const observed = (await machine.observe()).nodes;
      t.equal(observed.client?.kind, 'pod', 'a pod is a node, by its name');
      const nodes = Object.keys(observed);
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

t.test('kubectl run -i: a client on the standard input of a container', (t) =>
  workplace(t, async (place) => {
    const machine = await cluster(place, 'attached');
    const run = (line: string) => sh(machine, line, 'controlplane');
    try {
      const leases = await run('kubectl get leases -n kube-node-lease -o name');
      t.same(
        leases.split('\n').filter(Boolean).length,
        (await run('kubectl get nodes -o name')).trim().split('\n').length,
      );
      t.match(await run('kubectl describe node node01'), /HolderIdentity: +node01/);
      const once = 'kubectl run --rm -i --restart=Never --image=busybox --quiet';
      t.match(await run(`echo hello | ${once} fed -- sh -c 'read line; echo got $line'`), 'got hello');
      t.match(await run(`printf 'a\\nb\\n' | ${once} counted -- wc -l`), /^2$/m, 'its input ends');
      const keys =
        "(until kubectl get pod typed -o jsonpath={.status.phase} | grep -q Running; do sleep 0.1; done; \
        sleep 0.3; printf 'echo $((40 + 2))\\nexit 3\\n'; sleep 2)";
      const terminal = `script -qec 'kubectl run typed --rm -it --restart=Never --image=busybox -- sh' /dev/null`;
      const typed = await run(`${keys} | ${terminal}; echo code $?`);
      t.match(typed, 'echo $((40 + 2))', 'the terminal echoes');
      t.match(typed, /^42\r?$/m);
      t.match(typed, 'code 3');
      t.equal((await run('kubectl get pods -o name')).trim(), '');
      const later = 'kubectl run stays --image=busybox --restart=Never -i --attach=false';
      await run(
        `${later} --overrides='{"spec":{"containers":[{"name":"stays","image":"busybox","stdin":true,"command":["cat"]}]}}'`,
      );
      await run('kubectl wait --for=condition=Ready pod/stays --timeout=30s');
      for (const word of ['first', 'second'])
        await until(
          machine,
          `echo ${word} | timeout 2 kubectl attach -i stays 2>/dev/null | grep -o ${word}`,
          word,
        );
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

/** Holds the plugin `bridge` back until there is a file. */
const slowPlugin = `printf '%s\\n' '#!/bin/sh' ': >/root/called' 'until [ -e /root/go ]; do sleep 0.02; done' \\
  'exec /opt/cni/bin/bridge' >/opt/cni/bin/slow && chmod 755 /opt/cni/bin/slow`;
const list = '/etc/cni/net.d/10-bridge.conflist';
const runOne = 'kubectl run one --image=nginx --overrides=\'{"spec":{"nodeName":"node01"}}\'';

t.test('a pod is a node of the lab when its plugins are done, and none without a list of them', (t) =>
  workplace(t, async (place) => {
    const machine = await cluster(place, 'joining');
    const nodes = async () => Object.keys((await machine.observe()).nodes);
    try {
      const before = await nodes();
      await sh(machine, `mv ${list} /root/list`, 'node01');
      await sh(machine, runOne, 'controlplane');
      const events =
        "kubectl get events -o 'jsonpath={.items[*].message}' | grep -o 'cni plugin not initialized' | sort -u";
      await until(machine, events, 'cni plugin not initialized');
      t.strictSame(await nodes(), before);
      await sh(machine, `${slowPlugin}; sed 's/"bridge"/"slow"/' /root/list >${list}`, 'node01');
      await until(machine, 'ls /root/called', '/root/called');
      t.strictSame(await nodes(), before);
      await sh(machine, 'touch /root/go', 'node01');
      await until(machine, ready, 'true');
      t.ok((await nodes()).includes('one'));
    } finally {
      await machine.destroy();
    }
  }),
);

t.test('a control plane that is killed while a plugin runs gives the pod its network afterwards', (t) =>
  workplace(t, async (place) => {
    const machine = await cluster(place, 'killed');
    try {
      await sh(machine, `${slowPlugin}; sed -i 's/"bridge"/"slow"/' ${list}`, 'node01');
      await sh(machine, runOne, 'controlplane');
      await until(machine, 'ls /root/called', '/root/called');
      await sh(machine, 'kill -9 "$(cat /run/kubernetes/pid)"; touch /root/go', 'controlplane');
      await until(machine, ready, 'true');
      const { nodes } = await machine.observe();
      t.ok(nodes.one);
      t.notOk(nodes.sleep, 'nothing is left of the first try');
    } finally {
      await machine.destroy();
    }
  }),
);
