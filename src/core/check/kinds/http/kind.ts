import { anyPacket } from '../../changes.ts';
import { controlPing } from '../../controls.ts';
import { kind } from '../../kind.ts';
import { judgeHttp } from './judge.ts';
import { schema } from './schema.ts';

export const http = kind('http', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, url, control }) => [{ kind: 'http', from, url }, ...controlPing(control)],
  judge: judgeHttp,
});
