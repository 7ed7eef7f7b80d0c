import { ask } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import type { Wrong } from './wrong.ts';

/** Namespaces and links. */
export const wrongLinks: Wrong[] = [
  ['no namespace', 'fail netns-missing gray', ask(namespaces(), 'netns', { name: 'gray', absent: false })],
  [
    'no container of that name runs',
    'fail container-missing web',
    ask(namespaces().link('host', 'docker0', {}), 'link', { on: 'web', name: 'eth0', absent: false }),
  ],
  [
    'no pod of that name runs',
    'fail pod-missing web',
    ask(namespaces().node('host', { rules: { mangle: ['-N KUBE-PROXY-CANARY'] } }), 'link', {
      on: 'web',
      name: 'eth0',
      absent: false,
    }),
  ],
  [
    'a namespace left over',
    'fail netns-present red',
    ask(namespaces(), 'netns', { name: 'red', absent: true }),
  ],
  [
    'another host is no namespace',
    'fail netns-missing lan',
    ask(namespaces(), 'netns', { name: 'lan', absent: false }),
  ],
  [
    'a link asked in no namespace',
    'fail netns-missing gray',
    ask(namespaces(), 'link', { on: 'gray', name: 'lo', absent: true }),
  ],
  [
    'the wrong end was moved: the other is still in the host',
    'fail link-missing blue',
    ask(namespaces().without('blue', 'veth-blue').link('host', 'veth-blue', { up: false }), 'link', {
      on: 'blue',
      name: 'veth-blue',
      absent: false,
    }),
  ],
  [
    'no such link anywhere',
    'fail link-missing red',
    ask(namespaces(), 'link', { on: 'red', name: 'eth0', absent: false }),
  ],
  [
    'no end of a pair anywhere',
    'fail link-missing red',
    ask(namespaces(), 'link', { on: 'red', name: 'eth0', absent: false, peer: 'blue:eth0' }),
  ],
  [
    'a link left over',
    'fail link-present red',
    ask(namespaces(), 'link', { on: 'red', name: 'veth-red', absent: true }),
  ],
  [
    'no bridge',
    'fail wrong-kind host',
    ask(namespaces(), 'link', { on: 'host', name: 'eth0', absent: false, kind: 'bridge' }),
  ],
  [
    'another peer',
    'fail wrong-peer red',
    ask(namespaces(), 'link', {
      on: 'red',
      name: 'veth-red',
      absent: false,
      up: true,
      peer: 'blue:veth-blue',
    }),
  ],
  [
    'down',
    'fail link-down red',
    ask(namespaces().link('red', 'veth-red', { up: false }), 'link', {
      on: 'red',
      name: 'veth-red',
      absent: false,
      up: true,
    }),
  ],
  [
    'up',
    'fail link-up red',
    ask(namespaces(), 'link', { on: 'red', name: 'veth-red', absent: false, up: false }),
  ],
  [
    'only the inner end is up',
    'fail no-carrier red',
    ask(namespaces().link('host', 'veth-red-br', { up: false }), 'link', {
      on: 'red',
      name: 'veth-red',
      absent: false,
      up: true,
      carrier: true,
    }),
  ],
  [
    'not plugged into the bridge',
    'fail not-attached host',
    ask(namespaces().link('host', 'veth-red-br', { master: '' }), 'link', {
      on: 'host',
      name: 'veth-red-br',
      absent: false,
      master: 'v-net-0',
    }),
  ],
];
