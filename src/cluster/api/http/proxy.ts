import { request as askHttp, type IncomingMessage } from 'node:http';
import { request as askHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { ApiError, badRequest } from '../request/errors.ts';
import { at, numberOf, recordsOf, textOf } from '../values.ts';
import { type Call, readObject } from './common.ts';
import { sendError } from './exchange.ts';

/** Where a request goes on to. */
interface Backend {
  host: string;
  port: number;
}

/** What the path calls a pod or a service here: NAME, NAME:PORT or SCHEME:NAME:PORT. */
interface Wanted {
  secure: boolean;
  name: string;
  port: string;
}

/** Passes a request on to a port of a pod, or of a pod behind a service, from where the API server runs. */
export async function proxy(call: Call): Promise<void> {
  const { exchange, path } = call;
  const { request, response } = exchange;
  const [, rest, query = ''] = /\/proxy(\/[^?]*)?(\?.*)?$/.exec(request.url ?? '') ?? [];
  if (rest === undefined && ['GET', 'HEAD'].includes(request.method ?? '')) {
    response.writeHead(301, { location: `${exchange.info.path}/${query}` }).end();
    return;
  }
  const wanted = wantedOf(path.object ?? '');
  const target = { ...call, path: { ...path, object: wanted.name } };
  const { host, port } = path.name === 'pods' ? podOf(target, wanted) : endpointOf(target, wanted);
  const { authorization: _, connection: __, ...headers } = request.headers;
  const asked = (wanted.secure ? askHttps : askHttp)({
    ...{ host, port, method: request.method, path: `${rest ?? '/'}${query}` },
    headers: { ...headers, 'x-forwarded-uri': exchange.info.path },
    rejectUnauthorized: false,
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve).once('error', reject);
  });
  response.once('close', () => asked.destroy());
  request.pipe(asked);
  try {
    const answer = await answered;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  } catch (error) {
    if (!response.headersSent) sendError(response, unreachable(host, port, error as NodeJS.ErrnoException));
  }
}

function wantedOf(text: string): Wanted {
  const parts = text.split(':');
  const [name = '', port = ''] = parts.length === 3 ? parts.slice(1) : parts;
  const scheme = parts.length === 3 ? parts[0] : '';
  if (parts.length > 3 || name === '' || !['', 'http', 'https'].includes(scheme ?? ''))
    throw badRequest(`invalid request ${JSON.stringify(text)}`);
  return { secure: scheme === 'https', name, port };
}

function podOf(call: Call, { port, secure }: Wanted): Backend {
  const pod = readObject(call);
  const [first] = recordsOf(at(pod, 'spec').containers).flatMap(({ ports }) => recordsOf(ports));
  const host = textOf(at(pod, 'status').podIP);
  if (host === '') throw badRequest('address not allowed');
  return { host, port: Number(port) || numberOf(first?.containerPort) || (secure ? 443 : 80) };
}

function endpointOf(call: Call, { name, port }: Wanted): Backend {
  const { registry } = call.served;
  const id = JSON.stringify(call.exchange.info.resource?.object);
  const ports = recordsOf(at(readObject(call), 'spec').ports);
  const found =
    port === '' && ports.length === 1
      ? ports[0]
      : ports.find((one) => textOf(one.name) === port || String(one.port) === port);
  if (found === undefined)
    throw unavailable(`no service port ${JSON.stringify(port)} found for service ${id}`);
  const endpoints = registry.find('endpoints', call.path.namespace, name);
  for (const subset of recordsOf(endpoints?.subsets)) {
    const target = recordsOf(subset.ports).find((one) => textOf(one.name) === textOf(found.name));
    const addresses = recordsOf(subset.addresses);
    const { ip } = addresses[Math.floor(Math.random() * addresses.length)] ?? {};
    if (target !== undefined && ip !== undefined) return { host: textOf(ip), port: numberOf(target.port) };
  }
  throw unavailable(`no endpoints available for service ${id}`);
}

const unavailable = (message: string) => new ApiError(503, 'ServiceUnavailable', message);

/** In the words of Go, in which the API server is written. */
function unreachable(host: string, port: number, { code = '', message }: NodeJS.ErrnoException): ApiError {
  const words: Record<string, string> = {
    ECONNREFUSED: 'connect: connection refused',
    EHOSTUNREACH: 'connect: no route to host',
    ETIMEDOUT: 'connect: connection timed out',
  };
  const why = words[code];
  return unavailable(
    `error trying to reach service: ${why === undefined ? message : `dial tcp ${host}:${port}: ${why}`}`,
  );
}
