import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Ran } from '../../core/ports.ts';
import type { PlainProbe, ProbeOutcome, ProbeResult, TlsFindings } from '../../core/probe/probe.ts';
import { quote } from '../../core/text/shell.ts';
import type { Evidence } from '../../core/verdict/verdict.ts';
import { pythonInside } from '../exec/python.ts';
import { run } from '../exec/run.ts';
import { jsonIn, lastLineOf } from '../exec/untrusted.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';

type Asked = Extract<PlainProbe, { kind: 'tls' }>;

const program = await pythonInside('tls');

/** A TLS handshake, and the content of the certificate. */
export async function tls(pid: number, from: NodePlace, asked: Asked, hasty = false): Promise<ProbeOutcome> {
  const { to, port, name, trust } = asked;
  // Longer than the kernel's first retransmission.
  const patience = hasty ? '0.5' : '2.5';
  const words = [to, String(port), name ?? '', trust ?? '', patience];
  const argv = [...program, ...words];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 10_000 });
  const reply = replyIn(ran);
  const evidence = evidenceOf(from.name, asked, reply, ran);
  const blank = { by: null, status: null, body: null, sources: [], evidence };
  if (reply === null) return { ...blank, result: 'tool-failed' };
  const result = endings.find((one) => one === reply.ended) ?? 'tool-failed';
  return result === 'answer' ? { ...blank, result, tls: findingsOf(reply, name) } : { ...blank, result };
}

const replySchema = z.object({
  ended: z.string(),
  error: z.string(),
  spoken: z.boolean(),
  /** DER, in base64. */
  certificate: z.string().max(1 << 17),
  /** OpenSSL's X509_V_ERR_..., 0 where there is none. */
  code: z.number(),
  distrust: z.string().nullable(),
});
type RawReply = z.infer<typeof replySchema>;
/** The program's reply, with the certificate parsed; null if there was none. */
type TlsReply = RawReply & { read: X509Certificate | null };

const endings: ProbeResult[] = ['answer', 'rejected', 'silence', 'no-route', 'host-unreachable'];

/** The program's reply; null if it did not finish, or printed something else. */
function replyIn({ stdout, exitCode, timedOut }: Ran): TlsReply | null {
  if (exitCode !== 0 || timedOut) return null;
  const reply = jsonIn(lastLineOf(stdout), replySchema);
  if (reply === null || !reply.spoken) return reply && { ...reply, read: null };
  const read = certificateIn(reply.certificate);
  return read && { ...reply, read };
}

function certificateIn(text: string): X509Certificate | null {
  try {
    const read = new X509Certificate(Buffer.from(text, 'base64'));
    const dates = [read.validFrom, read.validTo].map((date) => new Date(date).getTime());
    return dates.every(Number.isFinite) ? read : null;
  } catch {
    return null;
  }
}

/** X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED */
const ofDates = [9, 10];

function findingsOf({ spoken, error, read, code, distrust }: TlsReply, name: string | null): TlsFindings {
  if (!spoken || read === null) return { spoken: false, error };
  const [begins, ends] = [new Date(read.validFrom), new Date(read.validTo)];
  const dates = Date.now() > ends.getTime() ? 'expired' : Date.now() < begins.getTime() ? 'not-yet' : 'valid';
  return {
    spoken,
    names: read.subjectAltName ?? '',
    named: name === null ? null : isFor(read, name),
    issuer: read.issuer.replaceAll('\n', ', '),
    begins: dayOf(begins),
    ends: dayOf(ends),
    dates,
    // The signature holds; the certificate's own dates report that it is out of date.
    distrust: ofDates.includes(code) && dates !== 'valid' ? '' : distrust,
  };
}

/** Its subject is no name any more (RFC 9525, 2). */
function isFor(certificate: X509Certificate, name: string): boolean {
  const match = isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name, { subject: 'never' });
  return match !== undefined;
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function evidenceOf(
  on: string,
  { to, port, name, trust }: Asked,
  reply: TlsReply | null,
  ran: Ran,
): Evidence {
  const address = to.includes(':') ? `[${to}]` : to;
  const argv = ['openssl', 's_client', '-connect', `${address}:${port}`];
  if (name !== null) argv.push('-servername', name);
  if (trust !== null) argv.push('-CAfile', trust);
  const output =
    reply === null
      ? ran.stderr.trim().slice(-2000)
      : reply.read === null
        ? reply.error
        : certificateText(reply.read, reply.distrust);
  return { on, command: argv.map(quote).join(' '), output };
}

function certificateText(read: X509Certificate, distrust: string | null): string {
  const { subject, issuer, subjectAltName, validFrom, validTo } = read;
  return [
    `subject=${subject ?? ''}`,
    `issuer=${issuer}`,
    `X509v3 Subject Alternative Name: ${subjectAltName ?? '-'}`,
    `notBefore=${validFrom}`,
    `notAfter=${validTo}`,
    ...(distrust === null ? [] : [`Verification: ${distrust === '' ? 'OK' : distrust}`]),
  ].join('\n');
}
