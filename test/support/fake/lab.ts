import type { Lab } from '../../../src/core/lab/lab.ts';
import { resolve } from '../../../src/core/lab/resolve.ts';
import { labSchema } from '../../../src/core/lab/schema.ts';

const text = (word: string) => ({ en: word, ko: word });

/** Three steps of which the first is done from the start; every line is one that a fake machine understands. */
export function unitLab(): Lab {
  const { lab } = resolve(
    labSchema.parse({
      hoplab: 1,
      id: 'unit',
      title: text('Unit'),
      summary: text('Unit'),
      documents: [],
      minutes: 1,
      topology: {
        nodes: { far: { kind: 'host', title: text('Far') }, red: { kind: 'netns' } },
        links: [{ ends: ['host:eth0 10.0.0.1/24', 'far:eth0 10.0.0.2/24'] }],
      },
      steps: [
        {
          id: 'cable',
          solution: [{ on: 'host', run: 'true' }],
          checks: [
            { id: 'link', link: { on: 'host', name: 'eth0', up: true } },
            { id: 'red', netns: { name: 'red' } },
            { id: 'reach', needs: ['link'], ping: { from: 'host', to: '10.0.0.2' } },
          ],
        },
        {
          id: 'green',
          solution: [{ on: 'host', run: 'ip netns add green' }],
          checks: [{ id: 'green', netns: { name: 'green' } }],
          faults: [
            {
              id: 'other-name',
              change: [{ line: 1, run: 'ip netns add grean' }],
              fails: 'green',
              reason: 'netns-missing',
            },
          ],
        },
        {
          id: 'forwarding',
          solution: [{ on: 'host', run: 'sysctl -qw net.ipv4.ip_forward=1' }],
          checks: [{ id: 'sysctl', sysctl: { on: 'host', key: 'net.ipv4.ip_forward', value: '1' } }],
        },
      ],
    }),
    'test',
  );
  const step = { title: 'A step', body: '' };
  const prose = { intro: '', steps: { cable: step, green: step, forwarding: step } };
  return { ...lab, prose: { en: prose, ko: prose } };
}
