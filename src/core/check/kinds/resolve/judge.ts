import { clusterAnswer } from '../../../diagnose/cluster-names.ts';
import { evidenceOf } from '../../../diagnose/evidence.ts';
import { daemonAt, diagnoseName, expectedNameFailure } from '../../../diagnose/names.ts';
import type { Finding } from '../../../path/model/finding.ts';
import type { FamilyAnswer, NameFindings } from '../../../probe/names.ts';
import { parseIp, sameAddress } from '../../../state/ip.ts';
import { sedPattern } from '../../../text/shell.ts';
import type { Values } from '../../../verdict/verdict.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { failed, outcomeOr } from '../../probe-frame.ts';
import { lineElsewhere } from './hosts.ts';
import type { Args } from './schema.ts';

/** The result of a program's look-up on a node: an address, or no address for the one expected reason. */
export function judgeResolve({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, name, address, libc, prompt = false, expect, control } = args;
  const expected = expect === 'answer' ? (address ?? 'an address') : expect;
  const known = address ?? (name === 'localhost' ? '127.0.0.1' : undefined);
  const wanted = known === undefined ? {} : { wanted: known };
  // A verdict also calls a missing node `name`.
  const values = { from, name, libc, asking: name, ...wanted, expect, dig: `dig ${name}`, expected };
  const frame: Frame = { node: from, object: name, expected: address ?? name, values, evidence: [] };
  if (expect !== 'answer') frame.expected = expect;
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const { addresses = [], order = [] } = outcome.names ?? {};
  const apart = familiesApart(outcome.names);
  if (outcome.result === 'answer') {
    const observed = addresses.join(', ');
    if (prompt && apart?.silent !== undefined) return fail(frame, 'one-family-only', observed, apart);
    if (expect !== 'answer') return fail(frame, 'unexpected-reply', observed, { to: name });
    if (address === undefined || isFirst(address, addresses)) return pass(frame, observed);
    const line = outcome.names?.hostsLine;
    const [server = ''] = outcome.names?.nameservers ?? [];
    const held =
      line === undefined
        ? { ...daemonAt(observation, server), ...clusterAnswer(observation, from, server, addresses[0]) }
        : { pattern: sedPattern(line), entry: moved(line, name, address) };
    return fail(frame, 'wrong-answer', observed, { order: order.join(' '), server: '', ...held });
  }
  const nameFinding = diagnoseName(observation, from, name, outcome);
  const finding: Finding =
    libc === 'musl' && apart !== null
      ? {
          ...nameFinding,
          reason: 'one-family-only',
          node: from,
          object: name,
          values: { ...nameFinding.values, ...apart },
        }
      : nameFinding;
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  if (expect === 'answer') {
    const files = outcomes.slice(control === undefined ? 1 : 2);
    const elsewhere =
      finding.reason === 'name-unknown' && order.includes('files')
        ? lineElsewhere(args, observation, files)
        : {};
    return failed(frame, outcome.result, { ...finding, values: { ...finding.values, ...elsewhere } });
  }
  return expectedNameFailure(frame, expect, finding, control, outcomes[1]);
}

/** The line with another address; names that share it keep theirs, on a line of their own. */
function moved(line: string, name: string, address: string): string {
  const [old = '', ...names] = line.split(/\s+/);
  const others = names.filter((one) => one !== name);
  return others.length === 0 ? `${address} ${name}` : `${old} ${others.join(' ')}\\n${address} ${name}`;
}

/** The family that has an address, and the server's reply for the other one; null: nothing unusual. */
function familiesApart({ families = [], server = '' }: NameFindings = {}): Values | null {
  const found = families.find(({ result }) => result === 'answer');
  const other = families.find(({ result }) => result !== 'answer' && result !== 'no-data');
  if (found === undefined || other === undefined) return null;
  const wording = sayings[other.result] ?? { silent: other.type };
  return { has: found.type, type: other.type, server, ...wording };
}

const sayings: Partial<Record<FamilyAnswer, Values>> = {
  'server-refused': { refused: 'REFUSED' },
  'server-failed': { refused: 'SERVFAIL' },
  'name-unknown': { denied: 'NXDOMAIN' },
};

/** Programs try the first address first; which family that is depends on the node's own addresses (RFC 6724). */
function isFirst(address: string, addresses: readonly string[]): boolean {
  const family = parseIp(address)?.family;
  const first = addresses.find((one) => parseIp(one)?.family === family);
  return first !== undefined && sameAddress(first, address);
}
