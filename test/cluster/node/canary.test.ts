import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t, { type Test } from 'tap';
import { act } from '../../../src/cluster/node/act.ts';
import { KubeProxy } from '../../../src/cluster/node/proxy.ts';
import { Store } from '../../../src/cluster/store/store.ts';
import { A, B, slice, web } from '../../support/cluster/proxy.ts';

const hour = 3_600_000;

/** A kube-proxy on a network namespace of its own, with a clock that the test turns. */
async function proxied(t: Test, lookEvery = hour) {
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo made; exec sleep infinity'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(holder.stdout, 'data');
  const inside = (argv: readonly string[], input = '') =>
    act(['nsenter', `--net=/proc/${holder.pid}/ns/net`, ...argv], { input });
  const clock = { time: 0 };
  const begun = Promise.withResolvers<void>();
  let open = true;
  const run = async (argv: readonly string[], input?: string) => {
    // A look before the first rules are there would write them once more.
    if (argv.includes('KUBE-PROXY-CANARY')) await begun.promise;
    return open ? inside(argv, input) : { code: 0, stdout: '', stderr: '' };
  };
  const store = new Store({ now: () => new Date(0), newUid: () => 'uid' });
  const add = (name: string, clusterIP: string) => {
    const object = web({ clusterIP });
    store.create('services', {
      apiVersion: 'v1',
      kind: 'Service',
      ...object,
      metadata: { ...object.metadata, name },
    });
    const listed = slice([A, B], [{ name: '', port: 8080 }], name);
    const kind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
    store.create('endpointslices.discovery.k8s.io', { ...kind, ...listed });
  };
  add('web', '10.96.0.50');
  const member = { name: 'node1', address: '192.168.1.11', podCIDR: '10.244.1.0/24' };
  const servers = { ready: Promise.resolve(), show: () => {} };
  const proxy = new KubeProxy(store, member, '10.244.0.0/16', {
    run,
    servers,
    now: () => clock.time,
    lookEvery,
  });
  proxy.release();
  await proxy.sync();
  begun.resolve();
  t.teardown(async () => {
    open = false;
    await proxy.sync();
    holder.kill('SIGKILL');
  });
  const saved = async () =>
    (await inside(['iptables-save'])).stdout
      .split('\n')
      .filter((line) => /^[-:*]/.test(line))
      .map((line) => line.replace(/ \[\d+:\d+\]$/, ''))
      .sort()
      .join('\n');
  return { clock, add, saved, proxy, sh: (script: string) => inside(['sh', '-c', script]) };
}

const jump = /^-A PREROUTING .*-j KUBE-SERVICES$/m;
const tables = ['nat', 'filter', 'mangle'];
const removeAll = tables
  .map((table) => `iptables -w -t ${table} -F && iptables -w -t ${table} -X`)
  .join(' && ');

t.test('it looks by itself, and without the canary all rules come back', async (t) => {
  const { saved, sh } = await proxied(t, 20);
  const before = await saved();
  t.match(before, jump);
  t.equal((await sh(removeAll)).code, 0);
  let after = '';
  while (after !== before) after = await saved();
});

t.test('a change before the look does not hide that the canary was removed', async (t) => {
  const { saved, sh, add, proxy } = await proxied(t);
  add('other', '10.96.0.51');
  await proxy.written();
  const before = await saved();
  t.equal((await sh('iptables -w -t mangle -X && iptables -w -t nat -F PREROUTING')).code, 0);
  add('third', '10.96.0.52');
  await proxy.written();
  await proxy.look();
  const after = await saved();
  t.same(
    before.split('\n').filter((line) => !after.includes(line)),
    [],
    'every rule from before is there',
  );
  t.match(after, 'default/third');
});

t.test('with the canary nothing comes back, until an hour is over', async (t) => {
  const { clock, saved, sh, proxy } = await proxied(t);
  const before = await saved();
  t.equal((await sh('iptables -w -t nat -F')).code, 0);
  clock.time = hour - 1;
  await proxy.look();
  t.notMatch(await saved(), jump);
  clock.time = hour;
  await proxy.look();
  t.equal(await saved(), before);
  t.equal((await sh('iptables -w -t nat -F')).code, 0);
  clock.time = hour + 1;
  await proxy.look();
  t.not(await saved(), before, 'the hour begins again');
});

t.test('a change after an hour writes all rules as well', async (t) => {
  const { clock, saved, sh, add, proxy } = await proxied(t);
  t.equal((await sh('iptables -w -t nat -F')).code, 0);
  clock.time = hour;
  add('other', '10.96.0.51');
  await proxy.written();
  const after = await saved();
  t.match(after, jump);
  t.match(after, 'default/web');
});
