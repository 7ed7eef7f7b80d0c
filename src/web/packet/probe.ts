import type { Params } from '../../protocol/methods.ts';

export type Probe = NonNullable<Params<'path.trace'>['probe']>;
export type ProbeKind = Probe['kind'];

export const probeKinds: ProbeKind[] = ['icmp', 'tcp', 'udp', 'dns', 'http'];

/** What a probe needs to be told besides its target; null where that makes no sense. */
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

/** What stands in the field when a kind is chosen. */
export const usual: Record<ProbeKind, string> = {
  icmp: '',
  tcp: '80',
  udp: '53',
  dns: 'example.com',
  http: 'http://192.168.1.2/',
};
