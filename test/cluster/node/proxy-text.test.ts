import { spawnSync } from 'node:child_process';
import t from 'tap';
import { changes, serviceChains } from '../../../src/cluster/node/proxy-text.ts';
import type { EndpointSlice, Service } from '../../../src/cluster/proxy/objects.ts';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import { on, options, slice, web } from '../../support/cluster/proxy.ts';

const names = ['a', 'b', 'c'];
const service = (name: string): Service => {
  const object = web({ clusterIP: `10.96.0.${50 + name.charCodeAt(0)}` });
  return { ...object, metadata: { namespace: 'default', name } };
};
const at = (name: string, ...hosts: number[]): EndpointSlice =>
  slice(
    hosts.map((host) => on('node2', `10.244.2.${host}`)),
    [{ name: '', port: 8080 }],
    name,
  );
const rules = (services: Service[], slices: EndpointSlice[]) =>
  proxyRules(services, slices, options()).restore;

/** The chains of services that the text writes, by service, and those that it removes. */
function sync(from: string, to: string) {
  const text = changes(to, serviceChains(from));
  const lines = text.split('\n').filter((line) => /^-A KUBE-S(VC|EP)-/.test(line));
  const owners = lines.map((line) => /comment "?default\/(\w+)/.exec(line)?.[1] ?? '');
  return {
    written: [...new Set(owners)].sort(),
    endpoints: lines.filter((line) => line.includes('DNAT')).length,
    removed: (text.match(/^-X /gm) ?? []).length,
    kept: /^-A KUBE-SERVICES .* -j KUBE-NODEPORTS$/m.test(text),
    text,
  };
}

const [before, slices] = [names.map(service), [at('a', 5), at('b', 6), at('c', 7)]];
const start = rules(before, slices);

t.test('a partial sync writes the services that changed', async (t) => {
  const idle = sync(start, start);
  t.match(idle, { written: [], removed: 0, kept: true }, 'no change: the chains of the node alone');
  const more = sync(start, rules([...before, service('d')], [...slices, at('d', 8)]));
  t.match(more, { written: ['d'], removed: 0, kept: true }, 'a service more');
  t.match(more.text, /-A KUBE-SERVICES .*default\/a cluster IP/, 'KUBE-SERVICES is always whole');
  const fewer = sync(start, rules(before.slice(0, 2), slices.slice(0, 2)));
  t.match(fewer, { written: [], removed: 2, kept: true }, 'a service less: its two chains are removed');
  const empty = sync(start, rules([...before, service('d')], slices));
  t.match(empty, { written: [], removed: 0 }, 'a service without endpoints has no chain');
});

t.test('a service that changed is written whole', async (t) => {
  const moved = sync(start, rules(before, [at('a', 5), at('b', 6), at('c', 9)]));
  t.match(moved, { written: ['c'], endpoints: 1, removed: 1 }, 'another address');
  const grown = sync(start, rules(before, [at('a', 5), at('b', 6), at('c', 7, 9)]));
  t.match(grown, { written: ['c'], endpoints: 2, removed: 0 }, 'the endpoint that stays is written again');
});

t.test('a cluster that grows large leaves old comments until it writes all again', async (t) => {
  const many = Array.from({ length: 1000 }, (_, index) => on('node2', `10.245.${index >> 8}.${index & 255}`));
  const large = rules([...before, service('d')], [...slices, slice(many, [{ name: '', port: 8080 }], 'd')]);
  t.match(large, /-A KUBE-SEP-\S+ -s/, 'without comments');
  t.equal(sync(start, large).endpoints, 1000, 'the new one alone');
  t.equal(sync('', large).endpoints, 1003, 'all of them at a full sync');
});

t.test('a large cluster removes chains that are gone later, as iptables-restore takes it', async (t) => {
  const after = rules(before.slice(0, 2), slices.slice(0, 2));
  const [now, later] = [changes(after, serviceChains(start), false), changes(after, serviceChains(start))];
  t.notMatch(now, /^-X /m);
  t.notMatch(now, 'default/c', 'nothing leads to them any more');
  t.equal((later.match(/^-X KUBE-S(VC|EP)-/gm) ?? []).length, 2);
  const restored = [start, now, later].map((text) => `iptables-restore --noflush <<'RULES'\n${text}RULES\n`);
  const { status, stdout } = spawnSync(
    'unshare',
    ['--net', 'sh', '-ec', `${restored.join('')}iptables-save`],
    {
      encoding: 'utf8',
    },
  );
  t.equal(status, 0);
  t.notMatch(stdout, 'default/c');
});

t.test(
  'a jump by hand into a chain that goes: the partial sync fails, all of it at once succeeds',
  async (t) => {
    const [a, c] = ['a', 'c'].map(
      (name) =>
        /cluster IP".* -j (KUBE-SVC-\S+)/.exec(
          start.split('\n').find((line) => line.includes(`default/${name} cluster IP`)) ?? '',
        )?.[1],
    );
    const after = rules(before.slice(0, 2), slices.slice(0, 2));
    const every = new Map([...serviceChains(start).keys()].map((chain) => [chain, '?']));
    const restored = (text: string) => {
      const steps = [start, `*nat\n-A ${a} -j ${c}\nCOMMIT\n`, text].map(
        (step) => `iptables-restore --noflush <<'RULES'\n${step}RULES\n`,
      );
      return spawnSync('unshare', ['--net', 'sh', '-ec', steps.join('')], { encoding: 'utf8' }).status;
    };
    t.not(restored(changes(after, serviceChains(start))), 0, 'the chain is in use');
    t.equal(restored(changes(after, every)), 0);
  },
);
