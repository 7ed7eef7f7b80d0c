import type { Observation } from '../../src/core/state/observation.ts';

/** What a kernel could say: two nodes joined by a veth pair, NAT and a listener on `host`. */
export const observation: Observation = {
  nodes: {
    host: {
      kind: 'machine',
      links: [
        {
          name: 'eth0',
          index: 2,
          kind: 'veth',
          mac: '02:00:00:00:00:01',
          mtu: 1500,
          up: true,
          carrier: true,
          master: null,
          peer: { node: 'lan', link: 'eth0' },
          addresses: [{ family: 'ipv4', address: '192.168.1.2', prefix: 24, scope: 'global' }],
        },
      ],
      routes: [
        {
          family: 'ipv4',
          table: 'main',
          type: 'unicast',
          destination: '192.168.1.0/24',
          via: null,
          dev: 'eth0',
          source: '192.168.1.2',
          metric: 0,
          scope: 'link',
          protocol: 'kernel',
          text: '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.2',
        },
        {
          family: 'ipv4',
          table: 'local',
          type: 'local',
          destination: '192.168.1.2/32',
          via: null,
          dev: 'eth0',
          source: '192.168.1.2',
          metric: 0,
          scope: 'host',
          protocol: 'kernel',
          text: 'local 192.168.1.2 dev eth0 proto kernel scope host src 192.168.1.2',
        },
      ],
      neighbours: [{ address: '192.168.1.3', dev: 'eth0', mac: '02:00:00:00:00:02', state: 'REACHABLE' }],
      sysctls: { 'net.ipv4.ip_forward': '1' },
      rules: {
        ipv4: '*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE\nCOMMIT\n',
        ipv6: '',
      },
      listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 80, process: 'nginx' }],
    },
    lan: {
      kind: 'host',
      links: [
        {
          name: 'eth0',
          index: 2,
          kind: 'veth',
          mac: '02:00:00:00:00:02',
          mtu: 1500,
          up: false,
          carrier: false,
          master: null,
          peer: { node: 'host', link: 'eth0' },
          addresses: [],
        },
      ],
      routes: [],
      neighbours: [],
      sysctls: {},
      rules: { ipv4: '', ipv6: '' },
      listeners: [],
    },
  },
};
