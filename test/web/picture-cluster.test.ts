import t from 'tap';
import { framesOf } from '../../src/core/picture/frames.ts';
import { layout } from '../../src/core/picture/layout.ts';
import { type Element, pictureOf } from '../../src/core/picture/model.ts';
import type { Place } from '../../src/core/picture/place.ts';
import { serviceBoxes, servicesOf } from '../../src/core/picture/services.ts';
import { sizeOf } from '../../src/core/picture/size.ts';
import { filesOf } from '../../src/core/share/files.ts';
import { type NodeSpec, observe } from '../support/observation.ts';

const rule = (address: string, protocol: string, comment: string, port: number, target: string) =>
  `-A KUBE-SERVICES -d ${address}/32 -p ${protocol} -m comment --comment "${comment}" -m ${protocol} --dport ${port} -j ${target}`;

/** A node of a cluster with one pod on its bridge. */
const node = (name: string, pod: string): Record<string, NodeSpec> => ({
  [name]: {
    kind: 'host',
    links: {
      cni0: { kind: 'bridge' },
      veth0: { master: 'cni0', peer: `${pod}:eth0` },
      eth0: { peer: `host:to-${name}` },
    },
    rules: {
      nat: [
        rule('10.96.0.10', 'udp', 'kube-system/kube-dns:dns cluster IP', 53, 'KUBE-SVC-1'),
        rule('10.96.0.10', 'tcp', 'kube-system/kube-dns:dns-tcp cluster IP', 53, 'KUBE-SVC-2'),
        '-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS',
      ],
      filter: [rule('10.96.7.7', 'tcp', 'default/web has no endpoints', 80, 'REJECT')],
    },
  },
  [pod]: { kind: 'pod', links: { eth0: { addresses: ['10.244.1.2/24'] } } },
});

const observation = observe({
  host: { kind: 'machine', links: { 'to-node01': {}, 'to-node02': {} } },
  ...node('node01', 'web'),
  ...node('node02', 'client'),
});
const picture = pictureOf(observation);

t.test('services are known from the rules of the nodes, each once', async (t) => {
  t.same(servicesOf(observation), [
    { name: 'default/web', addresses: ['10.96.7.7:80'] },
    { name: 'kube-system/kube-dns', addresses: ['10.96.0.10:53/udp', '10.96.0.10:53'] },
  ]);
});

t.test('a frame holds a node and its pods, and no other node', async (t) => {
  const places = layout(picture, { host: [0, 0], node01: [0, 1], node02: [1, 1] });
  const frames = framesOf(picture.elements, places);
  t.same(
    frames.map(({ id }) => id),
    ['frame node01', 'frame node02'],
  );
  const [frame] = frames;
  if (frame === undefined) throw new Error('no frame');
  const within = picture.elements.filter((element) => {
    const { x, y } = places.get(element.id) as Place;
    const { width, height } = sizeOf(element);
    const [right, bottom] = [frame.x + frame.width, frame.y + frame.height];
    return x > frame.x && y > frame.y && x + width < right && y + height < bottom;
  });
  t.same(within.map(({ id }) => id).sort(), ['card node01', 'card web', 'switch node01 cni0']);
});

t.test('a bridge stays with its card, and a node below gives way to both', async (t) => {
  const lan = observe({
    host: {
      kind: 'machine',
      links: {
        lan: { kind: 'bridge' },
        'to-node01': { master: 'lan', peer: 'node01:eth0' },
        'to-node02': { master: 'lan', peer: 'node02:eth0' },
      },
    },
    ...node('node01', 'web'),
    ...node('node02', 'client'),
  });
  const { elements } = pictureOf(lan);
  const places = layout(pictureOf(lan), { host: [0, 0], node01: [0, 1], node02: [1, 1] });
  const top = (id: string) => places.get(id)?.y ?? Number.NaN;
  t.ok(top('switch host lan') < top('card node01'));
  t.ok(top('card node01') < top('switch node01 cni0'));
  const [frame] = framesOf(elements, places);
  const lanHeight = sizeOf(elements.find(({ id }) => id === 'switch host lan') as Element).height;
  const free = (frame?.y ?? Number.NaN) - top('switch host lan') - lanHeight;
  t.ok(free >= 24, `a frame, with its name, touches no card above it: ${free}`);
  t.same(
    framesOf(elements, places).map(({ id }) => id),
    ['frame node01', 'frame node02'],
  );
});

t.test('no frame is drawn around a card of another node', async (t) => {
  const places = layout(picture, { host: [0, 0], node01: [1, 0], node02: [1, 1] });
  t.same(
    framesOf(picture.elements, places).map(({ id }) => id),
    [],
  );
});

t.test('services stand beside all cards, one under the other', async (t) => {
  const places = layout(picture, { host: [0, 0], node01: [0, 1], node02: [1, 1] });
  const boxes = serviceBoxes(servicesOf(observation), picture.elements, places);
  const edge = Math.max(
    ...picture.elements.map((each) => (places.get(each.id)?.x ?? 0) + sizeOf(each).width),
  );
  t.ok(boxes.every(({ x }) => x > edge));
  const [first, second] = boxes;
  t.ok(first && second && second.y > first.y + first.height);
});

t.test('a shared file draws them, and says that no interface has their addresses', async (t) => {
  const words = { who: () => '', switched: () => '' };
  const given = { language: 'en', words, observation, view: {}, order: [], sent: null, palette: {} } as const;
  const more = { title: 'A', virtual: 'No interface.', challenge: { label: 'B', command: 'c' } };
  const files = filesOf({ ...given, ...more });
  for (const text of [files.svg(), files.html()]) {
    t.equal(text.match(/class="box service"/g)?.length, 2);
    for (const line of ['web', 'default', '10.96.7.7:80', '10.96.0.10:53/udp', 'No interface.'])
      t.match(text, `>${line}</text>`);
  }
  t.match(files.mermaid(), /\(\["default\/web<br\/>10\.96\.7\.7:80<br\/>No interface\."\]\)/);
});
