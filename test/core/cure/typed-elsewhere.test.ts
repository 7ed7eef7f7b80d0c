import t from 'tap';
import type { CheckArguments, CheckKind } from '../../../src/core/check/check.ts';
import { witnessesOf } from '../../../src/core/check/witness.ts';
import { typedElsewhere } from '../../../src/core/cure/typed-elsewhere.ts';
import { explain } from '../../../src/core/explain/explain.ts';
import type { Lab, Line, Step } from '../../../src/core/lab/lab.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces, type World } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

/** A lab with one step that types these lines, and nodes that begin with these routes. */
function labOf(solution: Line[], routes: Record<string, string[]> = {}): { lab: Lab; step: Step } {
  const nodes = Object.entries(routes).map(([name, own]) => ({
    ...{ name, kind: 'host' as const, title: null, service: null, sysctls: {}, run: [] },
    routes: own,
  }));
  const step: Step = { id: 'step', solution, checks: [], predict: [], faults: [] };
  const lab = { topology: { nodes, bridges: [], links: [] }, steps: [step] } as unknown as Lab;
  return { lab, step };
}

function said<K extends CheckKind>(
  world: World,
  [kind, args]: [K, CheckArguments[K]],
  { lab, step }: ReturnType<typeof labOf>,
  outcomes: Parameters<typeof ask>[3] = {},
): string {
  const verdict = ask(world, kind, args, outcomes);
  const values = { ...verdict.values, ...typedElsewhere(lab, step, observe(world.spec), verdict) };
  return explain({ ...verdict, values }, 'en').observed;
}

const leg = (address: string, routes: string[] = []) => ({
  kind: 'host' as const,
  links: { eth0: { peer: 'host:none', addresses: [address] } },
  routes,
});

t.test('a route that another node has instead', async (t) => {
  const line = 'ip route add 192.168.1.0/24 via 192.168.2.1';
  const world = namespaces()
    .node('c', leg('192.168.2.10/24', ['192.168.1.0/24 via 192.168.2.1']))
    .node('d', leg('192.168.2.11/24'));
  const question: ['route', CheckArguments['route']] = [
    'route',
    { on: 'd', to: '192.168.1.11', via: '192.168.2.1', absent: false },
  ];
  t.match(
    said(world, question, labOf([{ on: 'd', run: line }])),
    `\`${line}\` has taken effect on c; this step wants it on d.`,
  );
  const both = labOf(['d', 'c'].map((on) => ({ on, run: line })));
  t.notMatch(said(world, question, both), /taken effect/, 'the lab wants it there as well');
  const begun = labOf([{ on: 'd', run: line }], { c: ['192.168.1.0/24 via 192.168.2.1'] });
  t.notMatch(said(world, question, begun), /taken effect/, 'the lab begins with it there');
  const two = world.node('a', leg('192.168.2.12/24', ['192.168.1.0/24 via 192.168.2.1']));
  t.notMatch(said(two, question, labOf([{ on: 'd', run: line }])), /taken effect/, 'two have it');
});

t.test('a rule, an interface, and the node that an `ip -n` names', async (t) => {
  const rule = 'iptables -t nat -A POSTROUTING -s 192.168.16.0/24 -j MASQUERADE';
  const world = namespaces().node('blue', {
    links: { 'v-net-1': { kind: 'bridge' } },
    rules: { nat: ['-A POSTROUTING -s 192.168.16.0/24 -j MASQUERADE'] },
  });
  const asked = { on: 'host', like: rule, absent: false };
  t.match(
    said(world, ['rule', asked], labOf([{ on: 'host', run: rule }])),
    `\`${rule}\` has taken effect on blue; this step wants it on host.`,
  );
  const bridge = { on: 'host', name: 'v-net-1', absent: false };
  const made = labOf([{ on: 'host', run: 'ip link add v-net-1 type bridge' }]);
  t.match(
    said(world, ['link', bridge], made),
    /There is no interface v-net-1 in host\. An interface of that name is in blue\.$/,
    'said once',
  );
  const inside = labOf([{ on: 'host', run: `ip netns exec blue ${rule}` }]);
  t.notMatch(said(world, ['rule', asked], inside), /taken effect/, 'the step types it in blue');
});

t.test('a line of a file', async (t) => {
  const world = namespaces().node('a', leg('192.168.1.10/24')).node('b', leg('192.168.1.11/24'));
  const question: ['file', CheckArguments['file']] = [
    'file',
    { on: 'a', hosts: { address: '192.168.1.11', name: 'db' }, absent: false },
  ];
  const file = (text: string) => ({
    ...outcome('reply'),
    names: { addresses: [], by: null, text } as never,
  });
  const lab = labOf([{ on: 'a', run: "echo '192.168.1.11 db' >> /etc/hosts" }]);
  const [empty, there] = [file('127.0.0.1 localhost\n'), file('192.168.1.11  db\n')];
  // The file itself, the other one of a, then those of host, lan, router, internet and b.
  const nowhere = Array.from({ length: 6 }, () => empty);
  t.match(
    said(world, question, lab, { outcomes: [...nowhere, there] }),
    'The line is in that file of b; this step wants it on a.',
  );
  t.notMatch(said(world, question, lab, { outcomes: nowhere }), /that file of/);
});

t.test('a name whose line is in /etc/hosts of another host', async (t) => {
  const world = () => namespaces().node('a', leg('192.168.1.10/24')).node('b', leg('192.168.1.11/24'));
  const question: ['resolve', CheckArguments['resolve']] = [
    'resolve',
    { from: 'a', name: 'db', address: '192.168.1.11', libc: 'glibc', expect: 'answer' },
  ];
  const file = (text: string) => ({
    ...outcome('reply'),
    names: { addresses: [], by: null, text } as never,
  });
  const unknown = (order: string[]) => ({
    ...outcome('name-unknown'),
    names: { addresses: [], order, nameservers: [] } as never,
  });
  const lab = labOf([{ on: 'a', run: "echo '192.168.1.11 db' >> /etc/hosts" }]);
  const [empty, there] = [file('127.0.0.1 localhost\n'), file('192.168.1.11  db\n')];
  // Those of host, lan, router, internet and b.
  const others = [empty, empty, empty, empty, there];
  const elsewhere = /The line `192\.168\.1\.11 db` is in \/etc\/hosts of b; a does not read that file\.$/;
  const outcomes = [unknown(['files', 'dns']), ...others];
  t.match(said(world(), question, lab, { outcomes }), elsewhere);
  const asked = witnessesOf(
    { id: 'name', kind: 'resolve', args: question[1], needs: [], until: null },
    ask(world(), ...question, { outcomes: outcomes.slice(0, 1) }),
    observe(world().spec),
    true,
  );
  t.same(
    asked.map((probe) => [probe.kind, probe.from]),
    ['host', 'lan', 'router', 'internet', 'b'].map((from) => ['read', from]),
  );
  t.notMatch(
    said(world(), question, lab, { outcomes: [unknown(['dns']), ...others] }),
    / is in \/etc\/hosts of b/,
    'a reads no such file at all',
  );
  const serving = world().node('b', {
    ...leg('192.168.1.11/24'),
    listeners: ['udp 0.0.0.0:53 process dnsmasq'],
  });
  t.notMatch(said(serving, question, lab, { outcomes }), / of b;/, 'a name server has it for all');
});
