import { inEachLanguage, type Text } from '../../language.ts';
import type { FlowPacket } from '../../path/recording/flow-packet.ts';
import { phrase, words } from '../languages.ts';
import type { Words } from '../words.ts';

/** The name of a packet: by ICMP type, TCP flags, or the question it carries. */
export function packetName(packet: FlowPacket): Text {
  return inEachLanguage((language) => nameIn(words[language], packet));
}

function nameIn(own: Words, packet: FlowPacket): string {
  const name = plainName(own, packet);
  const { again, fragment } = own.traces.packet;
  if (packet.again) return phrase(own, again, { name });
  const { header } = packet;
  if (header.fragment === null) return name;
  return phrase(own, fragment, { name, offset: `${header.fragment.offset}`, length: `${header.length}` });
}

function plainName(own: Words, { header, direction }: FlowPacket): string {
  const { icmp, tcp, source } = header;
  const { packet } = own.traces;
  if (icmp !== null) {
    const family = source.includes(':') ? 'v6' : 'v4';
    const name = packet.icmp[`${family} ${icmp.type}`] ?? `ICMP ${icmp.type}`;
    const unreachable = icmp.type === (family === 'v6' ? 1 : 3);
    const detail = unreachable ? packet.unreachable[`${family} ${icmp.code}`] : undefined;
    return detail === undefined ? name : `${name} (${detail})`;
  }
  if (tcp !== null) {
    const { flags, payload } = tcp;
    return payload === 0 ? flags : phrase(own, packet.payload, { flags, bytes: `${payload}` });
  }
  const port = direction === 'request' ? header.destinationPort : header.sourcePort;
  if (port !== 53) return packet.datagram;
  return direction === 'request' ? packet.query : packet.response;
}
