import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';

/** The operations for the machine's start script, over a socket that only the machine's root can open. */
export interface Door {
  join: (name: string) => Promise<void>;
}

export async function openDoor(socket: string, { join }: Door): Promise<void> {
  mkdirSync(dirname(socket), { recursive: true, mode: 0o755 });
  if (existsSync(socket)) rmSync(socket);
  const server = createServer(async (request, response) => {
    const name = /^\/join\/([\w.-]+)$/.exec(request.url ?? '')?.[1];
    try {
      if (name !== undefined) await join(name);
      response.end('ok\n');
    } catch (error) {
      response.statusCode = 500;
      response.end(`${error instanceof Error ? error.message : error}\n`);
    }
  });
  await new Promise<void>((resolve) => server.listen({ path: socket }, resolve));
}
