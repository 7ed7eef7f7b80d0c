import type { Ipsec, IpsecPolicy, IpsecTemplate } from '../../../core/state/observation.ts';
import { attributesOf, numberOf, viewOf } from '../../trace/netlink.ts';
import { families, messagesIn, types, u32 } from './messages.ts';
import { addressText, protocolText } from './texts.ts';

/** XFRMA_TMPL, XFRMA_MARK, XFRMA_IF_ID (linux/xfrm.h). */
const own = { templates: 5, mark: 21, interface: 31 } as const;

/** struct xfrm_userpolicy_info: the selector is 56 bytes, the lifetimes 96. */
const policyAt = { priority: 152, direction: 160, action: 161, attributes: 168 } as const;
/** struct xfrm_user_tmpl. */
const templateAt = { protocol: 20, family: 24, source: 28, request: 44, mode: 48, optional: 50, size: 64 };
/** struct xfrm_usersa_info: struct xfrm_id lies behind the selector. */
const stateAt = { destination: 56, protocol: 76, source: 80, request: 208, family: 212, mode: 214 } as const;

const directions = ['in', 'out', 'fwd'] as const;
const modes = ['transport', 'tunnel', 'ro', 'in_trigger', 'beet'];
const wrapping: Record<number, string> = { 50: 'esp', 51: 'ah', 108: 'comp' };

/** The policies and states of a node, in the order the kernel told them; null where there is no policy. */
export function ipsecIn(payloads: readonly Uint8Array[]): Ipsec | null {
  const told = payloads.flatMap((each) => [...messagesIn(each)]);
  const policies = told.flatMap(({ type, body }) =>
    type === types.ipsecPolicy ? (policyIn(body) ?? []) : [],
  );
  const states = told.flatMap(({ type, body }) => (type === types.ipsecState ? [stateIn(body)] : []));
  return policies.length === 0 ? null : { policies, states };
}

/** Null for a policy of a single socket. */
function policyIn(body: Uint8Array): IpsecPolicy | null {
  const direction = directions[body[policyAt.direction] ?? 0];
  if (direction === undefined) return null;
  const attributes = attributesOf(body.subarray(policyAt.attributes));
  const chosen = selectorIn(body);
  const templates = attributes.get(own.templates) ?? new Uint8Array();
  const count = Math.floor(templates.length / templateAt.size);
  const { interface: link, ...selector } = chosen;
  return {
    ...selector,
    direction,
    priority: u32(body.subarray(policyAt.priority)) ?? 0,
    action: body[policyAt.action] === 1 ? 'block' : 'allow',
    templates: Array.from({ length: count }, (_, at) => templateIn(templates.subarray(at * templateAt.size))),
    other:
      link !== 0 ||
      (u32(attributes.get(own.mark)) ?? 0) !== 0 ||
      (u32(attributes.get(own.interface)) ?? 0) !== 0,
    text: textOf(selector, direction),
  };
}

type Selector = Pick<IpsecPolicy, 'source' | 'destination' | 'protocol' | 'sourcePort' | 'destinationPort'>;

/** struct xfrm_selector. */
function selectorIn(body: Uint8Array): Selector & { interface: number } {
  const family = viewOf(body).getUint16(40, true);
  const prefix = (at: number, bits: number) => `${addressAt(body, at, family)}/${bits}`;
  const port = (at: number) =>
    numberOf(body.subarray(at + 2, at + 4)) ? numberOf(body.subarray(at, at + 2)) : null;
  const protocol = body[44] ?? 0;
  return {
    source: prefix(16, body[43] ?? 0),
    destination: prefix(0, body[42] ?? 0),
    protocol: protocol === 0 ? null : protocolText(protocol),
    sourcePort: port(36),
    destinationPort: port(32),
    interface: u32(body.subarray(48)) ?? 0,
  };
}

function templateIn(bytes: Uint8Array): IpsecTemplate {
  const family = viewOf(bytes).getUint16(templateAt.family, true);
  return {
    ...wrappedAs(bytes[templateAt.protocol], bytes[templateAt.mode]),
    source: addressAt(bytes, templateAt.source, family),
    destination: addressAt(bytes, 0, family),
    request: u32(bytes.subarray(templateAt.request)) ?? 0,
    ...(bytes[templateAt.optional] ? { optional: true as const } : {}),
  };
}

function stateIn(body: Uint8Array): IpsecTemplate {
  const family = viewOf(body).getUint16(stateAt.family, true);
  return {
    ...wrappedAs(body[stateAt.protocol], body[stateAt.mode]),
    source: addressAt(body, stateAt.source, family),
    destination: addressAt(body, stateAt.destination, family),
    request: u32(body.subarray(stateAt.request)) ?? 0,
  };
}

const wrappedAs = (protocol = 0, mode = 0) => ({
  protocol: wrapping[protocol] ?? String(protocol),
  mode: modes[mode] ?? String(mode),
});

const addressAt = (bytes: Uint8Array, at: number, family: number): string =>
  addressText(bytes.subarray(at, at + (family === families.ipv6 ? 16 : 4)));

function textOf(selector: Selector, direction: string): string {
  const { source, destination, protocol, sourcePort, destinationPort } = selector;
  return [
    `src ${source} dst ${destination}`,
    ...(protocol === null ? [] : [`proto ${protocol}`]),
    ...(sourcePort === null ? [] : [`sport ${sourcePort}`]),
    ...(destinationPort === null ? [] : [`dport ${destinationPort}`]),
    `dir ${direction}`,
  ].join(' ');
}
