import t from 'tap';
import { addressOf, partOf, Ring, rangeOf } from '../../../src/cluster/weave/ring.ts';
import { answer } from '../../../src/cluster/weave/weaver.ts';

const all = rangeOf('10.32.0.0/12');
const first = (index: number, peers: number) => addressOf(partOf(all, index, peers).first);

t.test('parts of peers do not meet, and begin where weave has them', async (t) => {
  t.same(
    [0, 1, 2, 3].map((index) => first(index, 4)),
    ['10.32.0.0', '10.40.0.0', '10.36.0.0', '10.44.0.0'],
  );
  t.equal(first(0, 1), '10.32.0.0');
  for (const peers of [2, 3, 5, 8]) {
    const parts = Array.from({ length: peers }, (_, index) => partOf(all, index, peers)).sort(
      (one, other) => one.first - other.first,
    );
    for (const [at, { first, size }] of parts.entries())
      t.ok(first + size <= (parts[at + 1]?.first ?? all.first + all.size), `${at} of ${peers}`);
  }
});

t.test('the same name keeps its address, a released one is given again', async (t) => {
  const ring = new Ring({ first: all.first, size: 5 });
  t.equal(ring.take('a'), '10.32.0.1');
  t.equal(ring.take('b'), '10.32.0.2');
  t.equal(ring.take('a'), '10.32.0.1');
  t.equal(ring.take('c'), '10.32.0.3');
  t.equal(ring.take('d'), null, 'the last address is for everybody');
  t.ok(ring.release('b'));
  t.notOk(ring.release('b'));
  t.equal(ring.take('d'), '10.32.0.2');
  t.same(new Ring({ first: all.first, size: 5 }, ring.given()).given(), ring.given());
});

t.test('the HTTP API, as the plugin and people ask it', async (t) => {
  const state = {
    ring: new Ring(partOf(all, 1, 3)),
    peers: { targets: ['192.168.1.2', '192.168.1.4'], established: new Set(['192.168.1.4']) },
    cidr: '10.32.0.0/12',
  };
  t.same(answer('GET', '/ip/abc', state), { status: 404, text: '' });
  t.same(answer('POST', '/ip/abc', state), { status: 200, text: '10.40.0.1/12' });
  t.same(answer('POST', '/ip/abc?check-alive=true', state), { status: 200, text: '10.40.0.1/12' });
  t.same(answer('GET', '/ip/abc', state), { status: 200, text: '10.40.0.1/12' });
  t.equal(answer('DELETE', '/ip/abc', state).status, 204);
  t.same(answer('DELETE', '/ip/abc', state), { status: 400, text: 'Delete: no addresses for abc' });
  t.match(answer('GET', '/status', state).text, /Connections: 2 \(1 established\)/);
  t.equal(answer('GET', '/elsewhere', state).status, 404);
});
