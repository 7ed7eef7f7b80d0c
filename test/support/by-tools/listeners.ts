import type { Listener } from '../../../src/core/state/observation.ts';

/** `ss -Hltunp`: protocol, state, queues, local address:port, peer, users:(("nginx",pid=7,fd=6)). */
export function parseListeners(text: string): Listener[] {
  const listeners: Listener[] = [];
  for (const line of text.split('\n')) {
    const [protocol, , queued, most, local, , users] = line.trim().split(/\s+/);
    const colon = local?.lastIndexOf(':') ?? -1;
    if ((protocol !== 'tcp' && protocol !== 'udp') || local === undefined || colon < 0) continue;
    listeners.push({
      protocol,
      address: local
        .slice(0, colon)
        .replace(/^\[|\]$/g, '')
        .replace(/%.*$/, ''),
      port: Number(local.slice(colon + 1)),
      process: /\(\("([^"]*)"/.exec(users ?? '')?.[1] ?? null,
      ...(protocol === 'tcp' && Number(queued) > Number(most) ? { waiting: Number(queued) } : {}),
    });
  }
  return listeners;
}
