import { openapiV2, openapiV2Protobuf } from '../openapi/v2.ts';
import { openapiIndex, openapiV3 } from '../openapi/v3.ts';
import { type Exchange, send, sendJson } from './exchange.ts';

/** Clients ask for `spec.v2@v1.0`; an answer with the @ is refused by kubectl itself where a newer Go has built it. */
const protobuf = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** False where the path is none of OpenAPI's. */
export function sendOpenapi({ request, response, info }: Exchange): boolean {
  if (info.path === '/openapi/v2') {
    if (request.headers.accept?.includes('proto-openapi') === true)
      send(response, 200, protobuf, openapiV2Protobuf());
    else sendJson(response, 200, openapiV2());
    return true;
  }
  if (info.path === '/openapi/v3') {
    sendJson(response, 200, openapiIndex());
    return true;
  }
  const document = info.path.startsWith('/openapi/v3/') ? openapiV3(info.path.slice(12)) : undefined;
  if (document === undefined) return false;
  sendJson(response, 200, document);
  return true;
}
