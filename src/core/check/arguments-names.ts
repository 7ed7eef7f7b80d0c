import type { Reason } from '../verdict/reasons.ts';

export const recordTypes = ['A', 'AAAA', 'CNAME', 'NS', 'SOA', 'MX', 'TXT', 'PTR', 'SRV'] as const;
export type RecordType = (typeof recordTypes)[number];

/** Checks about names: what the DNS says, what a program on a node gets, and the files in between. */
export interface NameArguments {
  /** One query, as dig sends it: no hosts file, no search list. */
  dns: {
    from: string;
    name: string;
    type: RecordType;
    /** Whom to ask; otherwise the servers of the node's /etc/resolv.conf. */
    server?: string;
    /** `false`: the server is to say only what it knows itself (RD bit clear, RFC 1035 4.1.1). */
    recurse: boolean;
    /** Data of the records asked for, all of them among the answer's. */
    answer?: string[];
    /** The zone to whose servers the answer refers instead of answering. */
    referral?: string;
    /** The address the answer comes from. */
    by?: string;
    expect: 'answer' | Reason;
    control?: NameControl;
  };
  /** What a program such as ping gets for a name: nsswitch.conf(5) decides who is asked. */
  resolve: {
    from: string;
    name: string;
    address?: string;
    expect: 'answer' | Reason;
    control?: NameControl;
  };
  /** A query that a server at the node `at` has just answered is answered without another packet to others. */
  cached: { from: string; name: string; type: RecordType; server?: string; at: string };
  /** An entry of one of the node's files, by meaning. Exactly one of the entries is given. */
  file: {
    on: string;
    /** hosts(5) */
    hosts?: { address: string; name: string };
    /** resolv.conf(5) */
    nameserver?: string;
    search?: string;
    /** The sources of `hosts:` in nsswitch.conf(5), in order: `files dns`. */
    nsswitch?: string;
    /** sysctl.conf(5) */
    sysctl?: { key: string; value: string };
    absent: boolean;
  };
  /** A program waits for packets on a port, and on this address if one is named. */
  listener: {
    on: string;
    protocol: 'tcp' | 'udp';
    port: number;
    address?: string;
    process?: string;
    absent: boolean;
  };
  /** One TCP connection: accepted, or failed for the one reason it must fail for. */
  tcp: {
    from: string;
    to: string;
    port: number;
    expect: 'accepted' | Reason;
    control?: { from: string; to: string };
  };
}

/** A name that must be found before the failure of another means anything. */
export interface NameControl {
  from: string;
  name: string;
  server?: string;
}
