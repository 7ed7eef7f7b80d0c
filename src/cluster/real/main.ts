import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultRanges } from '../api/kinds/allocate.ts';
import { apiPort, apiService, clusterCIDR, dns } from '../bootstrap.ts';
import { act, launch } from '../node/act.ts';
import { certificates } from '../node/certificates.ts';
import { addressOf, type Member, routeToPods } from '../node/network-addon.ts';
import { inNode, runDirectory } from '../node/places.ts';
import { PolicyEnforcer } from '../policy/enforcer.ts';
import { addOns } from './add-ons.ts';
import { Api } from './api.ts';
import { makeImages } from './images.ts';
import { keepAll } from './keep.ts';
import { Mirror } from './mirror.ts';
import { readyDns, readyNode, register, startRuntime } from './node.ts';
import { extenderPort, serveOrder, webhookConfiguration } from './order-server.ts';
import { directoryOf, etcdDirectory, logDirectory, programsDirectory, realDirectory } from './places.ts';
import { controllers, type Plane, schedulerConfig, storeAndServer } from './programs.ts';
import { followStandIns } from './stand-ins.ts';
import { planeConfigs, serviceAccountKeys } from './users.ts';

/**
 * The same cluster of real components: starts them inside a machine, gives the nodes their images and the network
 * add-on, and follows the API server for what no package has (DNS, ingress controller, network policies). Arguments:
 * the control plane's node, then the others. Its own end stops none of the programs.
 */
const [, , node = '', ...others] = process.argv;
const names = [node, ...others];
const addresses = await Promise.all(names.map(addressOf));
const members = names.map((name, at): Member => {
  const address = addresses[at];
  if (!address) throw new Error(`${name} has no address, so no other node could reach it`);
  return { name, address, podCIDR: clusterCIDR.replace('0.0/16', `${at}.0/24`) };
});
const address = addresses[0] ?? '';
const plane: Plane = { node, address, clusterCIDR, serviceCIDR: defaultRanges.serviceCidr, apiPort };
for (const directory of [directoryOf(node), logDirectory, etcdDirectory])
  mkdirSync(directory, { recursive: true });

const programs = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
];
const there = new Set(readdirSync(programsDirectory));
const missing = programs.filter((name) => !there.has(name));
if (missing.length > 0) throw new Error(`not among the programs of Kubernetes: ${missing.join(', ')}`);

const tls = await certificates(node, address, apiService);
await serviceAccountKeys(node);
await planeConfigs(node, `https://${address}:${apiPort}`);
const pki = (name: string) => readFileSync(`/.hoplab/nodes/${node}/etc/kubernetes/pki/${name}`, 'utf8');
const api = new Api({ ca: tls.ca, cert: pki('admin.crt'), key: pki('admin.key') }, apiPort);
const mirror = new Mirror(api);
await serveOrder(mirror, { cert: tls.cert, key: tls.key }, node);

// After a kill of this program alone, all others have gone on.
const running = `${realDirectory}/running`;
const fresh = !existsSync(running);
if (fresh) await keepStore();
const images = fresh ? makeImages(realDirectory) : Promise.resolve('');
const runtimes = fresh ? members.map((member) => startRuntime(member, plane, dns, images)) : [];
await answering();
if (fresh) {
  await api.create(
    '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
    webhookConfiguration(tls.ca),
  );
  await keepControllers();
}
await mirror.follow();
if (fresh) {
  for (const member of members) await register(member, plane, api);
  await Promise.all([...runtimes, routeToPods(members)]);
  await readyNode(node, mirror);
  await addOns(api, dns);
  writeFileSync(running, '');
}
for (const { name } of members) new PolicyEnforcer(mirror, name, plane.serviceCIDR);
followStandIns(mirror);
writeFileSync(`${runDirectory}/pid`, `${process.pid}\n`);
await Promise.all([...names.map((name) => readyNode(name, mirror)), readyDns(mirror)]);
writeFileSync(`${runDirectory}/ready`, '');

async function keepStore(): Promise<void> {
  const mounted = await act(['mount', '-t', 'ramfs', '-o', 'mode=700', 'etcd', etcdDirectory]);
  if (mounted.code !== 0) throw new Error(`the state has no place: ${mounted.stderr.trim()}`);
  await keepOnPlane('plane', storeAndServer(plane));
}

async function keepControllers(): Promise<void> {
  writeFileSync(`${directoryOf(node)}/scheduler.yaml`, schedulerConfig(node, extenderPort));
  await keepOnPlane('controllers', controllers(plane));
}

async function keepOnPlane(name: string, kept: Parameters<typeof keepAll>[1]): Promise<void> {
  const script = `${directoryOf(node)}/${name}.sh`;
  writeFileSync(script, keepAll(node, kept));
  launch(inNode(node, ['sh', script]), 'ignore');
}

/** Until the API server is ready. */
async function answering(): Promise<void> {
  for (const until = performance.now() + 120_000; performance.now() < until; await wait(50)) {
    const answer = await api.ask('GET', '/readyz').catch(() => null);
    if (answer?.status === 200) return;
  }
  throw new Error(`the API server does not answer: see ${logDirectory}/${node}-kube-apiserver.log`);
}
