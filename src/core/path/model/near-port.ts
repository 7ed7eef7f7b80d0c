import type { Listener } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

/**
 * Where a program listens in place of a port: on the only other port of the protocol, or the only one that is spelt
 * nearly alike (8080 for 80).
 */
export function nearPort(listeners: readonly Listener[], protocol: string, port: number): Values {
  const others = listeners.filter((one) => one.protocol === protocol && one.port !== port);
  const alike = others.filter((one) => isAlike(String(one.port), String(port)));
  const ports = new Set((alike.length > 0 ? alike : others).map((one) => one.port));
  const [only] = alike.length > 0 ? alike : others;
  if (only === undefined || ports.size > 1) return {};
  return { nearPort: String(only.port), nearProcess: only.process ?? '' };
}

const isAlike = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);
