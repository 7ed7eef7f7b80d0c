import { z } from 'zod';
import { capabilities } from '../../../state/capabilities.ts';
import { says } from '../../../text/said.ts';
import { nodeName } from '../../terms.ts';

const rights = z.array(z.enum(capabilities, { error: says('expected-capability') }));

/** A process of this node: its PID, user and capabilities. Keys left out are not asked. */
export const schema = z
  .strictObject({
    on: nodeName,
    /** In a PID namespace of its own. */
    pid: z.int().min(1).exactOptional(),
    name: z.string().min(1).exactOptional().describe('How its command line begins.'),
    uid: z.int().min(0).exactOptional(),
    has: rights.exactOptional().describe('Capabilities in its effective set.'),
    lacks: rights.exactOptional().describe('Capabilities that are not in it.'),
  })
  .refine(({ pid, name }) => pid !== undefined || name !== undefined, {
    error: says('pid-or-name'),
  });
export type Args = z.output<typeof schema>;
