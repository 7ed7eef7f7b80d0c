import type { Machine } from '../../../src/core/ports.ts';
import { differences } from './differences.ts';
import { observeByTools } from './observe.ts';

/**
 * The differences between netlink and the tools. A machine lives meanwhile: a difference counts if it is
 * there at every look.
 */
export async function compared(machine: Machine, sysctls: readonly string[] = []): Promise<string[]> {
  let found: string[] = [];
  for (let look = 0; look < 4; look++) {
    found = differences(await machine.observe(sysctls), await observeByTools(machine.pid, sysctls));
    if (found.length === 0) return [];
  }
  return found;
}
