import type { Text } from '../../language.ts';
import type { FlowPacket } from '../../path/recording/flow-packet.ts';

const icmp: Record<string, Text> = {
  'v4 0': { en: 'echo reply', ko: '에코 응답' },
  'v4 8': { en: 'echo request', ko: '에코 요청' },
  'v4 3': { en: 'ICMP destination unreachable', ko: 'ICMP 목적지 도달 불가' },
  'v4 5': { en: 'ICMP redirect', ko: 'ICMP 리다이렉트' },
  'v4 11': { en: 'ICMP time exceeded', ko: 'ICMP 시간 초과' },
  'v6 128': { en: 'echo request', ko: '에코 요청' },
  'v6 129': { en: 'echo reply', ko: '에코 응답' },
  'v6 1': { en: 'ICMPv6 destination unreachable', ko: 'ICMPv6 목적지 도달 불가' },
  'v6 2': { en: 'ICMPv6 packet too big', ko: 'ICMPv6 패킷이 너무 큼' },
  'v6 3': { en: 'ICMPv6 time exceeded', ko: 'ICMPv6 시간 초과' },
};

/** RFC 792, RFC 1812: what exactly could not be reached. */
const unreachable: Record<number, string> = {
  0: 'network',
  1: 'host',
  2: 'protocol',
  3: 'port',
  4: 'fragmentation needed',
  9: 'network prohibited',
  10: 'host prohibited',
  13: 'administratively prohibited',
};

/** RFC 4443, 3.1. */
const unreachable6: Record<number, string> = {
  0: 'no route',
  1: 'administratively prohibited',
  2: 'beyond the scope of the source',
  3: 'address',
  4: 'port',
  5: 'source address failed the policy',
  6: 'reject route',
};

/** What a packet is called: by ICMP type, TCP flags, or what it asks. */
export function nameOf(packet: FlowPacket): Text {
  const name = plainName(packet);
  if (packet.again) return { en: `${name.en}, sent again`, ko: `${name.ko}, 재전송` };
  const { fragment, length } = packet.header;
  if (fragment === null) return name;
  return {
    en: `${name.en}, fragment at byte ${fragment.offset} (${length} bytes)`,
    ko: `${name.ko}, ${fragment.offset}바이트부터의 단편(${length}바이트)`,
  };
}

function plainName({ header, direction }: FlowPacket): Text {
  const { icmp: message, tcp, source } = header;
  if (message !== null) {
    const v6 = source.includes(':');
    const name = icmp[`${v6 ? 'v6' : 'v4'} ${message.type}`] ?? {
      en: `ICMP ${message.type}`,
      ko: `ICMP ${message.type}`,
    };
    const codes = v6 ? unreachable6 : unreachable;
    const detail = message.type === (v6 ? 1 : 3) ? codes[message.code] : undefined;
    return detail === undefined ? name : { en: `${name.en} (${detail})`, ko: `${name.ko} (${detail})` };
  }
  if (tcp !== null) {
    if (tcp.payload === 0) return { en: tcp.flags, ko: tcp.flags };
    return { en: `${tcp.flags}, ${tcp.payload} bytes`, ko: `${tcp.flags}, ${tcp.payload}바이트` };
  }
  const port = direction === 'request' ? header.destinationPort : header.sourcePort;
  if (port === 53)
    return direction === 'request'
      ? { en: 'DNS query', ko: 'DNS 질의' }
      : { en: 'DNS answer', ko: 'DNS 응답' };
  return { en: 'datagram', ko: '데이터그램' };
}
