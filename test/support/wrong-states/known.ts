import type { Line } from '../../../src/core/lab/lab.ts';
import type { ShellCheck } from './shell.ts';

/** A wrong state of a finished lab that chance seldom finds, and the expected answer to each question. */
export interface KnownState {
  lab: string;
  lines: Line[];
  /** `pass`, or the reason and the node. */
  verdicts: [asked: ShellCheck, verdict: string][];
}

const question = { needs: [], until: null };
const ping = (from: string, to: string): ShellCheck => ({
  ...{ id: `${from} ${to}`, kind: 'ping', args: { from, to, expect: 'reply' } },
  ...question,
});
const tcp = (from: string, to: string, port: number): ShellCheck => ({
  ...{ id: `${from} ${to} ${port}`, kind: 'tcp', args: { from, to, port, expect: 'accepted' } },
  ...question,
});

export const knownStates: Record<string, KnownState> = {
  'an IPv6 sender that lost its address sends from the link-local one': {
    lab: 'network-namespaces-ipv6',
    lines: [{ on: 'blue', run: 'ip addr del fd00:15::2/64 dev veth-blue' }],
    verdicts: [
      [ping('blue', 'fd00:1::3'), 'no-address blue'],
      [tcp('blue', 'fd00:1::3', 80), 'no-address blue'],
      // Nothing is forwarded on the way to the gateway's own addresses.
      [ping('blue', 'fd00:1::2'), 'pass'],
      [ping('blue', 'fd00:15::1'), 'no-address blue'],
      [ping('red', 'fd00:15::2'), 'neighbour-silent red'],
    ],
  },
  'the same, and the router forwards nothing either': {
    lab: 'network-namespaces-ipv6',
    lines: [
      { on: 'blue', run: 'ip addr del fd00:15::2/64 dev veth-blue' },
      { on: 'host', run: 'sysctl -qw net.ipv6.conf.all.forwarding=0' },
    ],
    verdicts: [[ping('blue', 'fd00:1::3'), 'no-address blue']],
  },
};
