import { ask } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import type { Wrong } from './wrong.ts';

/** Addresses and neighbours. */
export const wrongAddresses: Wrong[] = [
  [
    'no address',
    'fail no-address blue',
    ask(namespaces().link('blue', 'veth-blue', { addresses: [] }), 'address', {
      on: 'blue',
      address: '192.168.15.2/24',
      dev: 'veth-blue',
      absent: false,
    }),
  ],
  [
    'the address is elsewhere',
    'fail no-address blue',
    ask(namespaces(), 'address', { on: 'blue', address: '192.168.15.1/24', absent: false }),
  ],
  [
    'an address left over',
    'fail address-present blue',
    ask(namespaces(), 'address', { on: 'blue', address: '192.168.15.2/24', absent: true }),
  ],
  [
    'without /24',
    'fail wrong-prefix red',
    ask(namespaces().link('red', 'veth-red', { addresses: ['192.168.15.1'] }), 'address', {
      on: 'red',
      address: '192.168.15.1/24',
      dev: 'veth-red',
      absent: false,
    }),
  ],
  [
    'on another link',
    'fail wrong-device host',
    ask(
      namespaces()
        .link('host', 'v-net-0', { addresses: [] })
        .link('host', 'eth0', { addresses: ['192.168.1.2/24', '192.168.15.5/24'] }),
      'address',
      {
        on: 'host',
        address: '192.168.15.5/24',
        dev: 'v-net-0',
        absent: false,
      },
    ),
  ],
  [
    'an address asked on a link that is elsewhere',
    'fail link-missing blue',
    ask(namespaces(), 'address', { on: 'blue', address: '192.168.15.2/24', dev: 'veth-red', absent: false }),
  ],
  [
    'a neighbour unknown',
    'fail neighbour-missing red',
    ask(namespaces(), 'neighbour', { on: 'red', address: '192.168.15.2', absent: false }),
  ],
  [
    'a neighbour that does not answer',
    'fail neighbour-missing red',
    ask(namespaces().node('red', { neighbours: ['192.168.15.2 veth-red - FAILED'] }), 'neighbour', {
      on: 'red',
      address: '192.168.15.2',
      absent: false,
    }),
  ],
  [
    'a neighbour known',
    'fail neighbour-present host',
    ask(
      namespaces().node('host', { neighbours: ['192.168.15.2 v-net-0 02:00:00:00:00:07 STALE'] }),
      'neighbour',
      {
        on: 'host',
        address: '192.168.15.2',
        absent: true,
      },
    ),
  ],
];
