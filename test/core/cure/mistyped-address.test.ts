import t from 'tap';
import { mistypedAddress } from '../../../src/core/cure/mistyped-address.ts';
import { cure } from '../../../src/core/explain/explain.ts';
import type { Lab } from '../../../src/core/lab/lab.ts';
import { ask } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

/** The cure where host:eth0 should have 192.168.1.7/24 and has these, in a lab that types these lines. */
function curedBy(addresses: string[], ...lines: string[]): string {
  const world = namespaces().link('host', 'eth0', { addresses });
  const steps = [{ solution: lines.map((run) => ({ on: 'host', run })) }];
  const lab = { topology: { links: [{ ends: ['lan:eth0 192.168.1.3/24'] }] }, steps } as unknown as Lab;
  const verdict = ask(world, 'address', {
    on: 'host',
    address: '192.168.1.7/24',
    dev: 'eth0',
    absent: false,
  });
  t.equal(verdict.reason, 'no-address');
  const values = { ...verdict.values, ...mistypedAddress(lab, observe(world.spec), verdict) };
  const { cure: _, ...judged } = verdict;
  return cure({ ...judged, values })
    .map(({ run }) => run)
    .join('; ');
}

t.test('an address that was mistyped goes before the right one comes', async (t) => {
  const add = 'ip addr add 192.168.1.7/24 dev eth0';
  t.equal(curedBy(['192.168.1.8/24']), `ip addr del 192.168.1.8/24 dev eth0; ${add}`);
  t.equal(curedBy(['192.168.1.8/24'], 'ip addr add 192.168.1.8/24 dev eth0'), add, 'the lab gives it');
  t.equal(curedBy(['10.0.0.1/24']), add, 'of another network');
  t.equal(curedBy(['192.168.1.8/24', '192.168.1.9/24']), add, 'either may be the one');
  t.equal(curedBy([]), add, 'none');
});
