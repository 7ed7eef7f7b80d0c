import { readFileSync } from 'node:fs';
import { root } from './root.ts';

export function version(): string {
  const text = readFileSync(new URL('package.json', root()), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
