import type { Page, WebSocketRoute } from 'playwright-core';
import type { Observation } from '../../../src/core/state/observation.ts';
import { observe, type Spec } from '../../support/observation.ts';

const perBridge = 24;

/** So many hosts, 24 on each bridge, and one router between the bridges: more than a VM for tests has room for. */
export function campus(hosts: number, down: string | null = null): Observation {
  const spec: Spec = {
    host: { kind: 'machine' },
    core: { links: {}, sysctls: { 'net.ipv4.ip_forward': '1' } },
  };
  for (let bridge = 0; bridge * perBridge < hosts; bridge += 1) {
    const name = `sw${bridge}`;
    const links: Spec[string]['links'] = { br0: { kind: 'bridge' } };
    links.up = { master: 'br0', peer: `core:eth${bridge}` };
    Object.assign(spec.core?.links ?? {}, { [`eth${bridge}`]: { addresses: [`10.0.${bridge}.1/24`] } });
    for (let at = 1; at <= perBridge && bridge * perBridge + at <= hosts; at += 1) {
      const host = `n${bridge * perBridge + at}`;
      links[`p${at}`] = { master: 'br0', peer: `${host}:eth0` };
      spec[host] = {
        links: { eth0: { addresses: [`10.0.${bridge}.${at + 1}/24`], up: host !== down } },
        routes: [`default via 10.0.${bridge}.1`],
      };
    }
    spec[name] = { links };
  }
  return observe(spec);
}

/** Between page and daemon: the page gets another network than the machine's own. */
export class Imagined {
  #observed: Observation;
  #page: WebSocketRoute | null = null;
  #session = '';

  private constructor(observed: Observation) {
    this.#observed = observed;
  }

  static async between(page: Page, observed: Observation): Promise<Imagined> {
    const imagined = new Imagined(observed);
    await page.routeWebSocket('**/ws', (route) => imagined.#join(route));
    return imagined;
  }

  /** Says that the network has changed; the page asks for it then. */
  become(observed: Observation): void {
    this.#observed = observed;
    this.#send({ method: 'topology.changed', params: { session: this.#session } });
  }

  #join(page: WebSocketRoute): void {
    this.#page = page;
    const daemon = page.connectToServer();
    page.onMessage((data) => {
      const { method, id, params } = typeof data === 'string' ? JSON.parse(data) : {};
      if (method !== 'topology.get') return daemon.send(data);
      this.#session = params.session;
      this.#send({ id, result: this.#observed });
    });
    daemon.onMessage((data) => page.send(data));
  }

  #send(message: object): void {
    this.#page?.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}
