import type { Strategy } from './strategy.ts';

/** By the resource's name in the store. */
const strategies: Record<string, Strategy> = {};

export function strategyOf(resource: string): Strategy {
  return strategies[resource] ?? {};
}
