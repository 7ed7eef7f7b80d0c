import { WebSocket } from 'ws';
import { type Client, connect } from '../../src/client/client.ts';
import { HoplabError } from '../../src/protocol/errors.ts';
import type { MethodName, Params, Result } from '../../src/protocol/methods.ts';
import type { Daemon } from '../support/daemon.ts';
import type { Random } from '../support/topology/random.ts';

/** One kind of harm, tried again and again until its time is over, or `most` times. */
export interface Part {
  name: string;
  run(trial: Trial): Promise<void>;
}

export interface Trial {
  random: Random;
  /** Attempts at most; the time may be over before. */
  most: number;
  /** False once the time is over. */
  goesOn(): boolean;
  tally: Tally;
}

/** Counts what was tried, and says what failed. */
export class Tally {
  tried = 0;
  readonly failures: string[] = [];
  readonly notes: string[] = [];

  /** One attempt; what it throws is a failure. */
  async attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    this.tried += 1;
    try {
      await work();
    } catch (error) {
      this.failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

export const clientOf = ({ run }: Daemon): Promise<Client> =>
  connect(new WebSocket(`ws+unix:${run}/hoplab.sock:/ws`));

/** A learner's session, and beside it the finished one of another whose checks pass. */
export async function twoSessions(
  daemon: Daemon,
): Promise<{ client: Client; session: string; other: string }> {
  await daemon.start();
  const client = await clientOf(daemon);
  const { id: other } = await result(client, 'sessions.start', { lab: 'switching' });
  await result(client, 'steps.apply', { session: other, step: 'all' }, 120);
  const { id: session } = await result(client, 'sessions.start', { lab: 'switching' });
  return { client, session, other };
}

/** The answer within some seconds; an error of the daemon's own (`internal`) is none. */
export async function answered<N extends MethodName>(
  client: Client,
  method: N,
  params: Params<N>,
  seconds = 60,
): Promise<Result<N> | HoplabError> {
  const waiting = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`${method}: no answer in ${seconds} s`)), seconds * 1000);
    waiting.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await Promise.race([client.call(method, params), late]);
  } catch (error) {
    if (!(error instanceof HoplabError)) throw error;
    if (error.code === 'internal' || error.code === 'daemon-unreachable')
      throw new Error(`${method}: ${error.code}: ${error.message}`);
    return error;
  } finally {
    waiting.abort();
  }
}

/** The result; any error is a failure. */
export async function result<N extends MethodName>(
  client: Client,
  method: N,
  params: Params<N>,
  seconds?: number,
): Promise<Result<N>> {
  const answer = await answered(client, method, params, seconds);
  if (answer instanceof HoplabError) throw new Error(`${method}: ${answer.code}: ${answer.message}`);
  return answer;
}
