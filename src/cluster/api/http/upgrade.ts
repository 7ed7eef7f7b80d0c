import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ApiObject } from '../../store/objects.ts';
import { ApiError, badRequest, internal, noSuchPath } from '../request/errors.ts';
import type { RequestInfo } from '../request/path.ts';
import { findResource } from '../resources.ts';
import { at, textOf } from '../values.ts';
import { readObject, type ServerContext } from './common.ts';
import { execOptions, streamed } from './exec.ts';

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => protocols.find((one) => offered.has(one)) ?? false,
});

/**
 * A request that wants to become a stream: exec or attach. `allow` authenticates the user, and refuses what they may
 * not do.
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
    const options = execOptions(pod, info.query);
    const attaches = info.resource?.subresource === 'attach';
    if (!attaches && options.command.length === 0)
      throw badRequest('you must specify at least 1 command for the container');
    // Last: a kubectl whose WebSocket was refused asks once more by SPDY, and shows this answer.
    if (request.headers.upgrade?.toLowerCase() !== 'websocket')
      throw badRequest('only WebSocket is served here: kubectl 1.31 or newer runs commands that way');
    sockets.handleUpgrade(request, socket, head, (client) => {
      void streamed(client, options.stdin, async (streams, signal) => {
        if (!attaches) return pods.exec(pod, options, streams, signal);
        await pods.attach(pod, options.container, streams, signal);
        return 0;
      });
    });
  } catch (error) {
    refuse(socket, error instanceof ApiError ? error : internal(String(error)));
  }
}

function podOf({ resource }: RequestInfo, served: ServerContext): ApiObject {
  const found = resource && findResource(resource.group, resource.version, resource.name);
  const kind = resource?.subresource;
  if (resource === undefined || found?.kind !== 'Pod' || (kind !== 'exec' && kind !== 'attach'))
    throw noSuchPath();
  const pod = readObject({ served, resource: found, path: resource });
  if (textOf(at(pod, 'spec').nodeName) === '')
    throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const phase = textOf(at(pod, 'status').phase);
  if (phase === 'Succeeded' || phase === 'Failed') {
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
