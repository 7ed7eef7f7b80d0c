import { subprotocol, tokenSubprotocol, webSocketPath } from '../../protocol/connection.ts';

/** A browser cannot set headers on a WebSocket: the token goes as a subprotocol. */
export function openSocket(token: string): WebSocket {
  return new WebSocket(webSocketPath, [subprotocol, `${tokenSubprotocol}${token}`]);
}
