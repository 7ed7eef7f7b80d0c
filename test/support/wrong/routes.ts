import { ask } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import type { Wrong } from './wrong.ts';

const masquerade = '-t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE';
const off = { sysctls: { 'net.ipv4.ip_forward': '0' } };

/** Routes, settings and rules. */
export const wrongRoutes: Wrong[] = [
  [
    'no route',
    'fail no-route red',
    ask(namespaces(), 'route', { on: 'red', to: '192.168.1.3', via: '192.168.15.5', absent: false }),
  ],
  [
    'a route to a network misspelt',
    'fail no-route red',
    ask(namespaces().node('red', { routes: ['192.168.11.0/24 via 192.168.15.5 dev veth-red'] }), 'route', {
      ...{ on: 'red', to: '192.168.1.3', via: '192.168.15.5', absent: false },
    }),
  ],
  [
    'no route because the link is down',
    'fail link-down red',
    ask(namespaces().link('red', 'veth-red', { up: false }), 'route', {
      on: 'red',
      to: '192.168.15.2',
      absent: false,
    }),
  ],
  [
    'a route left over',
    'fail route-present blue',
    ask(namespaces(), 'route', { on: 'blue', to: '8.8.8.8', absent: true }),
  ],
  [
    'another gateway',
    'fail wrong-gateway blue',
    ask(namespaces().node('blue', { routes: ['default via 192.168.15.1'] }), 'route', {
      on: 'blue',
      to: '8.8.8.8',
      via: '192.168.15.5',
      absent: false,
    }),
  ],
  [
    'its own address as gateway',
    'fail wrong-gateway blue',
    ask(namespaces().node('blue', { routes: ['default via 192.168.15.2 dev veth-blue'] }), 'route', {
      on: 'blue',
      to: '8.8.8.8',
      via: '192.168.15.5',
      absent: false,
    }),
  ],
  [
    'another link, for the right one is down',
    'fail link-down host',
    ask(namespaces().link('host', 'v-net-0', { up: false }), 'route', {
      on: 'host',
      to: '192.168.15.1',
      dev: 'v-net-0',
      absent: false,
    }),
  ],
  [
    'no gateway at all',
    'fail wrong-gateway blue',
    ask(namespaces().node('blue', { routes: ['default dev veth-blue'] }), 'route', {
      on: 'blue',
      to: '8.8.8.8',
      via: '192.168.15.5',
      absent: false,
    }),
  ],
  [
    'another link',
    'fail wrong-device host',
    ask(namespaces(), 'route', { on: 'host', to: '192.168.15.1', dev: 'eth0', absent: false }),
  ],
  [
    'a route that refuses',
    'fail route-refuses blue',
    ask(namespaces().node('blue', { routes: ['unreachable 8.8.8.0/24'] }), 'route', {
      on: 'blue',
      to: '8.8.8.8',
      absent: false,
    }),
  ],
  [
    'a setting',
    'fail wrong-value host',
    ask(namespaces().node('host', off), 'sysctl', { on: 'host', key: 'net.ipv4.ip_forward', value: '1' }),
  ],
  [
    'a setting nobody read',
    'could-not-check tool-failed host',
    ask(namespaces(), 'sysctl', { on: 'host', key: 'net.ipv4.tcp_rmem', value: '1' }),
  ],
  [
    'no rule',
    'fail rule-missing host',
    ask(namespaces().node('host', { rules: {} }), 'rule', { on: 'host', like: masquerade, absent: false }),
  ],
  [
    'the rule for another source',
    'fail rule-missing host',
    ask(
      namespaces().node('host', { rules: { nat: ['-A POSTROUTING -s 192.168.1.0/24 -j MASQUERADE'] } }),
      'rule',
      {
        on: 'host',
        like: masquerade,
        absent: false,
      },
    ),
  ],
  [
    'the rule in another chain',
    'fail rule-missing host',
    ask(
      namespaces().node('host', { rules: { filter: ['-A INPUT -p tcp -m tcp --dport 80 -j DROP'] } }),
      'rule',
      {
        on: 'host',
        like: 'iptables -A FORWARD -p tcp --dport 80 -j DROP',
        absent: false,
      },
    ),
  ],
  [
    'a rule left over',
    'fail rule-present host',
    ask(namespaces(), 'rule', { on: 'host', like: masquerade, absent: true }),
  ],
];
