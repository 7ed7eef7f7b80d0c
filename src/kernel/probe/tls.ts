import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { PlainProbe, ProbeOutcome, ProbeResult, TlsFindings } from '../../core/check/probe.ts';
import type { Evidence } from '../../core/check/verdict.ts';
import { quote } from '../../core/plan/shell.ts';
import type { Ran } from '../../core/ports.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../machine/enter.ts';

type Asked = Extract<PlainProbe, { kind: 'tls' }>;

const program = await readFile(new URL('./tls.py', import.meta.url), 'utf8');

/** A TLS handshake, and what the certificate says. */
export async function tls(pid: number, from: NodePlace, asked: Asked, hasty = false): Promise<ProbeOutcome> {
  const { to, port, name, trust } = asked;
  // Longer than the kernel's first retransmission.
  const patience = hasty ? '0.5' : '2.5';
  const words = [to, String(port), name ?? '', trust ?? '', patience];
  const argv = ['python3', '-I', '-S', '-c', program, ...words];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 10_000 });
  const told = toldBy(ran);
  const evidence = shown(from.name, asked, told, ran);
  const blank = { by: null, status: null, body: null, sources: [], evidence };
  if (told === null) return { ...blank, result: 'tool-failed' };
  const result = endings.find((one) => one === told.ended) ?? 'tool-failed';
  return result === 'answer' ? { ...blank, result, tls: findingsOf(told, name) } : { ...blank, result };
}

interface Told {
  ended: string;
  said: string;
  spoken: boolean;
  /** DER, in base64. */
  certificate: string;
  /** OpenSSL's X509_V_ERR_..., 0 where there is none. */
  code: number;
  distrust: string | null;
}

const endings: ProbeResult[] = ['answer', 'rejected', 'silence', 'no-route', 'host-unreachable'];

/** What the program said; null where it did not come to its end. */
function toldBy({ stdout, exitCode, timedOut }: Ran): Told | null {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (exitCode !== 0 || timedOut || !last.startsWith('{"ended": ')) return null;
  return JSON.parse(last) as Told;
}

/** X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED */
const ofDates = [9, 10];

function findingsOf({ spoken, said, certificate, code, distrust }: Told, name: string | null): TlsFindings {
  if (!spoken) return { spoken, said };
  const read = new X509Certificate(Buffer.from(certificate, 'base64'));
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
    // The signature holds; that the certificate itself is out of date is said by its dates.
    distrust: ofDates.includes(code) && dates !== 'valid' ? '' : distrust,
  };
}

/** Its subject is no name any more (RFC 9525, 2). */
function isFor(certificate: X509Certificate, name: string): boolean {
  const match = isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name, { subject: 'never' });
  return match !== undefined;
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function shown(on: string, { to, port, name, trust }: Asked, told: Told | null, ran: Ran): Evidence {
  const address = to.includes(':') ? `[${to}]` : to;
  const argv = ['openssl', 's_client', '-connect', `${address}:${port}`];
  if (name !== null) argv.push('-servername', name);
  if (trust !== null) argv.push('-CAfile', trust);
  const output =
    told === null ? ran.stderr.trim().slice(-2000) : told.spoken ? certificateText(told) : told.said;
  return { on, command: argv.map(quote).join(' '), output };
}

function certificateText({ certificate, distrust }: Told): string {
  const { subject, issuer, subjectAltName, validFrom, validTo } = new X509Certificate(
    Buffer.from(certificate, 'base64'),
  );
  return [
    `subject=${subject ?? ''}`,
    `issuer=${issuer}`,
    `X509v3 Subject Alternative Name: ${subjectAltName ?? '-'}`,
    `notBefore=${validFrom}`,
    `notAfter=${validTo}`,
    ...(distrust === null ? [] : [`Verification: ${distrust === '' ? 'OK' : distrust}`]),
  ].join('\n');
}
