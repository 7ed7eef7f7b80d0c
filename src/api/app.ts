import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serveConnection } from './connection.ts';
import type { Door } from './door.ts';
import type { Services } from './handler.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { addPage, type Page } from './page.ts';
import { addPages } from './pages.ts';
import { createRpc } from './rpc.ts';
import { acceptUpgrades } from './upgrade.ts';

export interface ApiOptions extends Omit<Services, 'metrics'> {
  door: Door;
  /** The web page's files; none unless given. */
  page?: Page;
  /** Give the same one to every door of a daemon; an own one unless given. */
  metrics?: Metrics;
  /** Milliseconds between pings; a client silent from one to the next is cut. */
  heartbeat?: number;
  /** Bytes a client may be behind before it is cut as a slow consumer. */
  slowLimit?: number;
  /** Milliseconds that a connection which is no WebSocket may be silent. */
  silence?: number;
  /** Connections at a time; another one is closed at once. */
  connections?: number;
}

/** The API behind one door. It does not listen: the composition root decides where. `close` ends it all. */
export function createApi(options: ApiOptions): FastifyInstance {
  const { door, heartbeat = 30_000, slowLimit = 8 * 1024 * 1024, metrics = createMetrics() } = options;
  const { silence = 20_000, connections = 512 } = options;
  const services: Services = { ...options, metrics };

  const logController = new LogController({ disableRequestLogging: true });
  const app = Fastify({
    ...{ loggerInstance: options.log, logController, bodyLimit: 64 * 1024 },
    // Each takes a file descriptor of the daemon's, which it needs for machines.
    connectionTimeout: silence,
    // A request that comes byte by byte is never silent.
    requestTimeout: silence,
    http: { headersTimeout: silence, connectionsCheckingInterval: silence / 2 },
    // A browser opens connections ahead of its requests; one that has not asked yet would hold up the end.
    forceCloseConnections: true,
  });
  app.server.maxConnections = connections;
  addPages(app, door, services);
  addPage(app, options.page ?? new Map());

  const rpc = createRpc(services);
  const upgrades = acceptUpgrades(app.server, door, heartbeat, (socket) =>
    serveConnection(socket, rpc, services, slowLimit),
  );
  app.addHook('preClose', upgrades.close);
  return app;
}
