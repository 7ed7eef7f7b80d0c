import type { FastifyBaseLogger } from 'fastify';
import type { Finding } from '../core/ports.ts';
import type { LabControl, Progress, SessionControl } from '../core/session/control.ts';
import type { HopListener } from '../core/session/tracing.ts';
import type { CheckedParams, MethodName, Result } from '../protocol/methods.ts';
import type { Metrics } from './metrics.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Terminals } from './terminals.ts';
import type { TrafficWatches } from './traffic-watches.ts';

/** The parts that the API is built on; the composition root provides them. */
export interface Services {
  sessions: SessionControl;
  labs: LabControl;
  system: {
    version: string;
    doctor(): Promise<Finding[]>;
    /** Names of the features this machine has. */
    features(): Promise<string[]>;
  };
  log: FastifyBaseLogger;
  metrics: Metrics;
}

/** The parts of a connection that a handler of its requests may use. */
export interface Call {
  terminals: Terminals;
  subscriptions: Subscriptions;
  traffic: TrafficWatches;
  /** Counts a request until its answer is there. @throws `request-limit` */
  begin(): () => void;
  /** Aborted when the client has left: its answer is no longer needed. */
  gone: AbortSignal;
  /** Runs right after the reply to this request has been sent. */
  afterReply(work: () => void): void;
  /** Reports the progress of the request, if the client gave a token. */
  progress(token: string | number | undefined): Progress;
  /** Reports the hops of a trace, if the client gave a token. */
  hops(token: string | number | undefined): HopListener;
}

type Handler<N extends MethodName> = (params: CheckedParams<N>, call: Call) => Result<N> | Promise<Result<N>>;

/** Every method of the protocol needs one: a missing handler does not compile. */
export type Handlers<N extends MethodName = MethodName> = { [K in N]: Handler<K> };
