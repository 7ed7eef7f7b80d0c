import type { Lab } from '../../src/core/lab/lab.ts';

/** A small lab for tests of the API and the command line. */
export const lab: Lab = {
  id: 'network-namespaces',
  track: 'foundations',
  title: { en: 'Network namespaces', ko: '네트워크 네임스페이스' },
  summary: { en: 'Isolate, connect, reach.', ko: '격리하고, 잇고, 닿는다.' },
  documents: [{ file: '004.txt', section: '201' }],
  minutes: 10,
  prerequisites: [],
  machine: { root: 64, memory: 512 },
  requires: ['bridge', 'nat'],
  topology: {
    nodes: [
      { name: 'host', kind: 'machine', title: null, service: null, sysctls: {}, routes: [], run: [] },
      {
        name: 'lan',
        kind: 'host',
        title: { en: 'LAN host', ko: 'LAN 호스트' },
        service: 'http',
        sysctls: { 'net.ipv4.ip_forward': '1' },
        routes: ['default via 192.168.1.2'],
        run: [],
      },
    ],
    bridges: [{ name: 'v-net-0', node: 'host', addresses: ['192.168.15.5/24'] }],
    links: [
      {
        ends: [
          { node: 'host', link: 'eth0', addresses: ['192.168.1.2/24'], master: null },
          { node: 'lan', link: 'eth0', addresses: ['192.168.1.3/24'], master: null },
        ],
      },
    ],
  },
  steps: [
    {
      id: 'isolation',
      solution: [{ on: 'host', run: 'ip netns add red' }],
      checks: [{ id: 'red', kind: 'netns', args: { name: 'red', absent: false }, needs: [], until: null }],
      predict: [
        {
          id: 'who-has-red',
          ask: { en: 'Which of the two is there?', ko: '둘 중 무엇이 있을까요?' },
          after: [],
          before: [],
          answer: {
            kind: 'which',
            checks: [
              { id: 'red', kind: 'netns', args: { name: 'red', absent: false }, needs: [], until: null },
              { id: 'blue', kind: 'netns', args: { name: 'blue', absent: false }, needs: [], until: null },
            ],
          },
          choices: [
            { value: 'red', text: { en: 'the namespace red', ko: 'red 네임스페이스' } },
            { value: 'blue', text: { en: 'the namespace blue', ko: 'blue 네임스페이스' } },
            { value: 'none', text: { en: 'none of them', ko: '해당 없음' } },
          ],
          expected: null,
        },
      ],
      faults: [
        {
          id: 'wrong-name',
          lines: [{ on: 'host', run: 'ip netns add rad' }],
          changes: [{ line: 0, on: 'host', run: 'ip netns add rad' }],
          refused: [],
          fails: 'red',
          reason: 'netns-missing',
        },
      ],
    },
    {
      id: 'veth-pair',
      solution: [
        { on: 'host', run: 'ip link add veth-red type veth peer name veth-blue' },
        { on: 'red', run: 'ip link set lo up' },
      ],
      checks: [
        {
          id: 'pair',
          kind: 'link',
          args: { on: 'red', name: 'veth-red', absent: false, up: true },
          needs: [],
          until: null,
        },
        {
          id: 'reply',
          kind: 'ping',
          args: { from: 'red', to: '192.168.15.2', expect: 'reply' },
          needs: ['pair'],
          until: null,
        },
      ],
      predict: [],
      faults: [],
    },
  ],
  view: { host: [0, 0], lan: [1, 0] },
  prose: {
    en: {
      intro: 'About isolation.',
      steps: {
        isolation: {
          title: 'Isolation',
          body: 'A namespace has **its own** links.\n\n```sh host\nip netns add red\n```\n\n- first `ip netns`\n- then look',
        },
        'veth-pair': { title: 'A virtual cable', body: 'Two ends.' },
      },
    },
    ko: {
      intro: '격리에 대하여.',
      steps: {
        isolation: {
          title: '격리',
          body: '네임스페이스는 **자기** 링크를 가진다.\n\n```sh host\nip netns add red\n```',
        },
        'veth-pair': { title: '가상 케이블', body: '양쪽 끝.' },
      },
    },
  },
};
