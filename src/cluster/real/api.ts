import { Agent, request } from 'node:https';
import type { ApiObject } from '../store/objects.ts';

interface Answer {
  status: number;
  body: string;
}

export interface Identity {
  ca: string;
  cert: string;
  key: string;
}

/** The API server, asked as the cluster's administrator. */
export class Api {
  readonly #agent: Agent;
  readonly #port: number;

  constructor(identity: Identity, port: number) {
    this.#agent = new Agent({ ...identity, keepAlive: true });
    this.#port = port;
  }

  /** Rejects where nobody answers. */
  ask(method: string, path: string, object?: unknown, type = 'application/json'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = this.#request(method, path, type, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
        answer.on('error', reject);
      });
      asked.setTimeout(10_000, () => asked.destroy(new Error('the API server does not answer')));
      asked.on('error', reject);
      asked.end(object === undefined ? undefined : JSON.stringify(object));
    });
  }

  /** @throws with the server's words */
  async create(path: string, object: unknown): Promise<void> {
    const { status, body } = await this.ask('POST', path, object);
    // It is there from before.
    if (status < 300 || status === 409) return;
    throw new Error(`the API server refused ${path}: ${messageIn(body)}`);
  }

  async list(path: string): Promise<{ items: ApiObject[]; version: string }> {
    const { status, body } = await this.ask('GET', path);
    if (status !== 200) throw new Error(messageIn(body));
    const { items, metadata } = JSON.parse(body);
    return { items: items ?? [], version: metadata.resourceVersion };
  }

  /** Calls back for every change after a version; resolves when the server ends the watch. */
  watch(path: string, version: string, listener: (type: string, object: ApiObject) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const query = `watch=1&resourceVersion=${version}`;
      const asked = this.#request('GET', `${path}?${query}`, 'application/json', (answer) => {
        let rest = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) {
            const { type, object } = JSON.parse(line);
            listener(type, object);
          }
        });
        answer.on('end', resolve);
        answer.on('error', reject);
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  #request(
    method: string,
    path: string,
    type: string,
    answered: Parameters<typeof request>[1] & ((answer: import('node:http').IncomingMessage) => void),
  ) {
    const to = { host: '127.0.0.1', port: this.#port, method, path, agent: this.#agent };
    return request({ ...to, headers: { 'content-type': type, accept: 'application/json' } }, answered);
  }
}

function messageIn(body: string): string {
  try {
    return JSON.parse(body).message ?? body;
  } catch {
    return body.trim();
  }
}
