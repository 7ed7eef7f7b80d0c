import t from 'tap';
import { neighbour } from '../../../src/core/path/model/neighbour.ts';
import { type LinkSpec, observe } from '../../support/observation.ts';

/** a at br0, b at br1, both of node h. */
function asked(own: string, other: string, bridges: [LinkSpec, LinkSpec] = [{}, {}]) {
  const observation = observe({
    a: { links: { eth0: { peer: 'h:pa', addresses: [own] } } },
    b: { links: { eth0: { peer: 'h:pb', addresses: [other] } } },
    h: {
      links: {
        br0: { kind: 'bridge', ...bridges[0] },
        br1: { kind: 'bridge', ...bridges[1] },
        pa: { master: 'br0' },
        pb: { master: 'br1' },
      },
    },
  });
  const found = neighbour(observation, { node: 'a', link: 'eth0' }, other.split('/')[0] ?? '');
  return found.kind === 'finding' ? `${found.finding.reason} ${found.finding.object}` : found.kind;
}

t.test('two nodes of one network at two bridges of one node', async (t) => {
  t.equal(asked('10.0.0.1/24', '10.0.0.2/24'), 'not-attached pb');
  const first: LinkSpec = { addresses: ['10.0.0.254/24'] };
  t.equal(asked('10.0.0.1/24', '10.0.0.2/24', [first, {}]), 'not-attached pb');
  t.equal(asked('10.0.0.1/24', '10.0.0.2/24', [{}, first]), 'not-attached pa', 'to the one of the network');
});

t.test('none where an address may be what is wrong', async (t) => {
  t.equal(asked('10.0.0.1/16', '10.0.1.2/24'), 'neighbour-silent 10.0.1.2', 'a prefix that is too wide');
  const router: [LinkSpec, LinkSpec] = [{ addresses: ['10.0.0.254/24'] }, { addresses: ['10.0.1.254/24'] }];
  t.equal(asked('10.0.0.1/24', '10.0.0.2/24', router), 'neighbour-silent 10.0.0.2', 'a router');
});
