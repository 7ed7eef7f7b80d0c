import t from 'tap';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { observe } from '../../support/observation.ts';

/** a - r - b; r has this rule in the table raw, and these routes besides. */
const end = (rule: string, routes: string[], source?: string) =>
  firstTrouble(
    walk(
      observe({
        a: {
          links: { eth0: { peer: 'r:e1', addresses: ['10.0.1.2/24', '10.0.7.9/32'] } },
          routes: ['default via 10.0.1.1'],
        },
        r: {
          sysctls: { 'net.ipv4.ip_forward': '1' },
          links: { e1: { addresses: ['10.0.1.1/24'] }, e2: { peer: 'b:eth0', addresses: ['10.0.2.1/24'] } },
          routes,
          rules: { raw: [':PREROUTING ACCEPT', rule] },
        },
        b: { links: { eth0: { addresses: ['10.0.2.2/24'] } }, routes: ['default via 10.0.2.1'] },
      }),
      {
        ...{ from: 'a', to: '10.0.2.2', protocol: 'icmp', port: null },
        ...(source === undefined ? {} : { source }),
      },
    ),
  );

const strict = '-A PREROUTING -m rpfilter --invert -j DROP';
const loose = '-A PREROUTING -m rpfilter --loose --invert -j DROP';

t.test('rpfilter: the way back leads elsewhere, or nowhere', async (t) => {
  t.equal(end(strict, []), null, 'the way back is the way there');
  t.match(end(strict, ['10.0.1.2/32 dev e2']), { reason: 'dropped-by-rule', node: 'r', object: strict });
  t.notMatch(end(loose, ['10.0.1.2/32 dev e2']), { object: loose }, 'any way back is enough');
  t.match(end(strict, [], '10.0.7.9'), { reason: 'dropped-by-rule', node: 'r' });
  t.match(
    end(loose, [], '10.0.7.9'),
    { reason: 'dropped-by-rule', node: 'r' },
    'loose asks for any way back',
  );
  t.match(
    end('-A PREROUTING -m rpfilter -j DROP', []),
    { reason: 'dropped-by-rule' },
    'what has one, uninverted',
  );
});
