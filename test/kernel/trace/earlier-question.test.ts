import t from 'tap';
import { waitedForEarlier } from '../../../src/core/diagnose/trace/earlier-question.ts';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import { tracePacket } from '../../../src/session/tracer.ts';
import { chain } from '../../support/chain.ts';
import { sh, workplace } from '../../support/machines.ts';
import { wayOf } from '../../support/way.ts';

const probe = { kind: 'icmp' } as const;
const request = { from: 'a', to: '10.0.2.2', probe };

/** The router has one question for b under way, which b did not answer; b answers questions since. */
const mendedMeanwhile = (milliseconds: number) => `
sysctl=/proc/sys/net/ipv4/neigh/rb
ip netns exec r sh -c "echo 1 >$sysctl/mcast_solicit; echo ${milliseconds} >$sysctl/retrans_time_ms"
ip -n b link set bb arp off
ip netns exec a ping -c 1 -W 0.1 10.0.2.2 >/dev/null
ip -n r neigh show 10.0.2.2 | grep INCOMPLETE
ip -n b link set bb arp on`;

t.test('a packet that waits for a question from before a mend is no proof', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, chain);
    await sh(machine, mendedMeanwhile(60_000));
    const first = await machine.trace(request);
    t.equal(waitedForEarlier(first, tracedPath(first)), true, wayOf(tracedPath(first)));
    await sh(machine, `ip -n r neigh flush dev rb; ${mendedMeanwhile(1000)}`);
    const { path } = await tracePacket(machine, request, () => {});
    t.equal(wayOf(path), 'a r b | b r a: delivered');
    await sh(machine, 'ip -n b link set bb arp off; ip -n r neigh flush dev rb');
    const asked = await machine.trace(request);
    t.equal(waitedForEarlier(asked, tracedPath(asked)), false, 'it asked by itself');
  }),
);
