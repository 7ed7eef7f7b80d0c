import t from 'tap';
import { tracedPath } from '../../../../src/core/diagnose/trace/trace.ts';
import { observe, policy } from '../../../support/observation.ts';
import { echo, recordingOf } from '../../../support/recording.ts';

/** red sends to green by blue, which has a tunnel for some senders and `wan` for the rest. */
function blueWith(from: string) {
  const observation = observe({
    red: {
      links: { eth0: { peer: 'blue:eth0', addresses: ['10.0.0.1/24'] } },
      routes: ['default via 10.0.0.2'],
    },
    blue: {
      sysctls: { 'net.ipv4.ip_forward': '1' },
      links: {
        eth0: { addresses: ['10.0.0.2/24'] },
        wan: { peer: 'green:wan', addresses: ['10.1.0.1/24'] },
        tunnel: { peer: 'green:tunnel', addresses: ['10.2.0.1/24'] },
      },
      routes: ['10.9.0.0/24 via 10.1.0.2 dev wan'],
      policies: [
        policy({ priority: 100, from, action: { kind: 'table', table: '50', suppressPrefix: null } }),
      ],
    },
    green: {
      links: {
        wan: { addresses: ['10.1.0.2/24'] },
        tunnel: { addresses: ['10.2.0.2/24'] },
        lan: { addresses: ['10.9.0.2/24'] },
      },
      routes: ['default via 10.1.0.1'],
    },
  });
  const { routes = [] } = observation.nodes.blue ?? {};
  const [main] = routes.filter(({ destination }) => destination === '10.9.0.0/24');
  if (main !== undefined) routes.push({ ...main, table: '50', dev: 'tunnel', via: '10.2.0.2' });
  return observation;
}

const endWith = (from: string) =>
  tracedPath(
    recordingOf({
      observation: blueWith(from),
      request: { from: 'red', to: '10.9.0.2', probe: { kind: 'icmp' } },
      frames: [
        echo({ time: 1_000n, node: 'red', link: 'eth0', way: 'out' }, { destination: '0a090002' }),
        echo({ time: 2_000n, node: 'blue', link: 'eth0', way: 'host' }, { destination: '0a090002' }),
      ],
    }),
  ).end;

t.test('the next place of a lost packet is where the routing policy sends it', async (t) => {
  t.match(endWith('10.0.0.1/32'), { kind: 'lost', text: { en: /expected next at blue:tunnel/ } });
  t.match(endWith('10.0.0.7/32'), { kind: 'lost', text: { en: /expected next at blue:wan/ } }, 'for others');
});
