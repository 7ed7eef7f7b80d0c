import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { ip, nodeName, port } from '../../terms.ts';
import { oneProtocol, oneProtocolError, traceArgs } from '../../trace-args.ts';

/**
 * The translation of a packet's addresses on a node: in its conntrack table, on the wire and in its rules'
 * counters.
 */
export const schema = z
  .strictObject({
    ...traceArgs,
    at: nodeName.describe('The node that translates.'),
    source: ip.exactOptional(),
    destination: ip.exactOptional(),
    /** The port it is sent on to. */
    port: port.exactOptional(),
    seen: ip
      .exactOptional()
      .describe('The source the receiver sees, where another node translates behind `at`.'),
    like: z.string().min(1).exactOptional().describe('The rule that does it: one that means the same.'),
  })
  .refine(({ source, destination }) => source !== undefined || destination !== undefined, {
    error: says('source-or-destination'),
  })
  .refine(oneProtocol, oneProtocolError);
export type Args = z.output<typeof schema>;
