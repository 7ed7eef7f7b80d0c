import type { Hop } from '../../core/picture/events.ts';

type Hook = Hop['rules'][number]['hook'];

/** A place that a packet passes inside a node, in the kernel's order. */
export type Stage = {
  /** It came so far. */
  passed: boolean;
} & (
  | { kind: 'link'; way: 'in' | 'out'; link: string }
  | { kind: 'process' }
  | { kind: 'route'; text: string | null }
  | { kind: 'bridge'; bridges: string[] }
  | { kind: 'hook'; hook: Hook; rules: Hop['rules'] }
);

/** The hooks of IP and the decisions between them; of a frame that is switched, the bridge. */
export function stagesOf(hop: Hop): Stage[] {
  const last = hop.hooks.at(-1);
  const hook = (name: Hook): Stage => ({
    kind: 'hook',
    hook: name,
    rules: hop.rules.filter((rule) => rule.hook === name),
    passed: hop.hooks.includes(name),
  });
  const from: Stage = hop.in
    ? { kind: 'link', way: 'in', link: hop.in, passed: true }
    : { kind: 'process', passed: true };
  const out: Stage[] = hop.out ? [{ kind: 'link', way: 'out', link: hop.out, passed: true }] : [];
  if (hop.layer === 'bridge') {
    const bridge: Stage = { kind: 'bridge', bridges: hop.bridges, passed: hop.out !== null };
    return [from, bridge, ...out];
  }
  const route: Stage = { kind: 'route', text: hop.route?.text ?? null, passed: hop.route !== null };
  if (hop.in === null) return [from, route, hook('output'), hook('postrouting'), ...out];
  if (hop.hooks.includes('forward') || hop.out !== null) {
    return [from, hook('prerouting'), route, hook('forward'), hook('postrouting'), ...out];
  }
  // It came no further than the route look-up, or was for this node.
  const local = last === 'input';
  return [
    from,
    hook('prerouting'),
    { ...route, passed: local || route.passed },
    ...(local ? [hook('input'), { kind: 'process', passed: true } as const] : []),
  ];
}

/** The counters of `iptables-save -c`, by the rule as it stands there. */
export function countersIn(saved: string): Map<string, number> {
  const counters = new Map<string, number>();
  for (const line of saved.split('\n')) {
    const [, packets, rule] = /^\[(\d+):\d+\] (-A .*)$/.exec(line) ?? [];
    if (packets && rule) counters.set(rule, Number(packets));
  }
  return counters;
}
