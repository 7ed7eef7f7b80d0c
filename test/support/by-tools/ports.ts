import { z } from 'zod';
import type { BridgePort } from '../../../src/core/state/observation.ts';

/** `info_slave_data` of a bridge's port, in `ip -j -d link`. */
const schema = z.object({
  state: z.string(),
  isolated: z.boolean().optional(),
  locked: z.boolean().optional(),
  hairpin: z.boolean().optional(),
  learning: z.boolean().optional(),
  flood: z.boolean().optional(),
  mcast_flood: z.boolean().optional(),
  bcast_flood: z.boolean().optional(),
});

/**
 * Null if the link is no bridge's port. A setting that an older iproute2 does not print has the kernel's
 * default.
 */
export function portOf(kind: string | undefined, data: unknown): BridgePort | null {
  const port = kind === 'bridge' ? schema.safeParse(data).data : undefined;
  if (port === undefined) return null;
  return {
    state: port.state,
    isolated: port.isolated ?? false,
    ...(port.locked === true ? { locked: true } : {}),
    hairpin: port.hairpin ?? false,
    learning: port.learning ?? true,
    flood: {
      unicast: port.flood ?? true,
      multicast: port.mcast_flood ?? true,
      broadcast: port.bcast_flood ?? true,
    },
  };
}
