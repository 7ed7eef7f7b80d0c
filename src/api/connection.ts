import type { WebSocket } from 'ws';
import { languages } from '../core/language.ts';
import type { NumberedEvent } from '../core/session/event.ts';
import { closeCodes, requestsPerConnection } from '../protocol/connection.ts';
import { HoplabError } from '../protocol/errors.ts';
import { decodeFrame } from '../protocol/frame.ts';
import type { NotificationName, NotificationParams } from '../protocol/notifications.ts';
import { protocolVersion } from '../protocol/version.ts';
import { explainEvent } from './explain.ts';
import { failure } from './failure.ts';
import type { Call, Services } from './handler.ts';
import { coded } from './refused.ts';
import type { Rpc } from './rpc.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTerminals } from './terminals.ts';
import { createTrafficWatches } from './traffic-watches.ts';

/** Serves one client for as long as it stays. Its terminals end with it; sessions do not. */
export function serveConnection(socket: WebSocket, rpc: Rpc, services: Services, slowLimit: number): void {
  const { sessions, metrics, log, system } = services;

  const left = new AbortController();
  const terminals = createTerminals(
    {
      bytes: send,
      exit: (terminal, exitCode, signal) => notify('terminal.exit', { terminal, exitCode, signal }),
      left: (terminal, how) => notify('terminal.left', { terminal, how }),
    },
    metrics.terminal,
  );
  const subscriptions = createSubscriptions(sessions, say, (session, changes) =>
    notify('topology.changed', { session, changes }),
  );

  const traffic = createTrafficWatches(sessions, (session, news) =>
    notify('traffic.seen', { session, ...news }),
  );

  function say(session: string, event: NumberedEvent): void {
    try {
      notify('session.event', { session, ...explainEvent(event) });
    } catch (error) {
      // A client that missed an event must know: it comes back with its last number.
      log.error({ err: error, session, number: event.number }, 'event failed');
      socket.close(1011, 'internal');
    }
  }

  function send(data: string | Uint8Array): void {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(data);
    if (socket.bufferedAmount > slowLimit) cut('slow-consumer');
  }

  function cut(reason: keyof typeof closeCodes): void {
    log.warn({ reason }, 'connection cut');
    metrics.cut(reason);
    // It stays for the goodbye; what it asks meanwhile is not begun.
    left.abort();
    socket.close(closeCodes[reason], reason);
  }

  function notify<N extends NotificationName>(method: N, params: NotificationParams<N>): void {
    send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  let waiting = 0;

  function begin(): () => void {
    if (waiting >= requestsPerConnection) {
      throw new HoplabError(
        'request-limit',
        `a connection has at most ${requestsPerConnection} unanswered requests`,
        { limit: requestsPerConnection },
      );
    }
    waiting += 1;
    return () => {
      waiting -= 1;
    };
  }

  async function receiveText(text: string): Promise<void> {
    const after: (() => void)[] = [];
    const call: Call = {
      terminals,
      subscriptions,
      traffic,
      begin,
      gone: left.signal,
      afterReply: (work) => after.push(work),
      progress: (id) => (done, total, message) => {
        if (id !== undefined) notify('progress', { id, done, total, message });
      },
      hops: (id) => (news) => {
        if (id !== undefined) notify('path.hop', { id, ...news });
      },
    };
    const reply = await rpc(text, call);
    if (reply !== null) send(reply);
    for (const work of after) work();
  }

  function receiveBytes(bytes: Uint8Array): void {
    try {
      const frame = decodeFrame(bytes);
      if (!frame) throw new HoplabError('message-invalid', 'no terminal frame');
      terminals.receive(frame);
    } catch (error) {
      if (!(error instanceof HoplabError)) log.error({ err: error }, 'terminal frame failed');
      send(JSON.stringify(failure(null, coded(error))));
    }
  }

  socket.on('message', (data: Buffer, isBinary) => {
    if (left.signal.aborted) return;
    if (isBinary) receiveBytes(data);
    else void receiveText(data.toString());
  });
  socket.on('close', () => {
    left.abort();
    terminals.closeAll();
    subscriptions.removeAll();
    traffic.removeAll();
    metrics.connection(-1);
  });
  socket.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') metrics.cut('message-too-large');
    log.info({ err: error }, 'connection error');
  });
  metrics.connection(1);
  notify('system.hello', { protocol: protocolVersion, version: system.version, languages: [...languages] });
}
