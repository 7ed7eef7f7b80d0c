import type { Packet } from '../path/model/packet.ts';

const urlParts = /^(https?):\/\/(?:\[([^\]]+)\]|([^/:?#]+))(?::(\d+))?/;

export function hostOf(url: string): string {
  const parts = urlParts.exec(url);
  return parts?.[2] ?? parts?.[3] ?? url;
}

/** The first packet of a request for a URL. */
export function packetFor(from: string, url: string): Packet {
  return { from, to: hostOf(url), protocol: 'tcp', port: portOf(url) };
}

export function portOf(url: string): number {
  const parts = urlParts.exec(url);
  return Number(parts?.[4] ?? (parts?.[1] === 'https' ? 443 : 80));
}
