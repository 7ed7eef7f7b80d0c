import { type JSONRPCErrorResponse, type JSONRPCID, JSONRPCServer } from 'json-rpc-2.0';
import { z } from 'zod';
import { inWords } from '../core/explain/problem-text.ts';
import { issuesOf } from '../core/text/issues.ts';
import { nearest } from '../core/text/nearest.ts';
import { maxBatch } from '../protocol/connection.ts';
import { HoplabError } from '../protocol/errors.ts';
import { type MethodName, methods } from '../protocol/methods.ts';
import { asker } from '../session/asker.ts';
import { answerBatch } from './batch.ts';
import { failure } from './failure.ts';
import type { Call, Services } from './handler.ts';
import { createHandlers } from './handlers.ts';
import { coded } from './refused.ts';

/** Answers one message's text; null when it wants no answer. Never rejects. */
export type Rpc = (text: string, call: Call) => Promise<string | null>;

/** The envelope of JSON-RPC 2.0; each method has its own schema for `params`. */
const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  method: z.string(),
  params: z.unknown().optional(),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
});
type Request = z.output<typeof requestSchema>;

export function createRpc(services: Services): Rpc {
  const handlers = createHandlers(services) as Record<MethodName, (params: unknown, call: Call) => unknown>;
  const server = new JSONRPCServer<Call>({ errorListener: () => {} });
  server.mapErrorToJSONRPCErrorResponse = (id: JSONRPCID, error: unknown) => failure(id, coded(error));

  for (const { name, params } of methods) {
    server.addMethod(name, async (given, call) => {
      const started = performance.now();
      let code = 'ok';
      let end = () => {};
      try {
        end = call.begin();
        return await asker.run(call.gone, () => handlers[name](checked(params, given ?? {}), call));
      } catch (error) {
        code = coded(error).code;
        if (code === 'internal') services.log.error({ err: error, method: name }, 'request failed');
        throw error;
      } finally {
        end();
        services.metrics.request(name, code, (performance.now() - started) / 1000);
      }
    });
  }

  async function answer(request: unknown, call: Call): Promise<object | null> {
    const { data } = requestSchema.safeParse(request);
    if (!data)
      return failure(idOf(request), new HoplabError('request-invalid', 'not a JSON-RPC 2.0 request'));
    if (!server.hasMethod(data.method)) return unknownMethod(data);
    return server.receive(data as Parameters<typeof server.receive>[0], call);
  }

  return async (text, call) => {
    const message = parsed(text);
    if (message === undefined)
      return JSON.stringify(failure(null, new HoplabError('message-invalid', 'not JSON')));
    if (!Array.isArray(message)) return stringified(await answer(message, call));
    if (message.length === 0 || message.length > maxBatch) {
      const error = new HoplabError('request-invalid', `a batch has 1 to ${maxBatch} requests`, {
        limit: maxBatch,
      });
      return JSON.stringify(failure(null, error));
    }
    return answerBatch(message, (request) => answer(request, call));
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stringified(answer: object | null): string | null {
  return answer === null ? null : JSON.stringify(answer);
}

function checked(schema: z.ZodObject, params: unknown): unknown {
  const { data, error } = schema.safeParse(params);
  if (data) return data;
  const issues = issuesOf(error, schema, params).map(({ path, code, values }) => {
    const words = inWords({ code, values });
    return { path: path.join('.'), code, values, message: words.en, words };
  });
  const words = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  throw new HoplabError('argument-invalid', words.join('; '), { issues });
}

function unknownMethod({ method, id }: Request): JSONRPCErrorResponse | null {
  if (id === undefined) return null;
  const known = methods.map(({ name }) => name);
  const named = method.slice(0, 128);
  // What is done is remembered better than to what.
  const [, verb = named] = named.split('.');
  const [only, ...more] = known.filter((name) => name.endsWith(`.${verb}`));
  const alike = only !== undefined && more.length === 0 ? only : nearest(named, known);
  const hint = alike === null ? '' : `; did you mean ${alike}?`;
  const data = { method: named, nearest: alike };
  return failure(id, new HoplabError('method-not-found', `no method ${named}${hint}`, data));
}

/** The id to answer an invalid request with, where it has a usable one. */
function idOf(request: unknown): JSONRPCID {
  const { data } = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(request);
  return data?.id ?? null;
}
