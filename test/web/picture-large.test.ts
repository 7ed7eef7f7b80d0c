import t from 'tap';
import { lineOf } from '../../src/core/picture/curve.ts';
import { framesOf } from '../../src/core/picture/frames.ts';
import { withoutHolders } from '../../src/core/picture/holders.ts';
import { layout } from '../../src/core/picture/layout.ts';
import { type Picture, pictureOf, rowsOf } from '../../src/core/picture/model.ts';
import { pointOf, routesOf } from '../../src/core/picture/routes.ts';
import { type Box, boxOf } from '../../src/core/picture/size.ts';
import { filesOf } from '../../src/core/share/files.ts';
import { fold, wayOf } from '../../src/web/topology/fold.ts';
import { found, nextIn } from '../../src/web/topology/search.ts';
import { namespaces } from '../support/namespaces.ts';
import { observe } from '../support/observation.ts';
import { campus } from './support/imagined.ts';

const drawn = (hosts: number) => withoutHolders(pictureOf(campus(hosts)));
const hub = 'switch sw0 br0';

t.test('a node that only holds bridges has no card, and its bridges no line to it', async (t) => {
  const picture = drawn(5);
  t.same(picture.elements.map(({ id }) => id).sort(), [
    ...['card core', 'card host', 'card n1', 'card n2', 'card n3', 'card n4', 'card n5', hub],
  ]);
  t.notOk(picture.wires.some(({ kind }) => kind === 'inside'));
  const words = { who: () => '', switched: () => '' };
  const given = { language: 'en', words, observation: campus(5), view: {}, order: [], sent: null } as const;
  const more = { title: 'A', virtual: '', challenge: { label: 'B', command: 'c' }, palette: {} };
  const shared = filesOf({ ...given, ...more }).svg();
  t.equal(shared.match(/class="box /g)?.length, picture.elements.length, 'nor has it one in a shared file');
  const spec = namespaces().spec;
  t.ok(
    withoutHolders(pictureOf(observe(spec))).elements.some(({ id }) => id === 'card host'),
    'a node with an address on its bridge takes part',
  );
});

t.test('the hosts of a switch collapse into one, by choice or in a large network', async (t) => {
  const whole = drawn(20);
  t.same(fold(whole, {}).folded.size, 0, 'twenty can be seen');
  const { picture, hosts, standIns, turned } = fold(whole, { [hub]: true });
  t.equal(hosts.get(hub), 20);
  const stack = picture.elements.find((each) => each.kind === 'stack');
  t.equal(stack?.nodes.length, 20);
  const bridge = picture.elements.find(({ id }) => id === hub);
  t.same(bridge && rowsOf(bridge).map(({ name }) => name), ['br0', 'up'], 'its ports go with them');
  t.same(
    picture.wires.map(({ kind }) => kind).sort(),
    ['bundle', 'cable'],
    'one wire for all their cables, and the one to the router',
  );
  t.equal(standIns.get('card n7'), `stack ${hub}`);
  const cable = whole.wires.find(({ id }) => id.includes('n7:'));
  if (cable === undefined) throw new Error('no cable');
  const fromHost = cable.ends[0].element === 'card n7';
  const way = wayOf({ standIns, turned }, { wire: cable.id, backwards: !fromHost });
  const bundle = picture.wires.find(({ id }) => id === way.wire);
  t.equal(bundle?.ends[way.backwards ? 1 : 0].element, `stack ${hub}`, 'a packet still leaves the host');

  const large = fold(drawn(1000), {});
  t.equal(large.folded.size, 42);
  t.ok(large.picture.elements.length < 100);
  t.equal(fold(drawn(1000), { [hub]: false }).folded.size, 41, 'one that was opened stays open');
});

t.test('nothing lies over anything and no cable behind a card, from ten hosts to hundreds', async (t) => {
  for (const hosts of [10, 23, 60, 100, 240]) {
    for (const picture of [drawn(hosts), fold(drawn(hosts), { [hub]: true }).picture]) {
      const places = layout(picture, {});
      const boxes = picture.elements.map((each) => boxOf(each, places));
      t.same(overlaps(boxes), [], `${hosts} hosts`);
      t.same(behind(picture, places), [], `${hosts} hosts`);
    }
  }
});

t.test('a frame holds a machine, its namespaces and containers, and nothing else', async (t) => {
  const observation = observe({
    host: {
      kind: 'machine',
      links: {
        docker0: { kind: 'bridge' },
        v1: { master: 'docker0', peer: 'box:eth0' },
        eth0: { peer: 'lan:eth0' },
      },
    },
    red: { links: {} },
    box: { kind: 'container', links: { eth0: {} } },
    lan: { kind: 'host', links: { eth0: {} } },
  });
  const { elements } = pictureOf(observation);
  const places = layout(pictureOf(observation), { host: [0, 0], lan: [1, 0] });
  const [frame, ...others] = framesOf(elements, places);
  t.same(others, []);
  if (frame === undefined) throw new Error('no frame');
  const inside = elements.filter((each) => {
    const { x, y, width, height } = boxOf(each, places);
    return (
      x > frame.x && y > frame.y && x + width < frame.x + frame.width && y + height < frame.y + frame.height
    );
  });
  t.same(inside.map(({ id }) => id).sort(), ['card box', 'card host', 'card red', 'switch host docker0']);
  t.same(
    framesOf(
      elements.filter(({ node }) => node !== 'lan'),
      places,
    ),
    [],
    'none around everything',
  );
});

t.test('a search finds names, titles, interfaces and addresses; arrows find what lies next', async (t) => {
  const picture = drawn(100);
  t.same(found(picture, {}, '10.0.2.7/24'), ['card n54']);
  t.same(found(picture, { core: 'The Router' }, 'router'), ['card core']);
  t.same(found(picture, {}, 'ETH0 n99'), ['card n99']);
  t.same(found(picture, {}, '  '), []);
  t.same(found(picture, {}, 'nowhere'), []);
  const box = (id: string, x: number, y: number) => ({ id, x, y, width: 10, height: 10 });
  const boxes = [box('a', 0, 0), box('b', 100, 5), box('c', 40, 90), box('d', 200, 0)];
  t.equal(nextIn(boxes, 'a', [1, 0]), 'b');
  t.equal(nextIn(boxes, 'a', [0, 1]), 'c');
  t.equal(nextIn(boxes, 'a', [-1, 0]), null);
  t.equal(nextIn(boxes, 'd', [-1, 0]), 'b');
});

function overlaps(boxes: readonly Box[]): string[] {
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

/** The cards that a cable passes behind, by points along the curve that is drawn. */
function behind(picture: Picture, places: ReturnType<typeof layout>): string[] {
  const elements = new Map(
    picture.elements.map((each) => [each.id, { element: each, box: boxOf(each, places) }]),
  );
  const routes = routesOf(picture, places);
  return picture.wires.flatMap(({ id, ends }) => {
    const route = routes.get(id);
    const [a, b] = ends.map(({ element }) => elements.get(element));
    if (!route || !a || !b) return [`${id} has no route`];
    const points = pointsOf(
      pointOf(a, ends[0].row, route.sides[0]),
      pointOf(b, ends[1].row, route.sides[1]),
      route,
    );
    return [...elements.values()]
      .filter(({ box }) => points.some(([x, y]) => within(box, x, y)))
      .map(({ box }) => `${id} behind ${box.id}`);
  });
}

/** Points along a path as it is drawn: a start, lines and curves. */
function pointsOf(...of: Parameters<typeof lineOf>): [number, number][] {
  const points: [number, number][] = [];
  let here: [number, number] = [0, 0];
  for (const [, command, text = ''] of lineOf(...of).path.matchAll(/([MLC])([^MLC]+)/g)) {
    const numbers = text.trim().split(/[ ,]+/).map(Number);
    const pairs = numbers.flatMap((x, at) => (at % 2 === 0 ? [[x, numbers[at + 1] ?? 0] as const] : []));
    const to = pairs.at(-1) ?? here;
    const [one, two] = command === 'C' ? pairs : [here, to];
    for (let step = 0; command !== 'M' && step <= 200; step += 1) {
      const t = step / 200;
      const mix = (axis: 0 | 1) =>
        (1 - t) ** 3 * here[axis] +
        3 * (1 - t) ** 2 * t * (one?.[axis] ?? 0) +
        3 * (1 - t) * t ** 2 * (two?.[axis] ?? 0) +
        t ** 3 * to[axis];
      points.push([mix(0), mix(1)]);
    }
    here = [...to];
  }
  return points;
}

const within = ({ x, y, width, height }: Box, atX: number, atY: number): boolean =>
  atX > x + 1 && atX < x + width - 1 && atY > y + 1 && atY < y + height - 1;
