import type { BridgePort } from '../../../core/state/observation.ts';
import type { Attributes } from '../../trace/netlink.ts';
import { u8 } from './messages.ts';

const states = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

/**
 * IFLA_BRPORT_... (linux/if_link.h). A setting that an older kernel does not report has that kernel's fixed
 * value.
 */
const own = {
  ...{
    state: 1,
    hairpin: 4,
    learning: 8,
    unicast: 9,
    multicast: 27,
    broadcast: 30,
    isolated: 33,
    locked: 39,
  },
} as const;

export function portOf(attributes: Attributes): BridgePort {
  const is = (kind: number, usual: boolean) => {
    const value = u8(attributes.get(kind));
    return value === undefined ? usual : value !== 0;
  };
  const state = u8(attributes.get(own.state)) ?? 0;
  return {
    state: states[state] ?? String(state),
    isolated: is(own.isolated, false),
    ...(is(own.locked, false) ? { locked: true } : {}),
    hairpin: is(own.hairpin, false),
    learning: is(own.learning, true),
    flood: {
      unicast: is(own.unicast, true),
      multicast: is(own.multicast, true),
      broadcast: is(own.broadcast, true),
    },
  };
}
