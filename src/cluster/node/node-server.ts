import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { Server as Listener } from 'node:net';
import { onNode } from './places.ts';

/**
 * Listens and hands the socket over: connections that it accepts afterwards are the node's, whichever process
 * reads them.
 */
const listener = `const [port, host] = process.argv.slice(1);
const end = () => process.exit();
const server = require('net').createServer().on('error', ({ code }) => process.send(code, end));
server.listen(+port, host, () => process.send('listening', server, end));`;

/**
 * A web server in the network of a node. A socket stays in the network it was made in, so a short process
 * there makes it, and this process serves it. Returns a function that ends it; null if the port is taken.
 */
export function serveOnNode(
  node: string,
  { port, host = '0.0.0.0' }: { port: number; host?: string },
  answer: RequestListener,
): Promise<(() => void) | null> {
  const [program = '', ...rest] = onNode(node, [process.execPath, '-e', listener, String(port), host]);
  const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', () => resolve(null));
    child.on('message', (message, socket) => {
      if (message !== 'listening' || !(socket instanceof Listener)) {
        console.error(`${node}: nothing can listen on port ${port}: ${message}`);
        return resolve(null);
      }
      const server = createServer(answer);
      socket.on('connection', (connection) => server.emit('connection', connection));
      socket.unref();
      resolve(() => {
        socket.close();
        server.closeAllConnections();
      });
    });
  });
}
