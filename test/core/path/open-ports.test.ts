import t from 'tap';
import { unanswered } from '../../../src/core/path/model/arrival.ts';
import { observe } from '../../support/observation.ts';

t.test('the ports that are open beside a closed one are those of programs', async (t) => {
  const { n } = observe({
    n: {
      links: {
        eth0: { addresses: ['10.0.0.1/24'] },
        vx: { kind: 'vxlan', details: { id: '7', dstport: '4789' } },
        wg: { kind: 'wireguard', details: { 'listen-port': '51820' } },
      },
      listeners: ['udp 0.0.0.0:4789', 'udp 0.0.0.0:51820', 'udp 0.0.0.0:53'],
    },
  }).nodes;
  if (n === undefined) throw new Error('no node');
  const headers = {
    ...{ source: '10.0.0.2', destination: '10.0.0.1', protocol: 'udp' as const },
    ...{ sourcePort: 4000, destinationPort: 80 },
  };
  t.match(unanswered('n', n, headers, 'eth0'), { reason: 'no-listener', values: { openPort: '53' } });
  const bare = { ...n, listeners: n.listeners.filter(({ port }) => port !== 53) };
  t.equal(unanswered('n', bare, headers, 'eth0')?.values.openPorts, undefined);
});
