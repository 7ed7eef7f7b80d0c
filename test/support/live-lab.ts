import type { Lab } from '../../src/core/lab/lab.ts';
import { resolve } from '../../src/core/lab/resolve.ts';
import { labSchema } from '../../src/core/lab/schema.ts';

const text = (word: string) => ({ en: word, ko: word });

/** A node on a cable, and a check of each kind of state, all of which hold; then a step that is not done. */
export function liveLab(): Lab {
  const { lab } = resolve(
    labSchema.parse({
      hoplab: 1,
      id: 'live',
      title: text('Live'),
      summary: text('Live'),
      documents: [],
      minutes: 1,
      topology: {
        nodes: {
          host: { sysctls: { 'net.ipv4.ip_forward': 1 } },
          far: { kind: 'host', title: text('Far'), routes: ['default via 10.0.0.1'], service: 'http' },
          red: { kind: 'netns' },
        },
        links: [
          { ends: ['host:eth0 10.0.0.1/24', 'far:eth0 10.0.0.2/24'] },
          { ends: ['host:veth-red-h 10.0.1.1/24', 'red:veth-red 10.0.1.2/24'] },
        ],
      },
      steps: [
        {
          id: 'built',
          solution: [{ on: 'host', run: 'true' }],
          checks: [
            { id: 'netns', netns: { name: 'red' } },
            { id: 'link', link: { on: 'red', name: 'veth-red', carrier: true } },
            { id: 'address', address: { on: 'host', address: '10.0.0.1/24' } },
            { id: 'route', route: { on: 'far', to: '10.0.1.2', via: '10.0.0.1' } },
            { id: 'sysctl', sysctl: { on: 'host', key: 'net.ipv4.ip_forward', value: '1' } },
            { id: 'setting', sysctl: { on: 'red', key: 'net.ipv4.icmp_echo_ignore_all', value: '0' } },
            { id: 'rule', rule: { on: 'host', like: '-A FORWARD -s 10.9.9.9/32 -j DROP', absent: true } },
            { id: 'file', file: { on: 'far', hosts: { address: '10.0.0.1', name: 'near' }, absent: true } },
            { id: 'listener', listener: { on: 'far', port: 80 } },
            { id: 'process', process: { on: 'far', name: 'nginx' } },
            { id: 'neighbour', neighbour: { on: 'host', address: '10.0.0.77', absent: true } },
            { id: 'reach', ping: { from: 'host', to: '10.0.0.2' } },
            { id: 'web', http: { from: 'host', url: 'http://10.0.0.2/' } },
          ],
        },
        {
          id: 'later',
          solution: [{ on: 'host', run: 'ip netns add green' }],
          checks: [{ id: 'green', netns: { name: 'green' } }],
        },
      ],
    }),
    'test',
  );
  const step = { title: 'A step', body: '' };
  const prose = { intro: '', steps: { built: step, later: step } };
  return { ...lab, prose: { en: prose, ko: prose } };
}
