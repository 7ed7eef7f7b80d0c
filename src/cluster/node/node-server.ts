import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { Server as Listener } from 'node:net';
import { onNode } from './places.ts';

interface Served {
  port: number;
  host?: string;
  answer: RequestListener;
}

/**
 * Listens and hands the sockets over: connections that they accept afterwards are the node's, whichever process
 * reads them.
 */
const listener = `const places = JSON.parse(process.argv[1]);
let left = places.length;
const end = () => --left || process.exit();
for (const [at, { port, host }] of places.entries()) {
  const server = require('net').createServer().on('error', ({ code }) => process.send([at, code], end));
  server.listen(port, host, () => process.send([at, 'listening'], server, end));
}`;

/**
 * Web servers in the network of a node. A socket stays in the network it was made in, so a short process there makes
 * them, and this process serves them. Returns a function that ends those whose ports were free.
 */
export function serveOnNode(node: string, servers: readonly Served[]): Promise<() => void> {
  const places = servers.map(({ port, host = '0.0.0.0' }) => ({ port, host }));
  const argv = onNode(node, [process.execPath, '-e', listener, JSON.stringify(places)]);
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const open: (() => void)[] = [];
  child.on('message', ([at, word]: [number, string], socket) => {
    const { port, answer } = servers[at] as Served;
    if (word === 'listening' && socket instanceof Listener) open.push(serve(socket, answer));
    else console.error(`${node}: nothing can listen on port ${port}: ${word}`);
  });
  return new Promise((resolve) => {
    const end = () => {
      for (const close of open) close();
    };
    child.on('error', () => resolve(end));
    child.on('close', () => resolve(end));
  });
}

function serve(socket: Listener, answer: RequestListener): () => void {
  const server = createServer(answer);
  socket.on('connection', (connection) => server.emit('connection', connection));
  socket.unref();
  return () => {
    socket.close();
    server.closeAllConnections();
  };
}
