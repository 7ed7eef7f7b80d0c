import type { Finding } from '../../../path/model/finding.ts';
import type { TlsFindings } from '../../../probe/probe.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass, unchecked } from '../../judgement.ts';
import { diagnoseProbe, expectedFailure, failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** A TLS handshake whose certificate is as asked: name, signature, dates; or that fails for the one reason it must. */
export function judgeTls({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, port, expect, control } = args;
  const frame = frameOf(args);
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const seen = outcome.tls;
  if (outcome.result === 'answer' && seen === undefined) {
    return unchecked(frame, 'tool-failed', '-', { tool: outcome.evidence.command });
  }
  const wrong = seen === undefined ? null : wrongIn(args, frame, seen);
  if (seen?.spoken && wrong === null) {
    const certificate = `${seen.names || '-'}, ${seen.begins} - ${seen.ends}`;
    return expect === 'accepted' ? pass(frame, certificate) : fail(frame, 'unexpected-reply', certificate);
  }
  const packet = { from, to, protocol: 'tcp' as const, port };
  const finding = wrong ?? diagnoseProbe(frame, observation, packet, outcome);
  if (expect !== 'accepted') return expectedFailure(frame, expect, finding, control, outcomes[1]);
  return failed(frame, finding.values.observed ?? outcome.result, finding);
}

/** The first thing that is wrong, as a person would look: is it TLS, for whom, signed by whom, until when? */
function wrongIn({ from, name, trust }: Args, { object }: Frame, seen: TlsFindings): Finding | null {
  const found = (reason: Finding['reason'], observed: string, more: Finding['values'] = {}): Finding => {
    return { reason, node: from, object, values: { observed, ...more } };
  };
  if (!seen.spoken) return found('no-tls', seen.error);
  const { names, named, issuer, begins, ends, dates, distrust } = seen;
  if (name !== undefined && named !== true) return found('certificate-name', names || '-');
  if (trust !== undefined && distrust !== '')
    return found('certificate-untrusted', distrust ?? '-', { issuer });
  return dates === 'valid' ? null : found('certificate-expired', ends, { begins });
}

function frameOf({ from, to, port, name, trust, expect }: Args): Frame {
  const address = to.includes(':') ? `[${to}]` : to;
  const look = [
    `openssl s_client -connect ${address}:${port}`,
    ...(name === undefined ? [] : [`-servername ${name}`]),
    ...(trust === undefined ? [] : [`-CAfile ${trust}`]),
  ].join(' ');
  const wish = ['TLS', name, trust].filter((one) => one !== undefined).join(', ');
  const values = { from, to, port: String(port), name: name ?? '', trust: trust ?? '', look, expect };
  const expected = expect === 'accepted' ? wish : expect;
  return { node: from, object: `${address}:${port}`, expected, values, evidence: [] };
}
