import fc from 'fast-check';
import t from 'tap';
import type { Packet } from '../../../src/core/path/model/packet.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { reasons } from '../../../src/core/verdict/reasons.ts';
import { address, anySpec, nodeName } from '../../support/arbitrary.ts';
import { observe } from '../../support/observation.ts';

const packet: fc.Arbitrary<Packet> = fc
  .tuple(nodeName, address, fc.constantFrom('icmp' as const, 'tcp' as const, 'udp' as const))
  .map(([from, to, protocol]) => ({ from, to, protocol, port: protocol === 'icmp' ? null : 80 }));

/** 64 routers with a bridge before each, there and back. */
const most = 130;

t.test('a walk ends on any state, with a place', async () => {
  fc.assert(
    fc.property(anySpec, packet, (spec, packet) => {
      const observation = observe(spec);
      const { request, reply } = walk(observation, packet);
      for (const { hops, end } of [request, ...(reply === null ? [] : [reply])]) {
        if (hops.length === 0 || hops.length > most) return false;
        if (end.kind === 'lost' && !reasons.includes(end.reason)) return false;
        const known = observation.nodes[end.node] !== undefined;
        if (!known && !(end.kind === 'lost' && end.reason === 'netns-missing')) return false;
      }
      return true;
    }),
    { numRuns: 2000 },
  );
});

t.test('nothing is wrong exactly where request and reply arrive, the reply at the sender', async () => {
  fc.assert(
    fc.property(anySpec, packet, (spec, packet) => {
      const way = walk(observe(spec), packet);
      const there = way.request.end.kind === 'delivered';
      const back = way.reply?.end.kind === 'delivered';
      const home = way.reply?.hops.at(-1)?.node === packet.from;
      return (
        (firstTrouble(way) === null) === (there && back) && there === (way.reply !== null) && (!back || home)
      );
    }),
    { numRuns: 2000 },
  );
});

t.test('hops join: every packet enters a node with the headers it left the one before with', async () => {
  fc.assert(
    fc.property(anySpec, packet, (spec, packet) => {
      const { hops } = walk(observe(spec), packet).request;
      return hops.every(({ before, in: inside }, at) => {
        const previous = hops[at - 1];
        if (previous === undefined) return inside === null;
        return previous.out !== null && JSON.stringify(previous.after) === JSON.stringify(before);
      });
    }),
    { numRuns: 1000 },
  );
});

t.test('the same state and packet walk the same way, and the state is left as it was', async () => {
  fc.assert(
    fc.property(anySpec, packet, (spec, packet) => {
      const observation = observe(spec);
      return (
        JSON.stringify(walk(observation, packet)) ===
        JSON.stringify(walk(structuredClone(observation), packet))
      );
    }),
    { numRuns: 200 },
  );
});
