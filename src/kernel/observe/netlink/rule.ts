import type { PolicyRule } from '../../../core/state/observation.ts';
import { type Attributes, attributesOf, numberOf, textOf, viewOf } from '../../trace/netlink.ts';
import { type IpRule, policyOf } from '../policies.ts';
import { families, u8, u16, u32 } from './messages.ts';
import type { Names } from './names.ts';
import { addressText, protocolText, routeTypeText, tosText } from './texts.ts';

/** FRA_... (linux/fib_rules.h); FIB_RULE_INVERT; FR_ACT_TO_TBL, _GOTO, _NOP. */
const own = {
  ...{
    to: 1,
    from: 2,
    iif: 3,
    goto: 4,
    priority: 6,
    mark: 10,
    tunnel: 12,
    suppressed: 14,
    table: 15,
    mask: 16,
  },
  ...{ oif: 17, l3mdev: 19, users: 20, protocol: 22, sourcePorts: 23, destinationPorts: 24 },
} as const;
const invert = 2;
const [toTable, goto, nop] = [1, 2, 3];
const everyBit = 0xffffffff;

/** Null for a rule of another family. */
export function ruleIn(body: Uint8Array, names: Names): PolicyRule | null {
  const [family = 0, toBits = 0, fromBits = 0, tos = 0, shortTable = 0, , , action = 0] = body;
  if (family !== families.ipv4 && family !== families.ipv6) return null;
  const attributes = attributesOf(body.subarray(12));
  const table = u32(attributes.get(own.table)) ?? shortTable;
  const suppressed = u32(attributes.get(own.suppressed));
  const priority = u32(attributes.get(own.priority)) ?? 0;
  return policyOf(
    {
      priority,
      ...(viewOf(body).getUint32(8, true) & invert ? { not: null } : {}),
      ...prefixOf('src', attributes.get(own.from), fromBits),
      ...prefixOf('dst', attributes.get(own.to), toBits),
      ...(tos === 0 ? {} : { tos: tosText(tos) }),
      ...markOf(attributes),
      ...nameOf('iif', attributes.get(own.iif)),
      ...nameOf('oif', attributes.get(own.oif)),
      ...(u8(attributes.get(own.l3mdev)) ? { l3mdev: null } : {}),
      ...usersOf(attributes.get(own.users)),
      ...(attributes.get(own.tunnel) === undefined
        ? {}
        : { tun_id: numberOf(attributes.get(own.tunnel)) ?? 0 }),
      ...(attributes.get(own.protocol) === undefined
        ? {}
        : { ipproto: protocolText(u8(attributes.get(own.protocol)) ?? 0) }),
      ...portsOf('sport', attributes.get(own.sourcePorts)),
      ...portsOf('dport', attributes.get(own.destinationPorts)),
      ...(table === 0 ? {} : { table: names.table(table) }),
      ...(suppressed === undefined || suppressed === everyBit ? {} : { suppress_prefixlen: suppressed }),
      ...actionOf(action, u32(attributes.get(own.goto))),
    },
    family === families.ipv6 ? 'ipv6' : 'ipv4',
  );
}

function prefixOf(name: 'src' | 'dst', address: Uint8Array | undefined, bits: number) {
  if (address === undefined && bits === 0) return name === 'src' ? { src: 'all' } : {};
  const length = address !== undefined && bits === address.length * 8 ? {} : { [`${name}len`]: bits };
  return { [name]: address === undefined ? '0' : addressText(address), ...length };
}

function markOf(attributes: Attributes): Partial<IpRule> {
  const [mark, mask] = [u32(attributes.get(own.mark)), u32(attributes.get(own.mask))];
  if (mark === undefined && mask === undefined) return {};
  const fwmark = `0x${(mark ?? 0).toString(16)}`;
  return mask === undefined || mask === everyBit ? { fwmark } : { fwmark, fwmask: `0x${mask.toString(16)}` };
}

const nameOf = (key: 'iif' | 'oif', name: Uint8Array | undefined) =>
  name === undefined ? {} : { [key]: textOf(name) };

const usersOf = (range: Uint8Array | undefined): Partial<IpRule> =>
  range === undefined ? {} : { uid_start: u32(range) ?? 0, uid_end: u32(range.subarray(4)) ?? 0 };

function portsOf(name: 'sport' | 'dport', range: Uint8Array | undefined) {
  const [first, last] = [u16(range), u16(range?.subarray(2))];
  if (first === undefined || last === undefined) return {};
  return first === last ? { [name]: first } : { [`${name}_start`]: first, [`${name}_end`]: last };
}

function actionOf(action: number, target: number | undefined): Partial<IpRule> {
  if (action === toTable) return {};
  if (action === goto) return { goto: target ?? 0 };
  return action === nop ? { nop: null } : { action: routeTypeText(action) };
}
