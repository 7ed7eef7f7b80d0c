import t from 'tap';
import { keyTo } from '../../../src/core/path/model/policy.ts';
import { routing } from '../../../src/core/path/model/routing.ts';
import { policyOf } from '../../../src/kernel/observe/policies.ts';
import { routeOf } from '../../../src/kernel/observe/routes.ts';
import { observe } from '../../support/observation.ts';

/** As the kernel answered `ip route get 10.9.0.1 tos TOS` with these routes. */
t.test(
  'a route of a type of service is for packets of that one, by the three bits that IPv4 compares',
  async (t) => {
    const via = (gateway: string, tos?: string) =>
      routeOf({
        family: 'ipv4',
        dst: '10.9.0.0/24',
        gateway,
        dev: 'd0',
        ...(tos === undefined ? {} : { tos }),
      });
    const routes = [
      via('10.0.0.2', '0x10'),
      via('10.0.0.3', '0x1c'),
      via('10.0.0.4', '0xb8'),
      via('10.0.0.7'),
    ];
    const { n } = observe({ n: { links: { d0: {} } } }).nodes;
    if (n === undefined) throw new Error('no node');
    const node = { ...n, routes };
    const asked = (tos: number) => {
      const routed = routing(node, { ...keyTo('10.9.0.1'), tos });
      return routed.kind === 'route' ? routed.route.via : routed.kind;
    };
    t.equal(asked(0), '10.0.0.7');
    t.equal(asked(0x10), '10.0.0.2');
    t.equal(asked(0x11), '10.0.0.2', 'not the bits for congestion');
    t.equal(asked(0x30), '10.0.0.2', 'nor the first three');
    t.equal(asked(0xfc), '10.0.0.3');
    t.equal(asked(0xb8), '10.0.0.7', 'so a route for EF is for no packet');
    t.equal(routes[0]?.text, '10.9.0.0/24 tos 0x10 via 10.0.0.2 dev d0');

    const rule = policyOf({ priority: 50, src: 'all', tos: '0x10', action: 'prohibit' }, 'ipv4');
    const refused = (tos: number) =>
      routing({ ...node, policies: [rule] }, { ...keyTo('10.9.0.1'), tos }).kind;
    t.equal(refused(0x30), 'refused');
    t.equal(refused(0x08), 'none');
  },
);
