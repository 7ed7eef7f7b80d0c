import type { Probe } from '../probe/probe.ts';
import { parseIp } from '../state/ip.ts';
import { hostOf, packetFor } from '../text/url.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Check, CheckOf } from './check.ts';
import { otherPath } from './kinds/file/entry.ts';

/** One more probe that a verdict asks for; null where there is none. */
export function witnessOf(check: Check, verdict: Verdict): Probe | null {
  return check.kind === 'file' ? otherFile(check.args, verdict) : traceOf(check, verdict);
}

/** The file that a missing line may have been written to. */
function otherFile(args: CheckOf<'file'>['args'], { status, reason, values }: Verdict): Probe | null {
  if (status !== 'fail' || (reason !== 'entry-missing' && reason !== 'wrong-entry')) return null;
  return values.slip === undefined ? { kind: 'read', from: args.on, path: otherPath(args) } : null;
}

/**
 * The trace that has to prove an expected failure. The failure found in the state is a prediction: another
 * cause may silence the probe as well. Null if the program itself was refused, so that no packet was sent,
 * and for every other verdict.
 */
function traceOf({ kind, args }: Check, { status, values }: Verdict): Probe | null {
  if (status !== 'pass' || (values.actual ?? '') === '' || values.result === 'no-route') return null;
  switch (kind) {
    case 'ping':
      return { kind: 'trace', from: args.from, to: args.to, probe: { kind: 'icmp', size: args.size } };
    case 'tcp':
      return { kind: 'trace', from: args.from, to: args.to, probe: { kind: 'tcp', port: args.port } };
    case 'http': {
      const to = hostOf(args.url);
      const port = packetFor(args.from, args.url).port ?? 80;
      return parseIp(to) === null
        ? null
        : { kind: 'trace', from: args.from, to, probe: { kind: 'tcp', port } };
    }
    default:
      return null;
  }
}
