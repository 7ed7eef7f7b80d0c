import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';
import { certificateRights } from './rights-certificates.ts';
import { nameRights } from './rights-names.ts';
import { pathRights } from './rights-paths.ts';
import { programRights } from './rights-programs.ts';
import { spreadRights } from './rights-spreads.ts';
import { wireRights } from './rights-wire.ts';

const control = { from: 'host', to: '192.168.1.3' };

/** Checks of every kind that pass on the documents' network. */
export function rights(): Verdict[] {
  const world = namespaces().node('red', { neighbours: ['192.168.15.2 veth-red 02:00:00:00:00:07 STALE'] });
  return [
    ask(world, 'netns', { name: 'red', absent: false }),
    ask(world, 'netns', { name: 'green', absent: true }),
    ask(world, 'link', {
      on: 'red',
      name: 'veth-red',
      absent: false,
      kind: 'veth',
      up: true,
      carrier: true,
      peer: 'host:veth-red-br',
    }),
    ask(world, 'link', { on: 'host', name: 'veth-red-br', absent: false, master: 'v-net-0' }),
    ask(world, 'link', { on: 'host', name: 'veth-red', absent: true }),
    ask(world, 'link', { on: 'red', name: 'lo', absent: false, up: false }),
    ask(world, 'address', { on: 'host', address: '192.168.15.5/24', dev: 'v-net-0', absent: false }),
    ask(world, 'address', { on: 'host', address: '192.168.15.5/24', absent: false }),
    ask(world, 'address', { on: 'host', address: '192.168.15.9/24', absent: true }),
    ask(world, 'route', {
      on: 'blue',
      to: '192.168.1.3',
      via: '192.168.15.5',
      dev: 'veth-blue',
      absent: false,
    }),
    ask(world, 'route', { on: 'blue', to: 'default', via: '192.168.15.5', absent: false }),
    ask(world, 'route', { on: 'red', to: '192.168.1.3', absent: true }),
    ask(world, 'neighbour', { on: 'red', address: '192.168.15.2', absent: false }),
    ask(world, 'neighbour', { on: 'host', address: '192.168.15.2', absent: true }),
    ask(world, 'sysctl', { on: 'host', key: 'net/ipv4/ip_forward', value: '1' }),
    ask(world, 'rule', {
      on: 'host',
      like: 'iptables -t nat -A POSTROUTING -j MASQUERADE --source 192.168.15.0/255.255.255.0',
      absent: false,
    }),
    ask(world, 'rule', { on: 'host', like: '-A FORWARD -j DROP', absent: true }),
    ask(
      world,
      'ping',
      { from: 'red', to: '192.168.15.2', expect: 'reply' },
      { outcomes: [outcome('reply')] },
    ),
    ask(
      world,
      'ping',
      { from: 'red', to: '8.8.8.8', expect: 'no-route', control },
      { outcomes: [outcome('no-route'), outcome('reply')] },
    ),
    ask(
      namespaces().node('host', { rules: {} }),
      'ping',
      { from: 'blue', to: '192.168.1.3', expect: 'reply-not-routed', control },
      { outcomes: [outcome('silence'), outcome('reply')] },
    ),
    ask(
      namespaces().link('red', 'veth-red', { addresses: [] }),
      'ping',
      { from: 'red', to: '192.168.15.2', expect: 'no-route', control },
      { outcomes: [outcome('no-route'), outcome('reply')] },
    ),
    ask(
      world,
      'http',
      {
        from: 'blue',
        url: 'http://192.168.1.3/',
        expect: 'answer',
        status: 200,
        body: 'host=lan',
        client: '192.168.1.2',
      },
      { outcomes: [outcome('answer', { status: 200, body: 'host=lan\nclient_address=192.168.1.2\n' })] },
    ),
    ask(
      world,
      'http',
      { from: 'lan', url: 'http://192.168.1.2/', expect: 'no-listener', status: 200, control },
      { outcomes: [outcome('rejected'), outcome('reply')] },
    ),
    ask(
      world,
      'seen',
      { from: 'blue', to: '192.168.1.3', at: 'lan', source: '192.168.1.2' },
      { outcomes: [outcome('reply', { sources: ['192.168.1.2'] })] },
    ),
    ask(
      world,
      'process',
      { on: 'red', pid: 1 },
      { processes: [{ pids: [40, 1], command: 'sleep infinity', node: 'red' }] },
    ),
    ...nameRights(),
    ...programRights(),
    ...pathRights(),
    ...spreadRights(),
    ...wireRights(),
    ...certificateRights(),
  ];
}
