/**
 * Random services and endpoints through the real kube-proxy 1.20.2 and through the writer in its form of 1.20: are
 * the rules equivalent, chain by chain? Needs root and a kube-proxy made by `scripts/kubernetes-programs`:
 * `node test/bench/kube-proxy.ts KUBE-PROXY [COUNT [SEED]]`. It takes a network namespace of its own.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import type { EndpointSlice, Service } from '../../src/cluster/proxy/objects.ts';
import { type ProxyOptions, proxyOptions } from '../../src/cluster/proxy/options.ts';
import { proxyRules } from '../../src/cluster/proxy/rules.ts';
import { chainsOf } from '../support/cluster/proxy.ts';
import { ProxyApi } from '../support/kube-proxy/api.ts';
import { RandomCluster } from '../support/kube-proxy/random.ts';

const [program = '', count = '1000', seed = '1'] = process.argv.slice(2);
if (process.env.HOPLAB_BENCH_NETWORK === undefined) {
  const argv = ['--net', '--mount', process.execPath, ...process.argv.slice(1)];
  const env = { ...process.env, HOPLAB_BENCH_NETWORK: 'own' };
  process.exit(spawnSync('unshare', argv, { stdio: 'inherit', env }).status ?? 1);
}

const node = { nodeName: 'node1', nodeIP: '192.168.1.11' };
const nodeAddresses = ['127.0.0.1', node.nodeIP, '10.244.1.1'];
execFileSync('sh', [
  '-ec',
  `ip link set lo up
   ip link add eth0 type veth peer name eth1; ip link set eth0 up; ip link set eth1 up
   ip addr add ${node.nodeIP}/24 dev eth0; ip addr add 10.244.1.1/24 dev eth1`,
]);
const work = mkdtempSync(join(tmpdir(), 'kube-proxy-'));

/** How many cases share one kube-proxy with its settings. */
const perProcess = 40;
const counts = { cases: 0, services: 0, endpoints: 0, rules: 0, differing: 0 };

function start(address: string, options: ProxyOptions): ChildProcess {
  const { local, masqueradeAll, masqueradeBit, nodePortAddresses } = options;
  const config = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    clientConnection: {
      kubeconfig: join(work, 'kubeconfig'),
      ...{ contentType: 'application/json', acceptContentTypes: 'application/json' },
    },
    mode: 'iptables',
    hostnameOverride: node.nodeName,
    ...(local?.mode === 'ClusterCIDR' && { clusterCIDR: local.cidr }),
    ...(local?.mode === 'NodeCIDR' && { detectLocalMode: 'NodeCIDR' }),
    iptables: { masqueradeAll, masqueradeBit, minSyncPeriod: '10ms', syncPeriod: '30s' },
    nodePortAddresses,
    conntrack: { maxPerCore: 0, min: 0, tcpCloseWaitTimeout: '0s', tcpEstablishedTimeout: '0s' },
  };
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'k', cluster: { server: address } }],
    contexts: [{ name: 'k', context: { cluster: 'k' } }],
    'current-context': 'k',
  };
  writeFileSync(join(work, 'kubeconfig'), JSON.stringify(kubeconfig));
  writeFileSync(join(work, 'config'), JSON.stringify(config));
  return spawn(program, ['--config', join(work, 'config')], { stdio: 'ignore' });
}

/** The last service and slice of a case: once it has a rule, all before it have been read. */
function sentinel(number: number): { service: Service; slice: EndpointSlice } {
  const metadata = { namespace: 'sentinel', name: `case-${number}` };
  return {
    service: {
      metadata,
      spec: {
        ...{ type: 'ClusterIP', clusterIP: '10.97.0.1', sessionAffinity: 'None' },
        ports: [{ port: 1, protocol: 'TCP' }],
      },
    },
    slice: {
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': metadata.name } },
      addressType: 'IPv4',
      ports: [{ name: '', port: 1, protocol: 'TCP' }],
      endpoints: [{ addresses: ['10.244.2.1'], conditions: { ready: true }, topology: {} }],
    },
  };
}

/** The rules once the mark is in them, read twice: iptables-save mixes two states if they change as it reads. */
async function saved(mark: string, kubeProxy: ChildProcess): Promise<string> {
  let before = '';
  for (;;) {
    const text = execFileSync('iptables-save', { encoding: 'utf8' }).replaceAll(/^#.*$|\[\d+:\d+\]/gm, '');
    if (new RegExp(`^-A KUBE-SEP-.*"${mark}".* -j DNAT`, 'm').test(text) && text === before) return text;
    before = text;
    if (kubeProxy.exitCode !== null) throw new Error(`kube-proxy ended with ${kubeProxy.exitCode}`);
    await later(20);
  }
}

/** kube-proxy takes services in the order of a Go map: these chains are compared service by service. */
const shared = /^(nat KUBE-(SERVICES|NODEPORTS)|filter KUBE-(EXTERNAL-)?SERVICES)$/;

function sorted(chains: Map<string, string[]>): Map<string, string[]> {
  const service = (rule: string) => /--comment "?([^ "]+)/.exec(rule)?.[1] ?? '';
  const last = (rule: string) => (rule.includes('must be the last rule') ? 1 : 0);
  const byService = (one: string, other: string) =>
    last(one) - last(other) ||
    service(one).localeCompare(service(other)) ||
    (last(one) && (one < other ? -1 : 1));
  return new Map(
    [...chains].map(([chain, rules]) => [chain, shared.test(chain) ? rules.toSorted(byService) : rules]),
  );
}

function differences(real: Map<string, string[]>, ours: Map<string, string[]>): string[] {
  return [...new Set([...real.keys(), ...ours.keys()])].flatMap((chain) => {
    const [there, here] = [real.get(chain), ours.get(chain)];
    if (there?.join('\n') === here?.join('\n')) return [];
    return [
      `${chain}:`,
      ...(there ?? ['absent']).map((rule) => `  real ${rule}`),
      ...(here ?? ['absent']).map((rule) => `  ours ${rule}`),
    ];
  });
}

const random = new RandomCluster(Number(seed));
const began = performance.now();
try {
  while (counts.cases < Number(count)) {
    const options = proxyOptions({ ...node, ...random.settings(), nodeAddresses, form: '1.20' });
    const api = new ProxyApi(node.nodeName, node.nodeIP, '10.244.1.0/24');
    const kubeProxy = start(await api.listen(), options);
    for (let n = 0; n < perProcess && counts.cases < Number(count); n += 1) {
      const { services, slices } = random.objects();
      const last = sentinel(counts.cases);
      const all = { services: [...services, last.service], slices: [...slices, last.slice] };
      const served = all.services.filter(({ metadata }) => Object.keys(metadata.labels ?? {}).length === 0);
      api.replace(served, all.slices);
      const text = await saved(`sentinel/${last.service.metadata.name}`, kubeProxy);
      const real = sorted(chainsOf(text));
      const different = differences(
        real,
        sorted(chainsOf(proxyRules(all.services, all.slices, options).whole)),
      );
      counts.cases += 1;
      counts.services += services.length;
      counts.endpoints += slices.reduce((sum, { endpoints }) => sum + (endpoints?.length ?? 0), 0);
      counts.rules += [...real.values()].reduce((sum, rules) => sum + rules.length, 0);
      if (different.length === 0) continue;
      counts.differing += 1;
      if (counts.differing > 5) continue;
      console.log(`case ${counts.cases}, ${JSON.stringify({ settings: options, services, slices })}`);
      console.log(different.join('\n'));
    }
    const ended = new Promise((resolve) => kubeProxy.once('exit', resolve));
    kubeProxy.kill();
    await ended;
    api.close();
    execFileSync('sh', [
      '-c',
      'for table in filter nat mangle; do iptables -t $table -F; iptables -t $table -X; done',
    ]);
    const { cases, differing } = counts;
    console.error(
      `${cases} cases, ${differing} differ, ${((performance.now() - began) / 1000).toFixed(0)} s`,
    );
  }
  const { cases, services, endpoints, rules, differing } = counts;
  console.log(
    `${cases} cases, ${services} services, ${endpoints} endpoints, ${rules} rules: ${differing} differ`,
  );
} finally {
  rmSync(work, { recursive: true });
}
