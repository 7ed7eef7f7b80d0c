import { z } from 'zod';
import { closeCodes, maxMessageBytes, subprotocol, terminalWindow, tokenSubprotocol } from './connection.ts';
import { commonErrors, type ErrorCode, errorTable } from './errors.ts';
import type { Method } from './method.ts';
import { methods } from './methods.ts';
import { notifications } from './notifications.ts';
import { protocolVersion } from './version.ts';

type Json = Record<string, unknown>;

type Document = Json & { openrpc: string };

/** By the version of hoplab: to make it takes 0.2 s, which no start of the daemon waits for. */
const made = new Map<string, Document>();

/** The API as an OpenRPC 1.3 document; `x-` fields have the facts without a place in OpenRPC. */
export function openRpcDocument(hoplabVersion: string): Document {
  const document = made.get(hoplabVersion) ?? documentOf(hoplabVersion);
  made.set(hoplabVersion, document);
  return document;
}

function documentOf(hoplabVersion: string): Document {
  return {
    openrpc: '1.3.2',
    info: {
      title: 'hoplab',
      version: hoplabVersion,
      description:
        'JSON-RPC 2.0 over WebSocket at /ws. Params are always an object. ' +
        'The first message is the notification system.hello.',
    },
    servers,
    methods: methods.map(methodObject),
    components: { errors: Object.fromEntries(allCodes.map((code) => [code, errorObject(code)])) },
    'x-protocol': protocolVersion,
    'x-notifications': notifications.map((each) => ({
      name: each.name,
      summary: each.summary,
      params: contentDescriptors(each.params, 'output'),
    })),
    'x-authentication': authentication,
    'x-close-codes': closeCodes,
    'x-max-message-bytes': maxMessageBytes,
    'x-terminal-frames': {
      layout: 'uint8 kind, uint32 terminal (big-endian), payload',
      kinds: { stdin: 0, stdout: 1, stderr: 2, ack: 3 },
      ack: 'uint32 count of bytes used up since the last ack; both ways',
      window: terminalWindow,
    },
  };
}

/** The two doors of a daemon with default settings (`HOPLAB_RUN`, `HOPLAB_LISTEN`). */
const servers = [
  {
    name: 'local',
    url: 'ws+unix:///run/hoplab/hoplab.sock:/ws',
    summary: 'A Unix socket, for root and members of the group hoplab: no token.',
  },
  {
    name: 'network',
    url: 'ws://127.0.0.1:7777/ws',
    summary: 'TCP, with the token on every request: see x-authentication. `hoplab url` prints the address.',
  },
];

const authentication = {
  token:
    'The text of the file `token` in the run directory (/run/hoplab/token), which root and members of the group hoplab may read; it also stands behind #token= in what `hoplab url` prints.',
  header: 'Authorization: Bearer TOKEN, on the request that opens the WebSocket',
  browser: `A page cannot set that header: it offers the subprotocols ${subprotocol} and ${tokenSubprotocol}TOKEN, and ${subprotocol} is chosen.`,
  host: "The Host header must be 127.0.0.1, localhost or [::1], or one of HOPLAB_HOSTS; an Origin, where there is one, the daemon's own page or one of HOPLAB_ORIGINS.",
  refused: '401 with `www-authenticate: Bearer` (unauthorized), 403 (host-refused, origin-refused)',
};

const allCodes = Object.keys(errorTable) as ErrorCode[];

function methodObject(method: Method): Json {
  return {
    name: method.name,
    summary: method.summary,
    paramStructure: 'by-name',
    params: contentDescriptors(method.params, 'input'),
    result: { name: 'result', schema: jsonSchema(method.result, 'output') },
    errors: [...commonErrors, ...method.errors].map((code) => ({ $ref: `#/components/errors/${code}` })),
  };
}

function contentDescriptors(params: z.ZodObject, io: 'input' | 'output'): Json[] {
  const { properties = {}, required = [] } = jsonSchema(params, io);
  return Object.entries(properties as Record<string, Json>).map(([name, schema]) => ({
    name,
    ...(typeof schema.description === 'string' ? { summary: schema.description } : {}),
    required: (required as string[]).includes(name),
    schema,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io });
  return rest;
}

function errorObject(code: ErrorCode): Json {
  const { number, summary, met } = errorTable[code];
  return { code: number, message: summary, data: { code }, 'x-met': met };
}
