/** Probes of services: a question as a client of that service asks it. */
export type ServiceProbe =
  /** One question to a time server. */
  | { kind: 'ntp'; from: string; to: string }
  /** The state of the servers in a node's time client; polled for a while until one of them is as awaited. */
  | { kind: 'time-sources'; from: string; until: { source: string } & AwaitedSource }
  /** Many queries to a name server, by runs; those to another address in turn with them. */
  | {
      kind: 'load';
      from: string;
      to: string;
      against: string | null;
      port: number;
      protocol: 'udp' | 'tcp';
      name: string;
      type: string;
      queries: number;
      runs: number;
      clients: number;
      /** Queries per second; null: as fast as it goes. */
      offered: number | null;
    }
  /** One mail handed to a server. `sender` may be empty, as in an error report. */
  | { kind: 'smtp'; from: string; to: string; port: number; host: string; sender: string; recipient: string };

/**
 * The reply of a time server; `offset`: seconds by which its clock is ahead. `refused`: the code of a
 * kiss-o'-death.
 */
export interface TimeAnswer {
  synchronised: boolean;
  stratum: number;
  refused: string;
  offset: number;
}

/** One run of many queries; `answered`: without an error. */
export interface LoadRun {
  to: string;
  sent: number;
  answered: number;
  seconds: number;
  /** Of the answered ones, on average, in seconds. */
  latency: number;
}

/** The answer that decided about a mail, and to which command it came. */
export interface MailAnswer {
  stage: 'connect' | 'EHLO' | 'MAIL FROM' | 'RCPT TO' | 'DATA' | 'mail';
  code: number;
  text: string;
}

/** Null: any value. */
export interface AwaitedSource {
  state: TimeSourceState[] | null;
  /** One of the last eight questions was answered, or none. */
  answers: boolean | null;
}

/** A server of a time client (`chronyc sources`); `offset`: seconds by which the server's clock is ahead. */
export interface TimeSource {
  address: string;
  state: TimeSourceState;
  stratum: number;
  /** How many of the last eight questions were answered. */
  answered: number;
  offset: number;
}

/** In the order of chronyc's signs `*`, `+`, `-`, `x`, `~`, `?`. */
export const timeSourceStates = [
  'selected',
  'combined',
  'excluded',
  'falseticker',
  'unstable',
  'unusable',
] as const;
type TimeSourceState = (typeof timeSourceStates)[number];
