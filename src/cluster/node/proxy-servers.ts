import type { RequestListener, ServerResponse } from 'node:http';
import { type HealthCheck, healthAnswer } from '../proxy/health.ts';
import { serveOnNode } from './node-server.ts';

/** The ports of one node's kube-proxy: its own state, and the health checks of services. */
export class ProxyServers {
  /** Resolves when its own two ports are open. */
  readonly ready: Promise<unknown>;
  readonly #node: string;
  readonly #open = new Map<number, Promise<() => void>>();
  #checks: readonly HealthCheck[] = [];
  #synced = new Date();

  constructor(node: string) {
    this.#node = node;
    this.ready = serveOnNode(node, [
      { port: 10249, host: '127.0.0.1', answer: tellMode },
      {
        port: 10256,
        answer: ({ url }, response) => {
          if (url !== '/healthz' && url !== '/livez') return plain(response, 404, notFound);
          const [lastUpdated, currentTime] = [this.#synced, new Date()].map(
            (time) => `"${time.toISOString()}"`,
          );
          response.setHeader('Content-Type', 'application/json');
          response.end(`{"lastUpdated": ${lastUpdated},"currentTime": ${currentTime}, "nodeEligible": true}`);
        },
      },
    ]);
  }

  /** The rules are written; these are the health checks that belong to them. */
  show(checks: readonly HealthCheck[]): void {
    this.#synced = new Date();
    this.#checks = checks;
    for (const { port } of checks) if (!this.#open.has(port)) this.#open.set(port, this.#serve(port));
    for (const [port, open] of this.#open) {
      if (checks.some((check) => check.port === port)) continue;
      this.#open.delete(port);
      void open.then((end) => end());
    }
  }

  #serve(port: number) {
    const answer: RequestListener = (_, response) => {
      const check = this.#checks.find((each) => each.port === port);
      if (check === undefined) return plain(response, 404, notFound);
      const { status, headers, body } = healthAnswer(check);
      response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
    };
    return serveOnNode(this.#node, [{ port, answer }]);
  }
}

const notFound = '404 page not found\n';

const tellMode: RequestListener = ({ url }, response) => {
  if (url === '/proxyMode') plain(response, 200, 'iptables');
  else if (url === '/healthz') plain(response, 200, 'ok');
  else plain(response, 404, notFound);
};

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}
