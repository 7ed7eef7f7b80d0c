import { z } from 'zod';
import { method } from '../method.ts';

export const rpcMethods = [
  method({
    name: 'rpc.discover',
    summary: 'This description of the API, as an OpenRPC document.',
    params: z.strictObject({}),
    result: z.looseObject({ openrpc: z.string() }),
    errors: [],
  }),
] as const;
