import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { ApiObject } from '../../store/objects.ts';
import type { ExecStreams } from '../pod-access.ts';
import { ApiError, badRequest, internal, noSuchPath } from '../request/errors.ts';
import { isTrue, type RequestInfo } from '../request/path.ts';
import { findResource } from '../resources.ts';
import { at, textOf } from '../values.ts';
import { readObject, type ServerContext } from './common.ts';
import { execOptions, streamed } from './exec.ts';
import { forwardPorts } from './port-forward.ts';
import { spdyStreamed } from './spdy-streams.ts';

type Access = NonNullable<ServerContext['pods']>;

/** A request that wants to become a stream, and who sent it. */
interface Asked {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

const tunnel = 'SPDY/3.1+portforward.k8s.io';

const sockets = (...protocols: string[]) =>
  new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => protocols.find((one) => offered.has(one)) ?? false,
  });
const channels = sockets('v5.channel.k8s.io', 'v4.channel.k8s.io');
const tunnels = sockets(tunnel);

/**
 * A request that wants to become a stream: exec, attach or port-forward, by WebSocket or by SPDY. `allow`
 * authenticates the user, and refuses what they may not do.
 */
export function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  served: ServerContext,
  allow: () => RequestInfo,
): void {
  socket.on('error', () => socket.destroy());
  try {
    const info = allow();
    const pod = podOf(info, served);
    const { pods } = served;
    if (pods === undefined) throw internal('this API server has no nodes to run commands on');
    const asked = { request, socket, head };
    if (info.resource?.subresource === 'portforward') forward(asked, pod, pods);
    else execute(asked, pod, info, pods);
  } catch (error) {
    refuse(socket, error instanceof ApiError ? error : internal(String(error)));
  }
}

function execute(asked: Asked, pod: ApiObject, { query, resource }: RequestInfo, pods: Access): void {
  const options = execOptions(pod, query);
  const attaches = resource?.subresource === 'attach';
  if (!attaches && options.command.length === 0)
    throw badRequest('you must specify at least 1 command for the container');
  const run = async (streams: ExecStreams, signal: AbortSignal) => {
    if (!attaches) return pods.exec(pod, options, streams, signal);
    await pods.attach(pod, options.container, streams, signal);
    return 0;
  };
  const { request, socket, head } = asked;
  if (isWebSocket(request))
    channels.handleUpgrade(request, socket, head, (client) => void streamed(client, options.stdin, run));
  else
    spdyStreamed(
      toSpdy(asked, 'v4.channel.k8s.io'),
      { ...options, stderr: isTrue(query.get('stderr')) },
      run,
    );
}

function forward(asked: Asked, pod: ApiObject, { dial }: Access): void {
  if (dial === undefined) throw internal('this API server has no nodes with pods');
  const to = (port: number) => dial(pod, port);
  const { request, socket, head } = asked;
  if (isWebSocket(request))
    tunnels.handleUpgrade(request, socket, head, (client) => forwardPorts(createWebSocketStream(client), to));
  else forwardPorts(toSpdy(asked, 'portforward.k8s.io'), to);
}

const isWebSocket = ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket';

/** The connection as a client that asked for SPDY expects it. */
function toSpdy({ request, socket, head }: Asked, protocol: string): Duplex {
  const offered = String(request.headers['x-stream-protocol-version'] ?? '').split(/, */);
  if (request.headers.upgrade?.toLowerCase() !== 'spdy/3.1')
    throw badRequest('unable to upgrade: only websocket and SPDY/3.1 are served');
  if (!offered.includes(protocol))
    throw badRequest(
      `unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}]`,
    );
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'connection: Upgrade',
    'upgrade: SPDY/3.1',
    `x-stream-protocol-version: ${protocol}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if (head.length > 0) socket.unshift(head);
  return socket;
}

const streams = new Set(['exec', 'attach', 'portforward']);

function podOf({ resource }: RequestInfo, served: ServerContext): ApiObject {
  const found = resource && findResource(resource.group, resource.version, resource.name);
  const kind = resource?.subresource ?? '';
  if (resource === undefined || found?.kind !== 'Pod' || !streams.has(kind)) throw noSuchPath();
  const pod = readObject({ served, resource: found, path: resource });
  if (textOf(at(pod, 'spec').nodeName) === '')
    throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const phase = textOf(at(pod, 'status').phase);
  if (kind !== 'portforward' && (phase === 'Succeeded' || phase === 'Failed')) {
    const verb = kind === 'exec' ? 'exec into' : 'attach';
    throw badRequest(`cannot ${verb} a container in a completed pod; current phase is ${phase}`);
  }
  return pod;
}

function refuse(socket: Duplex, { status }: ApiError): void {
  const body = `${JSON.stringify(status)}\n`;
  const lines = [
    `HTTP/1.1 ${status.code} ${status.reason}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
