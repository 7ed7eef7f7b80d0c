import type { Probe } from '../probe/probe.ts';
import type { TracedProbe } from './arguments-paths.ts';
import type { Check, Control } from './check.ts';
import { nameProbes } from './probes-names.ts';

/**
 * The real probes a check needs, in the order `judge` takes their outcomes: the probe itself, then the control
 * of an expected failure. None for questions about state.
 */
export function probesOf(check: Check): Probe[] {
  switch (check.kind) {
    case 'ping': {
      const { from, to, control } = check.args;
      return [{ kind: 'ping', from, to }, ...controlProbe(control)];
    }
    case 'http': {
      const { from, url, control } = check.args;
      return [{ kind: 'http', from, url }, ...controlProbe(control)];
    }
    case 'seen': {
      const { from, to, at } = check.args;
      return [{ kind: 'seen', from, to, at }];
    }
    case 'tls': {
      const { from, to, port, name = null, trust = null, control } = check.args;
      return [{ kind: 'tls', from, to, port, name, trust }, ...controlProbe(control)];
    }
    case 'distribution': {
      const { from, url, requests, header = null } = check.args;
      return [{ kind: 'distribution', from, url, requests, header }];
    }
    case 'command': {
      const { on, run, as = null, control } = check.args;
      const lines = control === undefined ? [run] : [run, control];
      return lines.map((line) => ({ kind: 'command', from: on, run: line, as }));
    }
    case 'path':
      return [traceProbe(check.args), ...controlProbe(check.args.control)];
    case 'nat':
      return [traceProbe(check.args)];
    default:
      return nameProbes(check);
  }
}

function traceProbe({ from, to, tcp, udp }: TracedProbe): Probe {
  if (tcp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'tcp', port: tcp } };
  if (udp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'udp', port: udp } };
  return { kind: 'trace', from, to, probe: { kind: 'icmp' } };
}

export function controlProbe(control: Control | undefined): Probe[] {
  return control === undefined ? [] : [{ kind: 'ping', from: control.from, to: control.to }];
}
