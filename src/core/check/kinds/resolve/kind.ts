import { anyPacket } from '../../changes.ts';
import { kind } from '../../kind.ts';
import { judgeResolve } from './judge.ts';
import { schema } from './schema.ts';

export const resolve = kind('resolve', {
  schema,
  dependsOn: anyPacket,
  noticed: true,
  probes: ({ from, name, libc, prompt = false, control }) => {
    const asked = { kind: 'resolve' as const, from, name, libc, families: prompt || libc === 'musl' };
    return control === undefined ? [asked] : [asked, { ...asked, ...control }];
  },
  judge: judgeResolve,
});
