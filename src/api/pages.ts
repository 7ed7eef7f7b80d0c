import type { FastifyInstance } from 'fastify';
import { HoplabError } from '../protocol/errors.ts';
import { openRpcDocument } from '../protocol/openrpc.ts';
import { type Door, refusal } from './door.ts';
import type { Services } from './handler.ts';
import { coded, refused } from './refused.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs no token. */
    public?: boolean;
  }
}

/** Plain HTTP: health, metrics, the description of the API. */
export function addPages(
  app: FastifyInstance,
  door: Door,
  { sessions, system, metrics, log }: Services,
): void {
  app.addHook('onRequest', async ({ headers, routeOptions }) => {
    const error = refusal(door, { headers, public: routeOptions.config.public === true });
    if (error) throw error;
  });

  // Whether the daemon lives is no secret to a client that can reach its door.
  app.get('/healthz', { config: { public: true } }, async () => ({ status: 'ok', version: system.version }));

  app.get('/metrics', async (_request, reply) => {
    const all = sessions.list();
    const machines = all.filter(({ machine }) => machine.state === 'ready').length;
    reply.type('text/plain; version=0.0.4; charset=utf-8');
    return metrics.text({ version: system.version, sessions: all.length, machines });
  });

  app.get('/openrpc.json', async () => openRpcDocument(system.version));

  app.setNotFoundHandler(() => {
    throw new HoplabError('method-not-found', 'there is no such page');
  });

  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const ours = error instanceof HoplabError || (error.statusCode ?? 500) >= 500;
    if (ours && !(error instanceof HoplabError)) log.error({ err: error }, 'page failed');
    const { status, body } = refused(ours ? coded(error) : new HoplabError('request-invalid', error.message));
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    reply.code(status).send(body);
  });
}
