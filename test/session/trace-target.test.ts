import t from 'tap';
import { traceTarget } from '../../src/session/trace-target.ts';
import { sh, workplace } from '../support/machines.ts';

t.test('a name server that does not answer is not taken for a name that is not there', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const asked = (probe: Parameters<typeof traceTarget>[1]['probe']) =>
      traceTarget(machine, { from: 'host', to: probe.kind === 'http' ? null : 'shop', probe } as never);
    await sh(machine, 'echo nameserver 127.0.0.9 > /etc/resolv.conf');
    const mute = /host cannot find out the address of shop: its name server 127\.0\.0\.9 does not answer/;
    await t.rejects(asked({ kind: 'icmp' }), { message: mute });
    await t.rejects(asked({ kind: 'http', url: 'http://shop/', port: 80 }), { message: mute });
    await sh(machine, ': > /etc/resolv.conf');
    await t.rejects(
      asked({ kind: 'icmp' }),
      { message: /its name server (127\.0\.0\.1|::1) does not/ },
      'without one the node itself is asked',
    );
    await sh(machine, 'echo 192.0.2.7 shop >> /etc/hosts');
    t.equal(await asked({ kind: 'icmp' }), '192.0.2.7', 'a name that is there');
    await machine.destroy();
  }),
);
