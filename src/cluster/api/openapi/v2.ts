import { resources } from '../resources.ts';
import { type Fields, isRecord, recordOf, textOf, textsOf } from '../values.ts';
import { Message } from './encode.ts';
import { type Operation, type PathOfKind, pathsOf } from './paths.ts';
import { reachable, schemaName, schemaOf } from './schemas.ts';

const prefix = '#/definitions/';

function definitions(): [name: string, schema: Fields][] {
  const kinds = [...resources.map(({ kind }) => kind), 'DeleteOptions', 'Status'];
  return reachable(kinds).map((name) => [schemaName(name), schemaOf(name, prefix)]);
}

const head = { swagger: '2.0', info: { title: 'Kubernetes', version: 'v1.32.0' } };

export function openapiV2(): Fields {
  const paths = pathsOf(resources).map(({ path, operations, kind }) => [
    path,
    Object.fromEntries(operations.map((one) => [one.method, jsonOperation(one, kind)])),
  ]);
  return { ...head, paths: Object.fromEntries(paths), definitions: Object.fromEntries(definitions()) };
}

function jsonOperation({ action, parameters }: Operation, kind: Fields): Fields {
  return {
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kind,
    parameters: parameters.map((name) => ({ name, in: 'query', type: 'string', uniqueItems: true })),
    responses: { 200: { description: 'OK' } },
  };
}

/** The same in gnostic's protobuf (openapiv2/OpenAPIv2.proto), the only form that kubectl asks for. */
export function openapiV2Protobuf(): Buffer {
  const paths = new Message();
  for (const one of pathsOf(resources)) paths.message(2, named(one.path, pathItem(one)));
  const schemas = new Message();
  for (const [name, schema] of definitions()) schemas.message(1, named(name, schemaMessage(schema)));
  return new Message()
    .text(1, head.swagger)
    .message(2, new Message().text(1, head.info.title).text(2, head.info.version))
    .message(8, paths)
    .message(9, schemas)
    .encoded();
}

function named(name: string, value: Message): Message {
  return new Message().text(1, name).message(2, value);
}

const methods = { get: 2, put: 3, post: 4, delete: 5, patch: 8 };

function pathItem({ operations, kind }: PathOfKind): Message {
  const item = new Message();
  for (const { method, action, parameters } of operations) {
    const operation = new Message();
    for (const name of parameters) {
      const query = new Message().text(2, 'query').text(4, name).text(6, 'string');
      operation.message(
        8,
        new Message().message(1, new Message().message(2, new Message().message(3, query))),
      );
    }
    extension(operation, 13, 'x-kubernetes-action', action);
    extension(operation, 13, 'x-kubernetes-group-version-kind', kind);
    item.message(methods[method], operation);
  }
  return item;
}

/** JSON is YAML too, which is how values of extensions are sent. */
function extension(message: Message, number: number, name: string, value: unknown): void {
  message.message(number, named(name, new Message().text(2, JSON.stringify(value))));
}

function schemaMessage(schema: Fields): Message {
  const message = new Message()
    .text(1, textOf(schema.$ref))
    .text(2, textOf(schema.format))
    .text(4, textOf(schema.description))
    .texts(19, textsOf(schema.required));
  if (isRecord(schema.additionalProperties)) {
    message.message(21, new Message().message(1, schemaMessage(schema.additionalProperties)));
  }
  if (schema.type !== undefined) message.message(22, new Message().text(1, textOf(schema.type)));
  if (isRecord(schema.items)) message.message(23, new Message().message(1, schemaMessage(schema.items)));
  if (isRecord(schema.properties)) {
    const properties = new Message();
    for (const [name, value] of Object.entries(schema.properties)) {
      properties.message(1, named(name, schemaMessage(recordOf(value))));
    }
    message.message(25, properties);
  }
  for (const [name, value] of Object.entries(schema))
    if (name.startsWith('x-')) extension(message, 31, name, value);
  return message;
}
