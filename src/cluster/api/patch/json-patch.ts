import { ApiError, badRequest } from '../request/errors.ts';
import { equal, isRecord, textOf } from '../values.ts';

/** RFC 6902. */
export function jsonPatch(document: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  let result = structuredClone(document);
  for (const operation of operations.filter(isRecord)) {
    const path = pointer(textOf(operation.path));
    switch (operation.op) {
      case 'add':
        result = put(result, path, operation.value, 'add');
        break;
      case 'replace':
        result = put(result, path, operation.value, 'replace');
        break;
      case 'remove':
        result = remove(result, path);
        break;
      case 'test':
        if (!equal(read(result, path), operation.value)) {
          throw refused();
        }
        break;
      case 'copy':
        result = put(result, path, structuredClone(read(result, pointer(textOf(operation.from)))), 'add');
        break;
      case 'move': {
        const from = pointer(textOf(operation.from));
        const moved = read(result, from);
        result = put(remove(result, from), path, moved, 'add');
        break;
      }
      default:
        throw refused();
    }
  }
  return result;
}

/** The API server sends no details; they are for its log. */
function refused(): ApiError {
  const message = 'the server rejected our request due to an error in our request';
  return new ApiError(422, 'Invalid', message, {});
}

function pointer(text: string): string[] {
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: unknown, path: string[]): unknown {
  let current = document;
  for (const part of path) {
    if (Array.isArray(current)) current = current[part === '-' ? current.length : Number(part)];
    else if (isRecord(current)) current = current[part];
    else throw refused();
    if (current === undefined) throw refused();
  }
  return current;
}

function put(document: unknown, path: string[], value: unknown, op: 'add' | 'replace'): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last);
    if (!Number.isInteger(index) || index < 0 || index > parent.length) throw refused();
    parent.splice(index, op === 'add' ? 0 : 1, value);
  } else if (isRecord(parent)) {
    if (op === 'replace' && !(last in parent)) throw refused();
    parent[last] = value;
  } else throw refused();
  return document;
}

function remove(document: unknown, path: string[]): unknown {
  const last = path.at(-1) ?? '';
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent) && Number(last) < parent.length) parent.splice(Number(last), 1);
  else if (isRecord(parent) && last in parent) delete parent[last];
  else throw refused();
  return document;
}
