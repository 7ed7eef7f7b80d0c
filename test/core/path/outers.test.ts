import t from 'tap';
import type { Header } from '../../../src/core/path/recording/header.ts';
import { Outers } from '../../../src/core/path/recording/outers.ts';
import type { RuleEvent } from '../../../src/core/path/recording/recording.ts';
import { observe } from '../../support/observation.ts';

const vxlan = { kind: 'vxlan', details: { id: '7' } };
const observation = observe({
  red: { links: { eth0: { peer: 'blue:eth0', addresses: ['10.0.0.1/24'] }, vx: vxlan } },
  blue: { links: { eth0: { addresses: ['10.0.0.2/24'] }, vx: vxlan } },
});

const header = (source: string, destination: string): Header => ({
  ...{ source, destination, ttl: 64, id: 7, length: 78, fragment: null, protocol: 'udp' },
  ...{ sourcePort: 4789, destinationPort: 4789, datagram: 58, carried: null },
  ...{ tcp: null, icmp: null, quoted: null },
});

/** A rule of red has seen a packet of the VXLAN 7, in front of every device. */
const seenByRule: RuleEvent = {
  ...{ node: 'red', id: 1, family: 'ip', table: 'filter', chain: 'OUTPUT', type: 'rule', handle: 1 },
  ...{ verdict: 'accept', jump: null, mark: 0, network: null, protocol: 'ipv4' },
  // The header of UDP, and that of VXLAN behind it.
  transport: Uint8Array.from([0, 0, 0x12, 0xb5, 0, 58, 0, 0, 8, 0, 0, 0, 0, 0, 7, 0]),
};

t.test(
  'red has given a question to its tunnel, and a rule of red sees a packet of that tunnel',
  async (t) => {
    const question = {
      ...{ node: 'red', link: 'vx', way: 'out' as const, time: 1n, frame: 0 },
      ...{ kind: 'question' as const, address: '10.9.0.2', mac: '02:00:00:00:00:01' },
    };
    const outers = new Outers(observation, [], [question]);
    const comesIn = outers.ruled(header('10.0.0.2', '10.0.0.1'), seenByRule, undefined);
    t.equal(
      comesIn,
      null,
      'one that comes in carries frames that the system of the other end sends by itself',
    );
    t.strictSame(outers.all, []);
    const sent = outers.ruled(header('10.0.0.1', '10.0.0.2'), seenByRule, undefined);
    t.equal(sent, outers.all[0]?.packet, 'one from an address of red carries the question');
    t.equal(outers.all[0]?.carries, question);
  },
);
