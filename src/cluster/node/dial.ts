import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ApiObject } from '../store/objects.ts';
import { networkOfNode, networkOfPod } from './places.ts';

/** Connects in the network that it is started in, and hands the socket over before it has read anything. */
const dialer = `const socket = require('net').connect({ port: Number(process.argv[1]), host: '127.0.0.1' });
const end = () => process.exit();
socket.pause().on('connect', () => process.send('connected', socket, end));
socket.on('error', ({ code }) => process.send(code, end));`;

/** What the kernel says, in the words of Go. */
const words: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ENETUNREACH: 'network is unreachable',
  ETIMEDOUT: 'connection timed out',
};

/** A connection to a port of a pod on its own loopback, as containerd makes it for kubectl port-forward. */
export function dial(pod: ApiObject, port: number): Promise<Duplex> {
  const { name, uid = '' } = pod.metadata;
  const { nodeName = '', hostNetwork } = pod.spec as { nodeName?: string; hostNetwork?: boolean };
  const network = hostNetwork ? networkOfNode(nodeName) : networkOfPod(uid, name);
  const argv = [`--net=${network}`, '--', process.execPath, '-e', dialer, String(port)];
  const child = spawn('/usr/bin/nsenter', argv, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new Error(refusal(uid, port, network, why)));
    child.once('message', (word, socket) => {
      if (socket instanceof Socket) resolve(socket);
      else refuse(`connect: ${words[String(word)] ?? String(word)}`);
    });
    child.once('error', ({ message }) => refuse(message));
    child.once('close', () => refuse('no network'));
  });
}

function refusal(uid: string, port: number, network: string, why: string): string {
  return (
    `error forwarding port ${port} to pod ${uid}, uid : failed to execute portforward in network namespace ` +
    `"${network}": failed to connect to localhost:${port} inside namespace "${uid}", IPv4: dial tcp4 ` +
    `127.0.0.1:${port}: ${why} IPv6 dial tcp6: address localhost: no suitable address found `
  );
}
