import t from 'tap';
import { planTopology } from '../../src/core/plan/topology.ts';
import { clusterTopology } from '../support/cluster-topology.ts';
import { sh, workplace } from '../support/machines.ts';

const topology = planTopology(clusterTopology);

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: udp}
spec:
  selector: {matchLabels: {app: udp}}
  template:
    metadata: {labels: {app: udp}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - name: main
        image: debian
        command: [python3, -c]
        args:
        - |
          import socket
          here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          here.bind(("", 5353))
          while True: here.sendto(socket.gethostbyname(socket.gethostname()).encode(), here.recvfrom(99)[1])
---
apiVersion: v1
kind: Service
metadata: {name: udp}
spec: {selector: {app: udp}, clusterIP: 10.96.7.53, ports: [{port: 53, protocol: UDP, targetPort: 5353}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {selector: {app: web}, type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32122, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node01, containers: [{name: main, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node01, containers: [{name: main, image: debian, command: [sleep, infinity]}]}
`;

/** Asks always from the same port, as resolvers do that keep their socket. */
const ask = `python3 -c '
import socket
one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
one.bind(("", 4242))
one.settimeout(0.3)
for _ in range(40):
    one.sendto(b"who", ("10.96.7.53", 53))
    try: raise SystemExit(print(one.recv(99).decode()))
    except OSError: pass
print("nobody")'`;

/** Until a line says what is expected. */
const until = (line: string, wanted: string): string =>
  `for i in $(seq 100); do said=$(${line}); [ "$said" = "${wanted}" ] && exit; sleep 0.1; done; echo "$said"; exit 1`;
const code = (node: string) => `curl -s -o /dev/null -w '%{http_code}' http://${node}:32122/`;

t.test("the answers of a node's kube-proxy, and the connections it forgets", (t) =>
  workplace(t, async ({ machines }) => {
    const machine = await machines.create('nodes', { root: 256, memory: 768 });
    const kubectl = (line: string) => sh(machine, `kubectl ${line}`, 'controlplane');
    try {
      await machine.perform(topology);
      await sh(machine, `kubectl apply -f - <<'END'${manifest}END`, 'controlplane');
      await kubectl('wait --for=condition=Ready pod --all --timeout=30s');

      for (const node of ['controlplane', 'node01', 'node02'])
        t.equal(await sh(machine, until('curl -s http://127.0.0.1:10249/proxyMode', 'iptables'), node), '');
      // Of all nodes only node01 has an endpoint.
      await sh(machine, until(code('192.168.1.3'), '200'), 'host');
      await sh(machine, until(code('192.168.1.4'), '503'), 'host');
      await kubectl('delete pod web --grace-period=0 --force');
      await sh(machine, until(code('192.168.1.3'), '503'), 'host');
      await kubectl('delete service outside');
      await sh(machine, until(`${code('192.168.1.3')} || :`, '000'), 'host');

      const first = await sh(machine, ask, 'client');
      t.match(first, /^10\.244\./);
      await kubectl('delete pod -l app=udp');
      await kubectl('rollout status deployment udp --timeout=30s');
      const second = await sh(machine, ask, 'client');
      t.match(second, /^10\.244\./, 'the same port reaches the endpoint there is now');
      t.not(second, first);
    } finally {
      await machine.destroy();
    }
  }),
);
