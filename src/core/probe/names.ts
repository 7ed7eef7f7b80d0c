import type { NearLine } from '../text/slip.ts';

/** Probes that ask for names, read files and open connections. */
export type NameProbe =
  | DnsProbe
  /** A query asked twice, the second time watched at the server. */
  | { kind: 'cached'; from: string; query: DnsProbe; at: string }
  /** The result of a program's look-up of a name on the node. */
  | { kind: 'resolve'; from: string; name: string; libc: 'glibc' | 'musl'; families: boolean }
  /** The text of a file as a program on the node reads it. */
  | { kind: 'read'; from: string; path: string }
  | { kind: 'tcp'; from: string; to: string; port: number };

export interface DnsProbe {
  kind: 'dns';
  from: string;
  name: string;
  type: string;
  /** Null: the servers of the node's resolv.conf. */
  server: string | null;
  recurse: boolean;
}

/** Findings about names; a key without a finding is left out. */
export interface NameFindings {
  /** Records of the answer section, in its order. */
  records?: DnsRecord[];
  /** Zones whose name servers stand in the authority section: where to ask on. */
  referrals?: string[];
  /** The answer did not fit into a datagram (TC, RFC 1035 4.1.1), and the question over TCP failed. */
  truncated?: true;
  /** The server could not find out about the root's servers either. */
  rootless?: true;
  /** The silent server is a cluster's, and answers for the cluster's own names. */
  ownNames?: true;
  /** The server that answered, or that was asked in vain. */
  server?: string;
  /** The node's name servers, first asked first. */
  nameservers?: string[];
  /** The sources of `hosts:` in nsswitch.conf(5), in order. */
  order?: string[];
  /** The query's identifier (RFC 1035 4.1.1). */
  id?: string;
  /** `cached` only: the query came to the server; the questions that it sent to others because of it. */
  arrived?: boolean;
  sent?: string[];
  /** Addresses in the order a program tries them. */
  addresses?: string[];
  /** The server's reply to the question for each family alone. */
  families?: { type: 'A' | 'AAAA'; result: FamilyAnswer }[];
  /** The line of /etc/hosts that gave the address, where that file did. */
  hostsLine?: string;
  /** A line of a file that was meant to give the name's address, or the server to ask, and does not. */
  near?: NearLine & { file: string };
  /** Null: there is no such file. */
  text?: string | null;
}

export const familyAnswers = [
  'answer',
  'no-data',
  'server-refused',
  'server-failed',
  'name-unknown',
  'silence',
] as const;
/** To a program that waits for an answer, any other reply counts as silence. */
export type FamilyAnswer = (typeof familyAnswers)[number];

export interface DnsRecord {
  name: string;
  type: string;
  /** As the zone writes it, without the dot at the end of a name. */
  data: string;
}

/** A name that must be found before the failure of another means anything. */
export interface NameControl {
  from: string;
  name: string;
  server?: string;
}

/** The words of a traced query for an answer that has neither records nor zones to ask on. */
export const noRecords = 'NOERROR, no records';
