import type { ConnectedSocket, Listener } from '../../../src/core/state/observation.ts';

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
        .replace(/%.*$/, '')
        .replace(/^\[|\]$/g, ''),
      port: Number(local.slice(colon + 1)),
      process: processIn(users),
      ...(/%/.test(local) ? { link: /%([^:\]]+)/.exec(local)?.[1] ?? '' } : {}),
      ...(protocol === 'tcp' && Number(queued) > Number(most) ? { waiting: Number(queued) } : {}),
    });
  }
  return listeners;
}

const processIn = (users = ''): string | null => /\(\("([^"]*)"/.exec(users)?.[1] ?? null;

/** `ss -Hunp state established`: queues, local address:port, peer, users. */
export function parseConnected(text: string): ConnectedSocket[] {
  return text.split('\n').flatMap((line) => {
    const [, , local, peer, users] = line.trim().split(/\s+/);
    const colon = local?.lastIndexOf(':') ?? -1;
    if (local === undefined || peer === undefined || colon < 0) return [];
    const address = local
      .slice(0, colon)
      .replace(/%.*$/, '')
      .replace(/^\[|\]$/g, '');
    return [{ address, port: Number(local.slice(colon + 1)), peer, process: processIn(users) }];
  });
}
