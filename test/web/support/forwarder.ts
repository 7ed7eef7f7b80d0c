import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to the daemon that can be cut, as a forwarded port of a VM is. */
export interface Forwarder {
  /** The same address by this way. */
  url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

interface Scope {
  teardown(work: () => Promise<void>): void;
}

export async function startForwarder(scope: Scope, to: string): Promise<Forwarder> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const on = connect(Number(target.port), target.hostname);
    for (const socket of [from, on]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        from.destroy();
        on.destroy();
      });
    }
    from.pipe(on).pipe(from);
  });
  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  const port = await listen(0);
  scope.teardown(cut);
  const url = new URL(to);
  url.port = String(port);
  return {
    url: url.href,
    cut,
    async mend() {
      await listen(port);
    },
  };
}
