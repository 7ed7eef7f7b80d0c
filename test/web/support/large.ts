import type { Page, WebSocketRoute } from 'playwright-core';
import { ownLab } from './own-lab.ts';

const names = Array.from({ length: 99 }, (_, at) => `n${at + 1}`);

/** A hundred nodes: 99 of them on one switch, by its ports p1 to p99. */
export const largeLab = ownLab({
  id: 'large',
  en: 'Large',
  ko: '큰 네트워크',
  topology: {
    nodes: { sw: {}, ...Object.fromEntries(names.map((name) => [name, {}])) },
    bridges: { br0: { node: 'sw' } },
    links: names.map((name, at) => ({
      ends: [`sw:p${at + 1}`, `${name}:eth0 10.0.0.${at + 1}/24`],
      master: 'br0',
    })),
  },
});

interface Observed {
  nodes: { sw: { links: { name: string; up: boolean }[] } };
}

/**
 * Between page and daemon: on demand it sends the page updates of the kernel's own observation, one more port
 * down in each, as fast as the page asks. The daemon cannot: a look at a hundred nodes takes it longer than a
 * burst lasts.
 */
export class Updates {
  /** How many the page has asked for and got. */
  sent = 0;
  #wanted = 0;
  #page: WebSocketRoute | null = null;
  #session = '';
  #observed: Observed | null = null;
  readonly #asked = new Set<number>();
  #taken: () => void = () => {};

  static async between(page: Page): Promise<Updates> {
    const updates = new Updates();
    await page.routeWebSocket('**/ws', (route) => updates.#join(route));
    return updates;
  }

  /** Resolves when the page has taken the first. */
  begin(count: number): Promise<void> {
    this.#wanted = count;
    const taken = new Promise<void>((resolve) => {
      this.#taken = resolve;
    });
    this.#tell();
    return taken;
  }

  get done(): boolean {
    return this.sent === this.#wanted;
  }

  #join(page: WebSocketRoute): void {
    this.#page = page;
    const daemon = page.connectToServer();
    page.onMessage((data) => {
      const { method, id, params } = typeof data === 'string' ? JSON.parse(data) : {};
      if (method !== 'topology.get') return daemon.send(data);
      this.#session = params.session;
      if (this.#observed && !this.done) return this.#answer(id, this.#observed);
      this.#asked.add(id);
      daemon.send(data);
    });
    daemon.onMessage((data) => {
      const { id, result } = typeof data === 'string' ? JSON.parse(data) : {};
      if (this.#asked.delete(id) && result) this.#observed = result;
      page.send(data);
    });
  }

  #answer(id: number, observed: Observed): void {
    this.sent += 1;
    const port = observed.nodes.sw.links.find(({ name }) => name === `p${this.sent}`);
    if (port) port.up = false;
    // Sent before the answer, so that the page asks again at once.
    if (!this.done) this.#tell();
    this.#send({ id, result: observed });
    this.#taken();
  }

  #tell(): void {
    this.#send({ method: 'topology.changed', params: { session: this.#session } });
  }

  #send(message: object): void {
    this.#page?.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}
