import { connect, createServer, type Server } from 'node:net';
import { addPeer, removePeer } from './network.ts';

const controlPort = 6783;

/** Milliseconds until a peer that could not be reached is tried again. */
const pause = 1000;

/** The ends of a node's tunnel. */
interface Ends {
  add: (peer: string) => Promise<void>;
  remove: (peer: string) => Promise<void>;
}

/**
 * Connections to the other peers (TCP 6783). Only a peer that takes one or opens one becomes an end of the tunnel: one
 * that starts later than this node is an end as soon as it is there.
 */
export class Peers {
  readonly established = new Set<string>();
  readonly targets: readonly string[];
  /** Each peer was tried once; those that took the connection are ends of the tunnel. */
  readonly tried: Promise<void>;
  readonly #ends: Ends;
  readonly #own: string;
  readonly #server: Server;
  readonly #open = new Map<string, { connections: number; added: Promise<void> }>();
  #closed = false;

  /** @param own the address that this node has in the list of peers. */
  constructor(
    own: string,
    targets: readonly string[],
    ends: Ends = { add: addPeer, remove: removePeer },
    listen = '0.0.0.0',
  ) {
    this.#own = own;
    this.targets = targets;
    this.#ends = ends;
    this.#server = createServer((socket) => {
      const peer = socket.on('error', () => {}).resume().remoteAddress ?? '';
      if (!targets.includes(peer)) return;
      void this.#opened(peer);
      socket.setKeepAlive(true, pause).on('close', () => void this.#ended(peer));
    }).listen(controlPort, listen);
    this.tried = Promise.all(targets.map((peer) => this.#connect(peer))).then(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#server.close();
  }

  /** Resolves when this one try has succeeded or failed. */
  #connect(peer: string): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const socket = connect({ host: peer, port: controlPort, localAddress: this.#own, timeout: pause });
    let connected = false;
    socket.on('connect', () => {
      connected = true;
      socket.setTimeout(0).setKeepAlive(true, pause).resume();
      this.#opened(peer).then(resolve, resolve);
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => {
      // `close` comes next.
    });
    socket.on('close', () => {
      if (connected) void this.#ended(peer);
      resolve();
      setTimeout(() => void this.#connect(peer), pause).unref();
    });
    return promise;
  }

  /** Two peers may have a connection from either end. */
  #opened(peer: string): Promise<void> {
    const end = this.#open.get(peer) ?? { connections: 0, added: this.#add(peer) };
    end.connections += 1;
    this.#open.set(peer, end);
    return end.added;
  }

  async #add(peer: string): Promise<void> {
    await this.#ends.add(peer);
    this.established.add(peer);
  }

  async #ended(peer: string): Promise<void> {
    const end = this.#open.get(peer);
    if (end === undefined || --end.connections > 0) return;
    this.#open.delete(peer);
    await end.added;
    this.established.delete(peer);
    await this.#ends.remove(peer);
  }
}
