import type { TracedPath } from '../path/recording/hop.ts';
import type { MovedRule } from '../path/recording/moved-rule.ts';
import type { Evidence } from '../verdict/verdict.ts';
import type { NameFindings, NameProbe } from './names.ts';
import type { PairsFindings, PairsProbe } from './pairs.ts';
import type { LoadRun, MailAnswer, ServiceProbe, TimeAnswer, TimeSource } from './services.ts';
import type { TraceRequest } from './trace-probe.ts';

/** A request to send real packets. */
export type Probe =
  | PlainProbe
  /** One whose packets are watched everywhere. */
  | ({ kind: 'trace' } & TraceRequest);

/** The probes that only their own tool has to watch. */
export type PlainProbe =
  /** `size`: bytes of data, as ping -s counts them. */
  | { kind: 'ping'; from: string; to: string; size?: number }
  | { kind: 'http'; from: string; url: string }
  | PairsProbe
  /** A ping from `from`, watched at `at`: the source addresses with which its requests arrive there. */
  | { kind: 'seen'; from: string; to: string; at: string }
  | { kind: 'command'; from: string; run: string; as: string | null }
  /** How the kernel prints a rule: asked for one whose extension is not known here. */
  | {
      kind: 'rule-text';
      from: string;
      tool: 'iptables' | 'ip6tables';
      table: string;
      own: string | null;
      line: string;
    }
  /** A TLS handshake. */
  | { kind: 'tls'; from: string; to: string; port: number; name: string | null; trust: string | null }
  /** Requests one after the other, each on a connection of its own. */
  | { kind: 'distribution'; from: string; url: string; requests: number; header: string | null }
  | ServiceProbe
  | NameProbe;

/**
 * The result as the tool reported it, without a diagnosis.
 * - `reply` / `answer`: it worked.
 * - `no-route`: the node's own kernel refused at once (network unreachable).
 * - `host-unreachable`: neighbour did not answer, at the node itself or reported by a router.
 * - `rejected`: an ICMP error or a reset came back.
 * - `silence`: nothing came back in time.
 * - `name-unknown`: the target's name was not resolved; of the DNS: NXDOMAIN.
 * - `no-data`, `server-refused`, `server-failed`: a name server's NOERROR without an answer, REFUSED,
 *   SERVFAIL.
 * - `broken-answer`: of HTTP: an answer came, and it broke off, is no HTTP, or no TLS that the client takes.
 * - `tool-failed`: the tool itself did not run, was killed or timed out: no statement about the network.
 */
export type ProbeResult =
  | 'reply'
  | 'answer'
  | 'no-route'
  | 'host-unreachable'
  | 'rejected'
  | 'silence'
  | 'name-unknown'
  | 'no-data'
  | 'server-refused'
  | 'server-failed'
  | 'broken-answer'
  | 'tool-failed';

export interface ProbeOutcome {
  result: ProbeResult;
  /** The sender of the ICMP error, for `host-unreachable` and `rejected`. */
  by: string | null;
  /** Of HTTP the status and the body, of a command its exit code and output. */
  status: number | null;
  body: string | null;
  /** Of a traced probe: the answer, e.g. `NXDOMAIN`, `HTTP/1.1 404 Not Found`. */
  answer?: string;
  /**
   * Of `broken-answer`: the bytes that were still to come, or that the last chunk was; the client's complaint about the
   * TLS handshake or the certificate; none of them where it is no HTTP. Of `rejected`: a connection that was taken and
   * closed without a byte.
   */
  broken?: { nothing?: string; missing?: string; chunks?: string; tls?: string; certificate?: string };
  /** `seen` only: source addresses in order of arrival, without repeats. */
  sources: string[];
  /** Of TLS only. */
  tls?: TlsFindings;
  /**
   * Of many requests only: how many each backend answered, by the name it gave; and how many had no answer.
   */
  answers?: Record<string, number>;
  unanswered?: number;
  /** Of pairs only. */
  pairs?: PairsFindings;
  /** Of services only. */
  time?: TimeAnswer;
  /** Null where no time client runs. */
  timeSources?: TimeSource[] | null;
  mail?: MailAnswer;
  load?: LoadRun[];
  /** Of names and files only. */
  names?: NameFindings;
  /** Of a traced probe only: its way, and the rules that counted meanwhile. */
  traced?: { path: TracedPath; moved: MovedRule[] };
  evidence: Evidence;
}

/** The result of a TLS handshake: the server's certificate, or the reason why there is none. */
export type TlsFindings =
  | { spoken: false; error: string }
  | {
      spoken: true;
      /** `DNS:www.example, IP Address:192.0.2.1` */
      names: string;
      /** Null where no name was asked for. */
      named: boolean | null;
      issuer: string;
      /** Dates as year, month and day. */
      begins: string;
      ends: string;
      dates: 'valid' | 'expired' | 'not-yet';
      /** Why the signature is not trusted; empty where it is, null where that was not asked. */
      distrust: string | null;
    };
