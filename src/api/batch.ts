import { setImmediate as turn } from 'node:timers/promises';
import { maxBatchBytes } from '../protocol/connection.ts';
import { HoplabError } from '../protocol/errors.ts';
import { failure } from './failure.ts';

/** Of all batches of all connections together, one piece of work a turn of the event loop. */
let last = Promise.resolve();
const ownTurn = (): Promise<void> => (last = last.then(() => turn()));

/**
 * Answers a JSON-RPC batch; null when no request wants an answer. Begins one request, and writes one answer, a turn
 * of the event loop: the requests of other connections come between.
 */
export async function answerBatch(
  requests: readonly unknown[],
  answer: (request: unknown) => Promise<{ id?: unknown } | null>,
): Promise<string | null> {
  const begun: Promise<{ id?: unknown } | null>[] = [];
  for (const request of requests) {
    await ownTurn();
    begun.push(answer(request));
  }
  const texts: string[] = [];
  let bytes = 0;
  for (const one of begun) {
    const reply = await one;
    if (reply === null) continue;
    await ownTurn();
    const text = JSON.stringify(bytes > maxBatchBytes ? tooMuch(reply.id) : reply);
    bytes += text.length;
    texts.push(text);
  }
  return texts.length > 0 ? `[${texts.join()}]` : null;
}

const tooMuch = (id: unknown): object =>
  failure(
    typeof id === 'string' || typeof id === 'number' ? id : null,
    new HoplabError('request-limit', `the answers of a batch have at most ${maxBatchBytes} bytes`, {
      limit: maxBatchBytes,
    }),
  );
