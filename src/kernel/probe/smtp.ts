import { z } from 'zod';
import type { ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import type { ServiceProbe } from '../../core/probe/services.ts';
import { quote } from '../../core/text/shell.ts';
import { pythonInside } from '../exec/python.ts';
import { run } from '../exec/run.ts';
import { jsonIn, lastLineOf } from '../exec/untrusted.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';

type Asked = Extract<ServiceProbe, { kind: 'smtp' }>;

const program = await pythonInside('smtp');
const found = z.union([
  z.object({
    ended: z.literal('answer'),
    stage: z.enum(['connect', 'EHLO', 'MAIL FROM', 'RCPT TO', 'DATA', 'mail']),
    code: z.int().min(-1).max(999),
    text: z.string().max(1000),
  }),
  z.object({ ended: z.enum(['rejected', 'silence', 'no-route', 'host-unreachable', 'failed']) }),
]);

/** One mail handed to a server, and the answer that decided. A policy may ask name servers before it answers. */
export async function smtp(pid: number, from: NodePlace, asked: Asked, hasty = false): Promise<ProbeOutcome> {
  const { to, port, host, sender, recipient } = asked;
  const argv = [...program, to, String(port), host, sender, recipient, hasty ? '3' : '10'];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 30_000 });
  const reply = ran.exitCode === 0 && !ran.timedOut ? jsonIn(lastLineOf(ran.stdout), found) : null;
  const result: ProbeResult = reply === null || reply.ended === 'failed' ? 'tool-failed' : reply.ended;
  const blank = { by: null, status: null, body: null, sources: [] };
  const command = `swaks --server ${to}:${port} --helo ${quote(host)} --from ${quote(sender || '<>')} --to ${quote(recipient)}`;
  const evidenceOf = (output: string) => ({ on: from.name, command, output });
  if (reply?.ended !== 'answer')
    return { ...blank, result, evidence: evidenceOf(ran.stderr.trim().slice(-2000) || result) };
  const { ended, ...mail } = reply;
  return { ...blank, result, mail, evidence: evidenceOf(`${mail.stage}: ${mail.code} ${mail.text}`) };
}
