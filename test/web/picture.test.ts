import t from 'tap';
import { badgeRows, badgesOf, noBadges, routesShown } from '../../src/core/picture/badges.ts';
import { lineOf, passing, type Route } from '../../src/core/picture/curve.ts';
import { layout } from '../../src/core/picture/layout.ts';
import { type Element, type Picture, pictureOf } from '../../src/core/picture/model.ts';
import type { Place } from '../../src/core/picture/place.ts';
import { pointOf, routesOf } from '../../src/core/picture/routes.ts';
import { boxOf, sizeOf } from '../../src/core/picture/size.ts';
import type { Address, Link, NodeState } from '../../src/core/state/observation.ts';
import { factNews, news } from '../../src/web/topology/news.ts';
import { withSoon } from '../../src/web/topology/soon.ts';
import { namespaces } from '../support/namespaces.ts';
import { type LinkSpec, observe } from '../support/observation.ts';

const container = () => pictureOf(observe(namespaces().spec));

t.test('nodes, switches with their ports, cables between them', async (t) => {
  const { elements, wires } = container();
  const bridge = elements.find(({ id }) => id === 'switch host v-net-0');
  t.same(
    bridge?.rows.map(({ name }) => name),
    ['veth-red-br', 'veth-blue-br'],
  );
  const cable = wires.find(({ id }) => id === 'host:veth-red-br red:veth-red');
  t.same(cable?.ends.map(({ element }) => element).sort(), ['card red', 'switch host v-net-0']);
  t.equal(new Set(wires.map(({ id }) => id)).size, wires.length);
});

t.test('a card says what its node does with packets', async (t) => {
  const state = observe(namespaces().spec).nodes.host;
  if (!state) throw new Error('no host');
  const route = { ...state.routes[0], table: 'main', protocol: 'boot', type: 'unicast' } as const;
  const badges = badgesOf({
    ...state,
    routes: [
      ...state.routes.map((each) => ({ ...each, protocol: 'kernel' })),
      { ...route, destination: 'default', via: '192.168.1.1' },
    ] as typeof state.routes,
    sysctls: { 'net.ipv4.ip_forward': '1' },
    rules: {
      ipv4: '*nat\n-A POSTROUTING -j MASQUERADE\nCOMMIT\n*filter\n:FORWARD DROP [0:0]\n-A FORWARD -j ACCEPT\nCOMMIT',
      ipv6: '',
    },
    listeners: [
      { protocol: 'tcp', address: '0.0.0.0', port: 80, process: 'nginx' },
      { protocol: 'tcp', address: '127.0.0.1', port: 25, process: 'sendmail' },
    ] as typeof state.listeners,
  });
  t.same(badges, {
    routes: ['default → 192.168.1.1'],
    forwards: 'all',
    nat: true,
    rules: 1,
    drops: ['FORWARD'],
    sockets: [':80 nginx'],
  });
});

t.test('a card says which family a node of both forwards, and what nftables alone shows', async (t) => {
  const state = observe(namespaces().spec).nodes.host as NodeState;
  const [link] = state.links;
  const given = { family: 'ipv6', address: 'fd00::1', prefix: 64, scope: 'global' } as const;
  const forwards = (ipv4: string, ipv6: string, addresses: Address[]) =>
    badgesOf({
      ...state,
      links: [{ ...(link as Link), addresses }],
      sysctls: { 'net.ipv4.ip_forward': ipv4, 'net.ipv6.conf.all.forwarding': ipv6 },
    }).forwards;
  t.equal(forwards('1', '0', []), 'all', 'without an address of IPv6 there is nothing to tell apart');
  t.equal(forwards('1', '0', [given]), 'IPv4');
  t.equal(forwards('1', '1', [given]), 'all');
  t.equal(forwards('0', '1', [given]), 'IPv6');
  t.equal(forwards('0', '0', [given]), null);
  const text = [
    'table inet f {',
    '\tchain post {',
    '\t\ttype nat hook postrouting priority srcnat; policy accept;',
    '\t\toifname "eth0" masquerade',
    '\t}',
    '',
    '\tchain fwd {',
    '\t\ttype filter hook forward priority filter; policy drop;',
    '\t\tct state established accept',
    '\t\ttcp dport 80 accept',
    '\t}',
    '}',
  ].join('\n');
  const { nat, rules, drops } = badgesOf({
    ...state,
    nft: [{ family: 'inet', name: 'f', native: true, text }],
  });
  t.same({ nat, rules, drops }, { nat: true, rules: 2, drops: ['f fwd'] });
});

t.test(
  'a long route has its gateway in a row of its own, and a card no more rows than it has room for',
  async (t) => {
    const [short, long] = ['default → 192.168.15.5', '192.168.1.0/24 → 192.168.15.5'];
    const rows = (...routes: string[]) => routesShown({ ...noBadges, routes });
    t.same(rows(short, long), { shown: [[short], ['192.168.1.0/24', '→ 192.168.15.5']], more: 0 });
    t.equal(badgeRows({ ...noBadges, routes: [short, long] }), 3);
    t.same(rows(short, short, short, short), { shown: [[short], [short], [short], [short]], more: 0 });
    t.match(rows(short, long, long), { more: 1 }, 'the last of four rows says how many more there are');
    t.equal(badgeRows({ ...noBadges, routes: [short, long, long] }), 4);
    t.equal(badgeRows({ ...noBadges, routes: [short, long, long] }, true), 1, 'a brief card counts them');
    t.match(rows(...Array.from({ length: 10_000 }, () => short)), {
      shown: [[short], [short], [short]],
      more: 9997,
    });
    t.match(rows(long, long, long), { shown: [rows(long).shown[0]], more: 2 });
  },
);

t.test('the loopback of a namespace stays when it is set up', async (t) => {
  const observation = observe(namespaces().spec);
  const row = (up: boolean) => {
    const lo = observation.nodes.red?.links.find(({ name }) => name === 'lo');
    if (lo) Object.assign(lo, { up });
    const { elements } = pictureOf(observation);
    return elements.find(({ id }) => id === 'card red')?.rows.find(({ name }) => name === 'lo');
  };
  t.match(row(false), { state: 'down' });
  t.match(row(true), { quiet: true });
});

/** Two routers on one cable, with a tunnel over it. */
function tunnelled(kind: string, a: Record<string, string>, b: Record<string, string>, up = true): Picture {
  return between({ kind, details: a }, { kind, details: b, up });
}

function between(one: LinkSpec, other: LinkSpec): Picture {
  return pictureOf(
    observe({
      a: { links: { eth0: { peer: 'b:eth0', addresses: ['198.51.100.2/24'] }, tun: one } },
      b: { links: { eth0: { addresses: ['198.51.100.3/24'] }, tun: other } },
    }),
  );
}

t.test('a tunnel is a line between its ends, which moves nothing', async (t) => {
  const vxlan = (remote: string, id = '50') => ({ id, remote, dstport: '4789' });
  const [there, back] = [vxlan('198.51.100.3'), vxlan('198.51.100.2')];
  const wire = (picture: Picture) => picture.wires.find(({ kind }) => kind === 'tunnel');
  const picture = tunnelled('vxlan', there, back);
  t.match(wire(picture), {
    ends: [
      { element: 'card a', row: 'tun' },
      { element: 'card b', row: 'tun' },
    ],
    state: 'up',
  });
  const bare = { ...picture, wires: picture.wires.filter(({ kind }) => kind !== 'tunnel') };
  t.strictSame([...layout(picture, {})], [...layout(bare, {})]);
  t.equal(wire(tunnelled('vxlan', there, back, false))?.state, 'down', 'one end is down');
  t.equal(
    wire(tunnelled('vxlan', there, vxlan('198.51.100.9')))?.state,
    'down',
    'the other end sends elsewhere',
  );
  t.equal(
    wire(tunnelled('vxlan', there, vxlan('198.51.100.2', '51'))),
    undefined,
    'another VNI is another tunnel',
  );
  const ipip = tunnelled('ipip', { remote: '198.51.100.3' }, { remote: '198.51.100.2' });
  t.equal(wire(ipip)?.state, 'up');
  const wireguard = (key: string, peer: string, address: string | null): LinkSpec => ({
    ...{ kind: 'wireguard', details: { 'public-key': key } },
    peers: [{ key: peer, endpoint: address === null ? null : { address, port: 51820 }, allowed: [] }],
  });
  const caller = wireguard('A', 'B', '198.51.100.3');
  t.equal(wire(between(caller, wireguard('B', 'A', null)))?.state, 'up', 'one end learns where the other is');
  t.equal(wire(between(caller, wireguard('B', 'C', null))), undefined, 'the other end knows another key');
  t.equal(wire(between(wireguard('A', 'B', null), wireguard('B', 'A', null))), undefined, 'none can begin');
});

t.test('nothing lies over anything, with a view and without, up to a hundred nodes', async (t) => {
  const star = crowd(100);
  t.same(
    overlaps(container(), {
      red: [0, 0],
      blue: [0, 1],
      host: [1, 1],
      router: [2, 1],
      lan: [2, 2],
      internet: [3, 1],
    }),
    [],
  );
  t.same(overlaps(container(), {}), []);
  t.same(overlaps(star, {}), []);
});

t.test('a node that the view does not name stands below the node that it is wired to', async (t) => {
  const picture = container();
  const view: Record<string, [number, number]> = {
    host: [2, 0],
    router: [0, 0],
    lan: [1, 0],
    internet: [1, 1],
  };
  const places = layout(picture, view);
  const middle = (id: string) => {
    const element = picture.elements.find((each) => each.id === id);
    const place = places.get(id);
    return element && place ? place.x + sizeOf(element).width / 2 : null;
  };
  const top = (id: string) => places.get(id)?.y ?? 0;
  for (const name of ['card red', 'card blue']) {
    t.equal(middle(name), middle('card host'));
    t.ok(top(name) > top('switch host v-net-0'));
  }
  t.same(overlaps(picture, view), []);
});

t.test('containers stand left of their node, below what is there, in the order of its ports', async (t) => {
  const containers = ['web', 'other', 'admin'];
  const picture = pictureOf(
    observe({
      host: {
        kind: 'machine',
        links: {
          'v-blue': { peer: 'blue:eth0' },
          eth0: { peer: 'lan:eth0' },
          docker0: { kind: 'bridge' },
          ...Object.fromEntries(
            containers.map((name) => [`veth-${name}`, { master: 'docker0', peer: `${name}:eth0` }]),
          ),
          idle0: { kind: 'bridge' },
          idle1: { kind: 'bridge' },
        },
      },
      lan: { kind: 'host', links: { eth0: {} } },
      blue: { kind: 'netns', links: { eth0: {} } },
      ...Object.fromEntries(containers.map((name) => [name, { kind: 'container', links: { eth0: {} } }])),
    } as Parameters<typeof observe>[0]),
  );
  const view: Record<string, [number, number]> = { blue: [0, 0], host: [1, 0], lan: [2, 0] };
  const places = layout(picture, view);
  const at = (id: string) => places.get(id) ?? { x: Number.NaN, y: Number.NaN };
  const ids = ['card blue', ...containers.map((name) => `card ${name}`)];
  for (const id of ids) t.equal(at(id).x, at('card blue').x, id);
  t.same(
    ids.toSorted((one, other) => at(one).y - at(other).y),
    ids,
  );
  t.same(overlaps(picture, view), []);

  // The bridges' lines to their node are one trunk beside them, which passes behind no card.
  const routes = routesOf(picture, places);
  const trunks = picture.wires.flatMap((wire) => (routes.get(wire.id)?.trunk ? [wire] : []));
  t.same(
    trunks.map(({ id }) => id),
    ['inside switch host idle0', 'inside switch host idle1'],
  );
  const boxes = picture.elements.map((each) => boxOf(each, places));
  for (const { id, ends } of trunks) {
    const route = routes.get(id) as Route;
    const [from, to] = ends.map((end, index) => {
      const element = picture.elements.find((each) => each.id === end.element) as Element;
      return pointOf({ element, box: boxOf(element, places) }, end.row, route.sides[index] ?? 'l');
    }) as [Place, Place];
    t.same(passing(lineOf(from, to, route).curve, boxes), [], id);
  }
});

t.test('nodes that a step will make are outlined until they are there', async (t) => {
  const world = namespaces().without('red').without('host', 'veth-red-br');
  const step = {
    solution: [
      { on: 'host', run: 'ip netns add red' },
      { on: 'host', run: 'ip link add veth-red type veth peer name veth-red-br' },
      { on: 'host', run: 'ip link set veth-red netns red' },
      { on: 'host', run: 'ip link set veth-red-br master v-net-0' },
    ],
  };
  const soon = withSoon(pictureOf(observe(world.spec)), step as never);
  t.ok(soon.elements.find(({ id }) => id === 'card red')?.soon);
  t.same(
    soon.wires.filter((wire) => wire.soon).map(({ ends }) => ends.map(({ element }) => element)),
    [['card red', 'switch host v-net-0']],
  );
  t.notOk(withSoon(container(), step as never).elements.some((element) => element.soon));
});

t.test('reports the changed parts as news, and no others', async (t) => {
  const before = container();
  t.equal(news(before, container()).size, 0);
  const after = pictureOf(
    observe(namespaces().link('red', 'veth-red', { addresses: ['192.168.15.9/24'] }).spec),
  );
  t.same([...news(before, after)], ['card red/veth-red']);
});

t.test('a setting is news when it changes, not when it comes with a link', async (t) => {
  const settings = (sysctls: Record<string, string>) => {
    const observation = observe(namespaces().spec);
    if (observation.nodes.red) observation.nodes.red.sysctls = sysctls;
    return observation;
  };
  const before = settings({ 'net.ipv4.ip_forward': '0' });
  const own = { 'net.ipv4.ip_forward': '0', 'net.ipv4.conf.veth-red.rp_filter': '0' };
  t.same([...factNews(before, settings(own))], []);
  t.same([...factNews(before, settings({ ...own, 'net.ipv4.ip_forward': '1' }))], ['card red#settings']);
});

function overlaps(picture: Picture, view: Record<string, [number, number]>): string[] {
  const places = layout(picture, view);
  const boxes = picture.elements.map((element) => ({
    id: element.id,
    ...sizeOf(element),
    ...(places.get(element.id) ?? { x: 0, y: 0 }),
  }));
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (other) =>
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      )
      .map((other) => `${one.id} over ${other.id}`),
  );
}

/** So many namespaces on one switch. */
function crowd(count: number): Picture {
  const names = Array.from({ length: count }, (_, index) => `n${index}`);
  const row = (name: string) => ({
    name,
    state: 'up' as const,
    addresses: ['10.0.0.1/16'],
    planned: [],
    soon: false,
  });
  const card = (node: string) => ({
    kind: 'card' as const,
    id: `card ${node}`,
    node,
    nodeKind: 'netns' as const,
    host: null,
    rows: [row('eth0')],
    badges: noBadges,
    soon: false,
  });
  return {
    elements: [
      card('host'),
      {
        kind: 'switch',
        id: 'switch host br',
        node: 'host',
        name: 'br',
        own: row('br'),
        rows: names.map(row),
        soon: false,
      },
      ...names.map(card),
    ],
    wires: names.map((name) => ({
      id: name,
      kind: 'cable',
      ends: [
        { element: `card ${name}`, row: 'eth0' },
        { element: 'switch host br', row: name },
      ],
      state: 'up',
      soon: false,
    })),
  };
}
