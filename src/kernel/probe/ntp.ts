import { z } from 'zod';
import type { ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import type { ServiceProbe } from '../../core/probe/services.ts';
import { pythonInside } from '../exec/python.ts';
import { run } from '../exec/run.ts';
import { jsonIn, lastLineOf } from '../exec/untrusted.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';

type Asked = Extract<ServiceProbe, { kind: 'ntp' }>;

const program = await pythonInside('ntp');
const answer = z.object({
  ended: z.literal('answer'),
  synchronised: z.boolean(),
  stratum: z.int().min(0).max(255),
  refused: z.string().max(4),
  offset: z.number(),
});
const found = z.union([
  answer,
  z.object({ ended: z.enum(['rejected', 'silence', 'no-route', 'host-unreachable', 'failed']) }),
]);

/** One question to a time server; asked again once, for a datagram may get lost. */
export async function ntp(pid: number, from: NodePlace, { to }: Asked, hasty = false): Promise<ProbeOutcome> {
  const argv = [...program, to, '123', hasty ? '0.5' : '1.5'];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 8000 });
  const reply = ran.exitCode === 0 && !ran.timedOut ? jsonIn(lastLineOf(ran.stdout), found) : null;
  const result: ProbeResult = reply === null || reply.ended === 'failed' ? 'tool-failed' : reply.ended;
  const blank = { by: null, status: null, body: null, sources: [] };
  if (reply?.ended !== 'answer')
    return {
      ...blank,
      result,
      evidence: evidenceOf(from.name, to, ran.stderr.trim().slice(-2000) || result),
    };
  const { ended, ...time } = reply;
  return { ...blank, result, time, evidence: evidenceOf(from.name, to, wordsOf(time)) };
}

/** As a learner could ask; ntpdig prints the offset and the stratum in a line of its own. */
const evidenceOf = (on: string, to: string, output: string) => ({ on, command: `ntpdig ${to}`, output });

function wordsOf({ synchronised, stratum, refused, offset }: Omit<z.infer<typeof answer>, 'ended'>): string {
  if (refused !== '') return `kiss-o'-death: ${refused}`;
  return `${offset < 0 ? '' : '+'}${offset} s, s${stratum}, ${synchronised ? 'no-leap' : 'unsynchronised'}`;
}
