import type { Frame, Recording } from '../../src/core/path/recording/recording.ts';
import { observe } from './observation.ts';

/** red and blue on one cable; an echo request from red that blue got. */
export function recordingOf(changes: Partial<Recording> = {}): Recording {
  const observation = observe({
    red: { links: { 'veth-red': { peer: 'blue:veth-blue', addresses: ['10.0.0.1/24'] } } },
    blue: { links: { 'veth-blue': { addresses: ['10.0.0.2/24'] } } },
  });
  return {
    request: { from: 'red', to: '10.0.0.2', probe: { kind: 'icmp' } },
    mark: 0xbeef,
    observation,
    outcome: {
      ...{ result: 'silence', by: null, status: null, body: null, sources: [] },
      evidence: { on: 'red', command: 'ping -c 1 10.0.0.2', output: '' },
    },
    frames: [
      echo({ time: 1_000_000_000_000n, node: 'red', link: 'veth-red', way: 'out' }),
      echo({ time: 1_000_000_001_000n, node: 'blue', link: 'veth-blue', way: 'host' }),
    ],
    events: [],
    handles: [],
    counted: [],
    known: [],
    connections: [],
    nft: {},
    drops: [],
    connects: [],
    dropReasons: 'unavailable',
    gaps: [],
    ...changes,
  };
}

/**
 * A fragment of an ICMPv6 echo request with that identifier, from red to blue: the first one, or with `offset` a
 * later one.
 */
export function fragment6(
  place: Omit<Frame, 'bytes'>,
  { offset = 0, id = 'f00dcafe', ttl = 64 } = {},
): Frame {
  const bits = (offset | (offset === 0 ? 1 : 0)).toString(16).padStart(4, '0');
  const ends = `fd00${'00'.repeat(13)}01 fd00${'00'.repeat(13)}02`;
  const ip = `6000000000502c${ttl.toString(16).padStart(2, '0')}${ends} 3a00${bits}${id}`;
  const hex = `020000000002020000000001 86dd ${ip} 80000000beef0001 ${'00'.repeat(64)}`;
  return { ...place, bytes: Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')) };
}

/** An echo request with the identifier 0xbeef, between addresses given as hexadecimal digits. */
export function echo(
  place: Omit<Frame, 'bytes'>,
  { source = '0a000001', destination = '0a000002', ttl = 64, id = '1234' } = {},
): Frame {
  const ip = `45000054${id}4000${ttl.toString(16).padStart(2, '0')}010000${source}${destination}`;
  const hex = `020000000002020000000001 0800 ${ip} 08000000beef0001 ${'00'.repeat(56)}`;
  return { ...place, bytes: Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')) };
}
