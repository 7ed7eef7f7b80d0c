import type { IncomingMessage } from 'node:http';
import type { User } from '../kinds/strategy.ts';
import type { Registry } from '../registry.ts';
import { ApiError } from '../request/errors.ts';
import type { RequestInfo } from '../request/path.ts';
import { type Attributes, decide, type Rules } from './rbac.ts';

export function rulesIn(registry: Registry): Rules {
  return {
    list: (resource, namespace) => registry.store.list({ resource, namespace }),
    find: (resource, namespace, name) => registry.find(resource, namespace, name),
  };
}

export function attributesOf({ verb, path, resource }: RequestInfo): Attributes {
  if (resource === undefined) return { verb, group: '', resource: '', namespace: '', name: '', path };
  const { group, name, subresource, namespace = '', object = '' } = resource;
  return {
    verb,
    group,
    resource: subresource === undefined ? name : `${name}/${subresource}`,
    namespace,
    name: object,
  };
}

export function authorize(user: User, info: RequestInfo, registry: Registry): void {
  const wanted = attributesOf(info);
  if (decide(user, wanted, rulesIn(registry)).allowed) return;
  throw refusal(user, wanted);
}

export function refusal(user: User, wanted: Attributes): ApiError {
  const who = `User ${JSON.stringify(user.name)}`;
  if (wanted.path !== undefined) {
    const message = `forbidden: ${who} cannot ${wanted.verb} path ${JSON.stringify(wanted.path)}`;
    return new ApiError(403, 'Forbidden', message, {});
  }
  const where =
    wanted.namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(wanted.namespace)}`;
  const what = `cannot ${wanted.verb} resource ${JSON.stringify(wanted.resource)} in API group ${JSON.stringify(wanted.group)} ${where}`;
  const [name = ''] = wanted.resource.split('/');
  const qualified = wanted.group === '' ? name : `${name}.${wanted.group}`;
  const object = wanted.name === '' ? qualified : `${qualified} ${JSON.stringify(wanted.name)}`;
  return new ApiError(403, 'Forbidden', `${object} is forbidden: ${who} ${what}`, {
    ...(wanted.name === '' ? {} : { name: wanted.name }),
    ...(wanted.group === '' ? {} : { group: wanted.group }),
    kind: name,
  });
}

/** kubectl --as: another user, if the requesting one may impersonate that one. */
export function impersonate(user: User, { headers }: IncomingMessage, registry: Registry): User {
  const name = headers['impersonate-user'];
  if (typeof name !== 'string') return user;
  const header = headers['impersonate-group'];
  const groups = header === undefined ? [] : [header].flat().flatMap((one) => one.split(/,\s*/));
  const check = (resource: string, object: string) => {
    const wanted = { verb: 'impersonate', group: '', resource, namespace: '', name: object };
    if (!decide(user, wanted, rulesIn(registry)).allowed) throw refusal(user, wanted);
  };
  check('users', name);
  for (const one of groups) check('groups', one);
  const account = /^system:serviceaccount:([^:]+):/.exec(name)?.[1];
  const own = account === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account}`];
  const known = name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated';
  return { name, groups: [...new Set([...groups, ...own, known])] };
}
