import type { FastifyBaseLogger } from 'fastify';
import type { Finding } from '../core/ports.ts';
import type { LabControl, Progress, SessionControl } from '../core/session/control.ts';
import type { HopListener } from '../core/session/tracing.ts';
import type { CheckedParams, MethodName, Result } from '../protocol/methods.ts';
import type { Metrics } from './metrics.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Terminals } from './terminals.ts';

/** What the API is built on; the composition root gives it. */
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

/** What a handler may use of the connection its request came by. */
export interface Call {
  terminals: Terminals;
  subscriptions: Subscriptions;
  /** Counts a request until its answer is there. @throws `request-limit` */
  begin(): () => void;
  /** Aborted when the client has left: its answer is no longer needed. */
  gone: AbortSignal;
  /** Runs right after the reply to this request has been sent. */
  afterReply(work: () => void): void;
  /** Says how far the request is, when it asked to be told. */
  progress(token: string | number | undefined): Progress;
  /** Tells the hops of a trace, when it asked to be told. */
  hops(token: string | number | undefined): HopListener;
}

type Handler<N extends MethodName> = (params: CheckedParams<N>, call: Call) => Result<N> | Promise<Result<N>>;

/** Every method of the protocol needs one: a missing handler does not compile. */
export type Handlers<N extends MethodName = MethodName> = { [K in N]: Handler<K> };
