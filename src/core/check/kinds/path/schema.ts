import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { control, ip, nodeName, reason } from '../../terms.ts';
import { natChains, oneProtocol, oneProtocolError, traceArgs } from '../../trace-args.ts';

const nodes = z.array(nodeName).min(1).exactOptional();
const asked = ['through', 'never', 'translated', 'source', 'symmetric', 'ends'] as const;

/** The way a packet takes. Keys left out are not asked. */
export const schema = z
  .strictObject({
    ...traceArgs,
    http: z
      .url({ protocol: /^https?$/ })
      .exactOptional()
      .describe('A request for this page; its host has the address `to`.'),
    upstream: nodeName
      .exactOptional()
      .describe('All of it is asked of the connection that the proxy at this node opens for the request.'),
    through: nodes.describe('Nodes it passes, in this order; others may lie between.'),
    never: nodes.describe("Nodes it never comes to, not even as a switch's port."),
    translated: z
      .array(z.strictObject({ at: nodeName, chain: z.enum(natChains) }))
      .exactOptional()
      .describe('Where the request is translated: exactly so often, in this order.'),
    /** Its source address when it comes to a node. */
    source: z.strictObject({ at: nodeName, address: ip }).exactOptional(),
    symmetric: z.boolean().exactOptional().describe('The reply takes the same nodes back.'),
    /**
     * The end of the request: delivered there, or dropped or rejected for this reason. By default the request
     * is answered.
     */
    ends: z.strictObject({ at: nodeName, reason: reason.exactOptional() }).exactOptional(),
    control: control.exactOptional(),
  })
  .refine((value) => asked.some((key) => value[key] !== undefined), {
    error: says('at-least-one', { known: asked.join(', ') }),
  })
  .refine(oneProtocol, oneProtocolError)
  .refine(({ upstream, tcp, http }) => upstream === undefined || tcp !== undefined || http !== undefined, {
    error: says('proxy-takes-connections'),
  })
  .refine(({ ends, control }) => ends?.reason === undefined || control !== undefined, {
    error: says('needs-control'),
  });
export type Args = z.output<typeof schema>;
