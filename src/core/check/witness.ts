import type { Probe } from '../probe/probe.ts';
import { parseIp } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { hostOf, packetFor } from '../text/url.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Check, CheckOf } from './check.ts';
import { otherNodes, otherPath, pathOf } from './kinds/file/entry.ts';
import { hostsReaders } from './kinds/resolve/hosts.ts';

/**
 * More probes that a verdict asks for.
 * @param hasty a silence that the state does not explain is asked again first, with patience.
 */
export function witnessesOf(
  check: Check,
  verdict: Verdict,
  observation: Observation,
  hasty: boolean,
): Probe[] {
  if (check.kind === 'file') return otherFiles(check.args, verdict, observation);
  if (check.kind === 'resolve' && misses(verdict)) return otherHosts(check.args, observation);
  const unexplained = isUnexplained(verdict);
  const trace = (unexplained && !hasty) || isPredicted(verdict) ? traceOf(check, unexplained) : null;
  return trace === null ? [] : [trace];
}

/** The files that a missing line may have been written to: another one of the node, or that of another node. */
function otherFiles(
  args: CheckOf<'file'>['args'],
  { status, reason, values }: Verdict,
  observation: Observation,
): Probe[] {
  if (status !== 'fail' || (reason !== 'entry-missing' && reason !== 'wrong-entry')) return [];
  if (values.slip !== undefined) return [];
  const others = otherNodes(args.on, observation).map((from) => ({ from, path: pathOf(args) }));
  return [{ from: args.on, path: otherPath(args) }, ...others].map((one) => ({ kind: 'read', ...one }));
}

/** A name that a program looked for in /etc/hosts too, where no other line nearly names it. */
const misses = ({ status, reason, values }: Verdict): boolean =>
  status === 'fail' && reason === 'name-unknown' && values.near === undefined;

const otherHosts = (args: CheckOf<'resolve'>['args'], observation: Observation): Probe[] =>
  hostsReaders(args, observation).map((from) => ({ kind: 'read', from, path: '/etc/hosts' }));

/** Nothing came back, and the state does not say why: the packets may. */
const isUnexplained = ({ status, reason, values }: Verdict): boolean =>
  status === 'fail' &&
  reason === 'no-answer' &&
  ['reply', 'accepted', 'answer'].includes(values.expect ?? '');

/**
 * An expected failure that the state predicts has to be proved: another cause may silence the probe as well. Not if the
 * program itself was refused, so that no packet was sent.
 */
const isPredicted = ({ status, values }: Verdict): boolean =>
  status === 'pass' && (values.actual ?? '') !== '' && values.result !== 'no-route';

/** @param whole of a web server the whole request, and not its connection only. */
function traceOf({ kind, args }: Check, whole: boolean): Probe | null {
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
        : {
            ...{ kind: 'trace', from: args.from, to },
            probe: whole ? { kind: 'http', url: args.url, port } : { kind: 'tcp', port },
          };
    }
    default:
      return null;
  }
}
