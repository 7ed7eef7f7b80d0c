/** A datagram that the service which usually has a UDP port understands. */
interface UdpQuestion {
  service: string;
  /** In hexadecimal; `token` is in it wherever the service sends it back. */
  bytes: (token: string) => string;
  /** Syslog takes messages and answers none. */
  answers: boolean;
  /** As a learner would ask. */
  command: (to: string, port: number) => string[];
}

/** Null: no question is known for this port, or one has no such size, and the datagram is bytes of the trace's own. */
export const udpQuestion = ({
  port,
  size,
}: {
  port: number;
  size?: number | undefined;
}): UdpQuestion | null => (size === undefined ? (questions[port] ?? null) : null);

/** Netcat sends its input, and prints the reply. */
export const plainDatagram = (to: string, port: number): string[] => ['nc', '-u', '-v', to, String(port)];

const hex = (text: string): string =>
  [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/**
 * A query for the SOA of the root zone. Without recursion (no RD) a server answers at once from its own data.
 */
const dns = (token: string): string => `${token.slice(0, 4)}0000000100000000000000${'00060001'}`;

const questions: Record<number, UdpQuestion> = {
  // RFC 862: every datagram comes back.
  7: { service: 'echo', bytes: (token) => token, answers: true, command: plainDatagram },
  53: {
    service: 'DNS',
    bytes: dns,
    answers: true,
    command: (to) => ['dig', '+norecurse', '+tries=1', '+time=2', `@${to}`, '.', 'SOA'],
  },
  // RFC 5905, 7.3: version 4, mode 3 (client); the last eight bytes are the time of sending.
  123: {
    service: 'NTP',
    bytes: (token) => `23${'00'.repeat(39)}${token}`,
    answers: true,
    command: (to) => ['ntpdig', to],
  },
  // RFC 3416: GetRequest of sysDescr.0 in the community public.
  161: {
    service: 'SNMP',
    bytes: (token) =>
      `302902010104067075626c6963a01c0204${'00'}${token.slice(0, 6)}020100020100300e300c06082b060102010101000500`,
    answers: true,
    command: (to) => ['snmpget', '-v2c', '-cpublic', to, 'sysDescr.0'],
  },
  514: {
    service: 'syslog',
    bytes: () => hex('<15>1 - - hoplab - - - trace'),
    answers: false,
    command: (to, port) => ['logger', '--server', to, '--port', String(port), '--udp', 'trace'],
  },
  // RFC 8489, 6: a Binding request without attributes.
  3478: {
    service: 'STUN',
    bytes: (token) => `000100002112a442${token}${token.slice(0, 8)}`,
    answers: true,
    command: plainDatagram,
  },
};
