import { connect, createServer } from 'node:net';
import { addPeer, removePeer } from './network.ts';

const controlPort = 6783;

/** Milliseconds until a peer that could not be reached is tried again. */
const pause = 1000;

/** Connections to the other peers. Only a peer that takes one (TCP 6783) becomes an end of the tunnel. */
export class Peers {
  readonly established = new Set<string>();
  readonly targets: readonly string[];

  constructor(targets: readonly string[]) {
    this.targets = targets;
    createServer((socket) => socket.on('error', () => {}).resume()).listen(controlPort, '0.0.0.0');
    for (const peer of targets) this.#connect(peer);
  }

  #connect(peer: string): void {
    const socket = connect({ host: peer, port: controlPort, timeout: 5000 });
    socket.on('connect', () => {
      socket.setTimeout(0).setKeepAlive(true, pause).resume();
      this.established.add(peer);
      void addPeer(peer);
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => {
      // `close` comes next.
    });
    socket.on('close', () => {
      if (this.established.delete(peer)) void removePeer(peer);
      setTimeout(() => this.#connect(peer), pause);
    });
  }
}
