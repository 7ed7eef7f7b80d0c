import type { Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { closeCodes, maxMessageBytes, subprotocol, webSocketPath } from '../protocol/connection.ts';
import { HoplabError } from '../protocol/errors.ts';
import { type Door, refusal } from './door.ts';
import { refuseUpgrade } from './refused.ts';

/** Milliseconds for a client to answer a close; @types/ws does not know the option yet. */
const patience = { closeTimeout: 2000 };

interface Upgrades {
  /** Closes the connection of every client; resolves when all are gone. */
  close(): Promise<void>;
}

/** Makes WebSockets of the upgrades that the door lets in, and keeps track of the open ones. */
export function acceptUpgrades(
  server: Server,
  door: Door,
  heartbeat: number,
  serve: (socket: WebSocket) => void,
): Upgrades {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    // One message a turn of the event loop: a client that sends many at once delays no other.
    allowSynchronousEvents: false,
    ...patience,
    WebSocket: CodedWebSocket,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?')[0];
    const error =
      refusal(door, { headers: request.headers, public: false }) ??
      (path === webSocketPath
        ? null
        : new HoplabError('method-not-found', `the WebSocket is at ${webSocketPath}`));
    if (error) refuseUpgrade(socket, error);
    else sockets.handleUpgrade(request, socket, head, serve);
  });

  const heart = watchHeartbeats(sockets, heartbeat);

  return {
    async close() {
      clearInterval(heart);
      const gone = [...sockets.clients].map(
        (client) => new Promise((resolve) => client.once('close', resolve)),
      );
      for (const client of sockets.clients) client.close(1001, 'daemon-stopping');
      await Promise.all(gone);
    },
  };
}

/** ws closes on an oversized message by itself; this gives the client the reason as well. */
class CodedWebSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, reason ?? (code === closeCodes['message-too-large'] ? 'message-too-large' : undefined));
  }
}

/** Pings every client; one that has not answered by the next ping is gone. */
function watchHeartbeats(sockets: WebSocketServer, heartbeat: number): NodeJS.Timeout {
  const silent = new WeakSet<WebSocket>();
  const heart = setInterval(() => {
    for (const client of sockets.clients) {
      if (silent.has(client)) {
        client.terminate();
        continue;
      }
      silent.add(client);
      client.once('pong', () => silent.delete(client));
      client.ping();
    }
  }, heartbeat);
  return heart.unref();
}
