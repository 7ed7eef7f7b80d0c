import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../core/errors.ts';

/** The error object of a JSON-RPC answer. Programs go by `data.code`. */
export const rpcErrorSchema = z.object({
  code: z.int(),
  message: z.string(),
  data: z.looseObject({ code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]) }),
});
