// The libraries that a daemon loads, and a server of each kind that does nothing: what a daemon cannot be smaller than.
import Fastify from 'fastify';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import 'node:sqlite';
import '@lydell/node-pty';
import 'execa';
import 'json-rpc-2.0';
import 'yaml';
import 'zod';

const app = Fastify({ loggerInstance: pino({ level: 'silent' }) });
app.get('/', () => 'ok');
const sockets = new WebSocketServer({ server: app.server });
sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
await app.listen({ path: process.argv[2] });
process.stdout.write('ready\n');
