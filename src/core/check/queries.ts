import type { DnsProbe, NameControl } from '../probe/names.ts';

type Query = Pick<DnsProbe, 'from' | 'name' | 'type' | 'recurse'> & { server?: string };

export function queryOf({ from, name, type, server, recurse }: Query): DnsProbe {
  return { kind: 'dns', from, name, type, server: server ?? null, recurse };
}

export function controlQuery(control: NameControl | undefined): DnsProbe[] {
  return control === undefined ? [] : [queryOf({ ...control, type: 'A', recurse: true })];
}
