import { createContext } from 'react';
import type { PacketQuestion } from '../view/sent.ts';

/** Sends a packet and opens its path; null where there is no machine. */
export const SendContext = createContext<((question: PacketQuestion) => void) | null>(null);

/** The packet that a line `hoplab trace FROM TO …` of the text sends; null for any other line. */
export function questionIn(line: string): PacketQuestion | null {
  const [, from, words = ''] = /^hoplab trace ([a-z][\w-]*)((?: \S+)+)$/.exec(line) ?? [];
  if (from === undefined) return null;
  const [to = '', option, value = '', ...rest] = words.trim().split(' ');
  if (to === '--http' && option !== undefined && value === '') return http(from, '', option);
  if (to.startsWith('-') || rest.length > 0) return null;
  if (option === undefined) return { from, to, probe: { kind: 'icmp' } };
  const port = Number(value);
  const isPort = Number.isInteger(port) && port > 0 && port < 65_536;
  if (option === '--tcp' && isPort) return { from, to, probe: { kind: 'tcp', port } };
  if (option === '--udp' && isPort) return { from, to, probe: { kind: 'udp', port } };
  if (option === '--dns' && value !== '') return { from, to, probe: { kind: 'dns', name: value } };
  return option === '--http' ? http(from, to, value) : null;
}

function http(from: string, to: string, url: string): PacketQuestion | null {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null;
  const port = Number(parsed.port) || (parsed.protocol === 'https:' ? 443 : 80);
  return { from, to, probe: { kind: 'http', url, port } };
}
