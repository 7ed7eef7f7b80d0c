import type { Ran } from '../../core/ports.ts';
import type { ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';
import { withNameAnswer } from './name-answer.ts';
import { refusedHere } from './refused-here.ts';

/** Separates the body from curl's own words; no server sends it. */
const mark = '\n@hoplab-http-status ';

/** One HTTP request. Refused may take until the first retransmission (1 s): the ICMP error can be held back. */
export async function http(pid: number, from: NodePlace, url: string, hasty = false): Promise<ProbeOutcome> {
  const limits = hasty
    ? ['--connect-timeout', '0.5', '--max-time', '3']
    : ['--connect-timeout', '3', '--max-time', '6'];
  const argv = ['curl', '-sS', '--noproxy', '*', ...limits, url];
  const ran = await run(
    intoMachine(
      pid,
      intoNode(from, [...argv.slice(0, 1), '-v', '-w', `${mark}%{http_code}`, ...argv.slice(1)]),
    ),
    {
      timeout: 8000,
    },
  );
  const [body = '', status = ''] = ran.stdout.split(mark);
  const printed = { ...ran, stdout: body, stderr: errorOf(ran.stderr) };
  const outcome: ProbeOutcome = {
    result: httpResult(ran),
    by: null,
    status: ran.exitCode === 0 ? Number(status) : null,
    body: ran.exitCode === 0 ? body : null,
    sources: [],
    names: { addresses: triedIn(ran.stderr) },
    ...brokenAnswer(ran),
    evidence: evidenceOf(from.name, argv, printed),
  };
  return withNameAnswer(pid, from, url, outcome);
}

/** `*   Trying 192.168.1.12:80...`: of a URL with a name, the addresses the name resolved to. */
function triedIn(stderr: string): string[] {
  return [...stderr.matchAll(/^\* +Trying \[?([0-9a-f.:]+?)\]?:\d+\.\.\./gm)].map((match) => match[1] ?? '');
}

/** The answer that broke off, was no HTTP, or began no TLS that curl takes, or never began, in curl's words. */
export function brokenAnswer(ran: Ran): Pick<ProbeOutcome, 'broken'> {
  // The connection was closed, not reset: a program took it, and had nothing to say.
  if (ran.exitCode === 52 && httpResult(ran) === 'rejected') return { broken: { nothing: complaintOf(ran) } };
  if (httpResult(ran) !== 'broken-answer') return {};
  if (ran.exitCode === 35 || ran.exitCode === 56) return { broken: { tls: complaintOf(ran) } };
  if (distrusts.includes(ran.exitCode ?? 0)) return { broken: { certificate: complaintOf(ran) } };
  const missing = /with (\d+) bytes remaining/.exec(ran.stderr)?.[1];
  if (missing !== undefined) return { broken: { missing } };
  return { broken: ran.exitCode === 18 ? { chunks: 'Transfer-Encoding: chunked' } : {} };
}

/** OpenSSL's words for the alert of a server that breaks off TLS, also after the handshake of TLS 1.3. */
const alert = /SSL routines:.*\balert\b/;

/** curl's codes for a certificate that it does not accept: 51 before curl 7.62. */
const distrusts = [51, 60];

/** The end of curl's error, without the library, its version and the number of the error. */
function complaintOf({ exitCode, stderr }: Ran): string {
  const line = stderr.split('\n').find((one) => one.startsWith(`curl: (${exitCode}) `)) ?? '';
  return line
    .replace(/^curl: \(\d+\) (.*\berror:[^:]*:[^:]*:[^:]*:|SSL: |SSL certificate problem: )?/, '')
    .trim();
}

/** curl's exit codes (curl(1)), and the kernel's error behind code 7. */
export function httpResult(ran: Ran): ProbeResult {
  if (ran.timedOut || !spoken(ran)) return 'tool-failed';
  switch (ran.exitCode) {
    case 0:
      return 'answer';
    case 6:
      // It asked nobody: no thread could be started.
      return /thread failed to start/.test(ran.stderr) ? 'tool-failed' : 'name-unknown';
    case 7:
      if (refusedHere.test(ran.stderr)) return 'no-route';
      if (/No route to host/.test(ran.stderr)) return 'host-unreachable';
      return 'rejected';
    case 28:
      return 'silence';
    // Something came that is no HTTP, or not all of it came.
    case 1:
      return /HTTP\/0\.9/.test(ran.stderr) ? 'broken-answer' : 'tool-failed';
    case 8:
    case 18:
    case 51:
    case 60:
      return 'broken-answer';
    case 35:
      return /reset by peer|SSL_ERROR_SYSCALL|unexpected eof/i.test(ran.stderr)
        ? 'rejected'
        : 'broken-answer';
    // Nothing came, it could not be sent, it broke off: the connection was reset.
    case 52:
    case 55:
      return 'rejected';
    case 56:
      return alert.test(ran.stderr) ? 'broken-answer' : 'rejected';
    default:
      return 'tool-failed';
  }
}

/** Whether curl itself ended so: with a status where there is an answer, else with the code in its own words. */
function spoken({ exitCode, stdout, stderr }: Ran): boolean {
  if (exitCode === 0) return stdout.includes(mark) || /^< HTTP\//m.test(stderr);
  return stderr.includes(`curl: (${exitCode}) `);
}

/** Of curl's verbose words only the error and the kernel's reason for it. */
function errorOf(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => /^curl: |failed: |unreachable|refused|No route/.test(line))
    .join('\n');
}
