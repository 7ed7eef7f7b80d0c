import type { Probe } from '../view/sent.ts';

export type ProbeKind = Probe['kind'];

export const probeKinds: ProbeKind[] = ['icmp', 'tcp', 'udp', 'dns', 'http'];

/** The probe of a kind, with its detail; null if the detail is not valid. */
export function probeOf(kind: ProbeKind, detail: string): Probe | null {
  const port = Number(detail);
  switch (kind) {
    case 'icmp':
      return { kind };
    case 'tcp':
    case 'udp':
      return Number.isInteger(port) && port >= 1 && port <= 65_535 ? { kind, port } : null;
    case 'dns':
      return detail === '' ? null : { kind, name: detail };
    case 'http': {
      const url = URL.parse(detail);
      if (url?.protocol !== 'http:') return null;
      return { kind, url: url.href, port: Number(url.port || 80) };
    }
  }
}

/** The initial content of the field for each kind. */
export const usual: Record<ProbeKind, string> = {
  icmp: '',
  tcp: '80',
  udp: '53',
  dns: 'example.com',
  http: 'http://192.168.1.2/',
};
