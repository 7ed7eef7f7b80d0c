import type { DnsProbe } from '../probe/names.ts';
import type { Probe } from '../probe/probe.ts';
import type { NameArguments, NameControl } from './arguments-names.ts';
import type { Check } from './check.ts';
import { pathOf } from './kinds/file/entry.ts';

/** The probes of the kinds in arguments-names.ts: the probe itself, then the control of an expected failure. */
export function nameProbes(check: Check): Probe[] {
  switch (check.kind) {
    case 'dns': {
      const { control } = check.args;
      return [query(check.args), ...(control === undefined ? [] : [controlQuery(control)])];
    }
    case 'cached': {
      const { from, name, type, server, at } = check.args;
      const asked = query({ from, name, type, recurse: true, expect: 'answer', ...(server && { server }) });
      return [{ kind: 'cached', from, query: asked, at }];
    }
    case 'resolve': {
      const { from, name, control } = check.args;
      const asked = { kind: 'resolve' as const, from, name };
      return control === undefined ? [asked] : [asked, { ...asked, from: control.from, name: control.name }];
    }
    case 'file':
      return [{ kind: 'read', from: check.args.on, path: pathOf(check.args) }];
    case 'tcp': {
      const { from, to, port, control } = check.args;
      const asked = { kind: 'tcp' as const, from, to, port };
      return control === undefined ? [asked] : [asked, { kind: 'ping', ...control }];
    }
    default:
      return [];
  }
}

function query({ from, name, type, server, recurse }: NameArguments['dns']): DnsProbe {
  return { kind: 'dns', from, name, type, server: server ?? null, recurse };
}

function controlQuery({ from, name, server }: NameControl): DnsProbe {
  return { kind: 'dns', from, name, type: 'A', server: server ?? null, recurse: true };
}
