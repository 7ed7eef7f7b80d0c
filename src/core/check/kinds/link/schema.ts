import { z } from 'zod';
import { ip, linkName, nodeName, peerEnd, port } from '../../terms.ts';

/** A link is where it should be, in the state it should have. Keys left out are not asked. */
export const schema = z.strictObject({
  on: nodeName,
  name: linkName,
  absent: z.boolean().default(false),
  kind: z.string().exactOptional(),
  up: z.boolean().exactOptional(),
  carrier: z.boolean().exactOptional(),
  master: linkName.exactOptional(),
  /** `node:link` of the veth's other end. */
  peer: peerEnd.exactOptional(),
  mtu: z.int().min(68).max(65535).exactOptional(),
  /** The link below a macvlan, VLAN or tunnel link. */
  parent: linkName.exactOptional(),
  /** Parameters of a tunnel, by the words of `ip link add`. */
  tunnel: z
    .strictObject({
      id: z.int().min(0).max(0xffffff).exactOptional(),
      remote: ip.exactOptional(),
      local: ip.exactOptional(),
      dstport: port.exactOptional(),
    })
    .exactOptional(),
});
export type Args = z.output<typeof schema>;
