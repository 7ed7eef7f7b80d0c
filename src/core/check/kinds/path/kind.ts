import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { tracedProbe } from '../../trace-args.ts';
import { judgePath } from './judge.ts';
import { schema } from './schema.ts';

export const path = kind('path', {
  schema,
  dependsOn: anyPacket,
  noticed: false,
  probes: (args) => [
    { ...tracedProbe(args), ...(args.upstream === undefined ? {} : { upstream: true }) },
    ...controlPing(args.control),
  ],
  judge: judgePath,
});
