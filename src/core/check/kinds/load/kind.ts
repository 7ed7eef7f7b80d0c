import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgeLoad } from './judge.ts';
import { schema } from './schema.ts';

export const load = kind('load', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({
    from,
    to,
    against = null,
    port,
    protocol,
    name,
    type,
    queries,
    runs,
    clients,
    offered = null,
    control,
  }) => [
    { kind: 'load', from, to, against, port, protocol, name, type, queries, runs, clients, offered },
    ...controlPing(control),
  ],
  judge: judgeLoad,
});
