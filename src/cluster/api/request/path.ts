/** The attributes of a request, from its method and its path, as the API server's RequestInfo. */
export interface RequestInfo {
  /** get, list, watch, create, update, patch, delete, deletecollection; for other paths the method in small letters. */
  verb: string;
  path: string;
  query: URLSearchParams;
  resource?: ResourcePath;
}

export interface ResourcePath {
  group: string;
  version: string;
  name: string;
  namespace: string | undefined;
  object: string | undefined;
  subresource: string | undefined;
}

const verbs: Record<string, string> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

export function requestInfo(method: string, url: string): RequestInfo {
  const { pathname, searchParams: query } = new URL(url, 'https://cluster');
  const path = decoded(pathname);
  const info = { verb: method.toLowerCase(), path, query };
  const parts = path.split('/').filter((part) => part !== '');
  const grouped = parts[0] === 'apis';
  if (!grouped && parts[0] !== 'api') return info;
  const [group = '', version = ''] = grouped ? parts.slice(1, 3) : ['', parts[1] ?? ''];
  const rest = parts.slice(grouped ? 3 : 2);
  const resource = resourcePath(group, version, rest);
  if (resource === undefined) return info;
  return { ...info, verb: verbOf(method, resource, query), resource };
}

function resourcePath(group: string, version: string, rest: string[]): ResourcePath | undefined {
  const inNamespace =
    rest[0] === 'namespaces' && rest.length > 2 && !namespaceSubresources.has(rest[2] ?? '');
  const [name, object, subresource] = inNamespace ? rest.slice(2) : rest;
  if (name === undefined) return undefined;
  const namespace = inNamespace ? rest[1] : name === 'namespaces' ? object : undefined;
  return { group, version, name, namespace, object, subresource };
}

const namespaceSubresources = new Set(['status', 'finalize']);

function verbOf(method: string, { object }: ResourcePath, query: URLSearchParams): string {
  const verb = verbs[method] ?? method.toLowerCase();
  if (object !== undefined) return verb;
  if (verb === 'delete') return 'deletecollection';
  if (verb !== 'get') return verb;
  return isTrue(query.get('watch')) ? 'watch' : 'list';
}

export function isTrue(value: string | null): boolean {
  return value !== null && ['1', 't', 'true', 'TRUE', 'True', ''].includes(value);
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
