import { attributesOf, viewOf } from '../../trace/netlink.ts';
import { families, s32 } from './messages.ts';

/** The index of a link's setting in IFLA_INET_CONF: IPV4_DEVCONF_... less one (linux/ip.h). */
const ofLinks: [path: string, at: number][] = [
  ['rp_filter', 7],
  ['forwarding', 0],
  ['proxy_arp', 2],
  ['route_localnet', 25],
  ['arp_filter', 12],
  ['arp_ignore', 18],
  ['src_valid_mark', 23],
  ['accept_local', 22],
  ['ignore_routes_with_linkdown', 28],
];

/** In IFLA_INET6_CONF: DEVCONF_... (linux/ipv6.h). */
const ofLinks6: [path: string, at: number][] = [
  ['hop_limit', 1],
  ['proxy_ndp', 22],
  ['disable_ipv6', 26],
];

/** Settings of one link, as paths below /proc/sys/net. */
export function linkConf(
  name: string,
  { ipv4, ipv6 }: { ipv4: Uint8Array | undefined; ipv6: Uint8Array | undefined },
): [path: string, value: string][] {
  return [
    ...read(ipv4, ofLinks).map(([key, value]): [string, string] => [`ipv4/conf/${name}/${key}`, value]),
    ...read(ipv6, ofLinks6).map(([key, value]): [string, string] => [`ipv6/conf/${name}/${key}`, value]),
  ];
}

function read(bytes: Uint8Array | undefined, places: [string, number][]): [string, string][] {
  if (bytes === undefined) return [];
  const view = viewOf(bytes);
  return places.flatMap(([key, at]): [string, string][] =>
    4 * at + 4 > bytes.length ? [] : [[key, String(view.getInt32(4 * at, true))]],
  );
}

/** NETCONFA_... (linux/netconf.h); `all` is -1, `default` -2. */
const own = { index: 1, forwarding: 2, rpFilter: 3, proxy: 5, linkdown: 6 } as const;

/** Settings of `all` and `default`. */
export function confIn(body: Uint8Array): [path: string, value: string][] {
  const attributes = attributesOf(body.subarray(4));
  const index = s32(attributes.get(own.index));
  const name = index === -1 ? 'all' : index === -2 ? 'default' : null;
  if (name === null) return [];
  const four = body[0] === families.ipv4;
  const wanted: [path: string, kind: number][] = four
    ? [
        ...(name === 'all' ? [['ipv4/ip_forward', own.forwarding] as [string, number]] : []),
        [`ipv4/conf/${name}/rp_filter`, own.rpFilter],
        [`ipv4/conf/${name}/forwarding`, own.forwarding],
        [`ipv4/conf/${name}/proxy_arp`, own.proxy],
        [`ipv4/conf/${name}/ignore_routes_with_linkdown`, own.linkdown],
      ]
    : [
        ...(name === 'all' ? [['ipv6/conf/all/forwarding', own.forwarding] as [string, number]] : []),
        [`ipv6/conf/${name}/proxy_ndp`, own.proxy],
      ];
  return wanted.flatMap(([path, kind]): [string, string][] => {
    const value = s32(attributes.get(kind));
    return value === undefined ? [] : [[path, String(value)]];
  });
}
