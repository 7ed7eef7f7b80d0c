import { createJSONRPCErrorResponse, type JSONRPCErrorResponse, type JSONRPCID } from 'json-rpc-2.0';
import { errorTable, type HoplabError } from '../protocol/errors.ts';

/** A JSON-RPC error answer: the number for JSON-RPC, the code for programs, the message for people. */
export function failure(id: JSONRPCID, error: HoplabError): JSONRPCErrorResponse {
  const { number } = errorTable[error.code];
  return createJSONRPCErrorResponse(id, number, error.message, { ...error.data, code: error.code });
}
