import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The built web page, by URL path. Read once: a path that is not in it does not exist. */
export type Page = ReadonlyMap<string, PageFile>;

interface PageFile {
  headers: Record<string, string>;
  body: Buffer;
  /** Written beside the file by the page's build. */
  gzip: Buffer | null;
  type: string;
  etag: string;
  /** Its name changes with its content. */
  immutable: boolean;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing inline, nothing from elsewhere, no frame around it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

const usual = {
  'content-security-policy': policy.join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The frame in which packets run: it comes to no origin, has one script, which is in it, and asks nobody. */
function frameHeaders(html: string): Record<string, string> {
  const script = /<script>(.*)<\/script>/s.exec(html)?.[1] ?? '';
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    'sandbox allow-scripts',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
  return { ...usual, 'content-security-policy': policy.join('; ') };
}

/** Empty where the page has not been built. */
export async function readPage(directory: string): Promise<Page> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const page = new Map<string, PageFile>();
  for (const path of paths) {
    const type = types[extname(path)];
    if (type === undefined) continue;
    const body = await readFile(path);
    const name = relative(directory, path);
    page.set(name === 'index.html' ? '/' : `/${name}`, {
      headers: name === 'dots.html' ? frameHeaders(body.toString()) : usual,
      body,
      gzip: paths.includes(`${path}.gz`) ? await readFile(`${path}.gz`) : null,
      type,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      immutable: name.startsWith('assets/'),
    });
  }
  return page;
}

/** Routes without a token: the page holds no secret, and a browser cannot send one before it is there. */
export function addPage(app: FastifyInstance, page: Page): void {
  for (const [path, file] of page) {
    app.get(path, { config: { public: true } }, (request, reply) => send(file, request, reply));
  }
  if (page.has('/')) return;
  app.get('/', { config: { public: true } }, (_request, reply) =>
    reply
      .code(503)
      .headers(usual)
      .type('text/plain; charset=utf-8')
      .send('The page has not been built yet. Run: sudo scripts/up\n'),
  );
}

function send(file: PageFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply
    .headers(file.headers)
    .header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', file.etag)
    .header('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  reply.type(file.type);
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? file.gzip : null;
  if (zipped) reply.header('content-encoding', 'gzip');
  return reply.send(zipped ?? file.body);
}
