import { tokenUser } from '../auth/authenticate.ts';
import { rulesIn } from '../auth/authorize.ts';
import { type Attributes, decide, rulesFor } from '../auth/rbac.ts';
import type { User } from '../kinds/strategy.ts';
import type { Resource } from '../resources.ts';
import { at, type Fields, isRecord, recordOf, textOf, textsOf } from '../values.ts';
import { objectOf, parsedBody } from './body.ts';
import type { ServerContext } from './common.ts';
import { type Exchange, sendJson } from './exchange.ts';

/** Kinds that are questions: nothing is kept of them. */
export const reviews = new Set([
  'LocalSubjectAccessReview',
  'SelfSubjectAccessReview',
  'SelfSubjectReview',
  'SelfSubjectRulesReview',
  'SubjectAccessReview',
  'TokenReview',
]);

export async function review(exchange: Exchange, resource: Resource, served: ServerContext): Promise<void> {
  const asked = objectOf(await parsedBody(exchange), resource, exchange);
  const status = statusOf(asked.kind, at(asked, 'spec'), exchange.user, served);
  sendJson(exchange.response, 201, { ...asked, metadata: { creationTimestamp: null }, status });
}

function statusOf(kind: string, spec: Fields, user: User, { registry, tokens, now }: ServerContext): Fields {
  const rules = rulesIn(registry);
  switch (kind) {
    case 'SelfSubjectReview':
      return { userInfo: userInfo(user) };
    case 'SelfSubjectRulesReview': {
      const found = rulesFor(user, textOf(spec.namespace), rules);
      const all = user.groups.includes('system:masters') ? [everything, everyPath, ...found] : found;
      const isPath = (rule: Fields) => textsOf(rule.nonResourceURLs).length > 0;
      return {
        resourceRules: all.filter((rule) => !isPath(rule)),
        nonResourceRules: all.filter(isPath),
        incomplete: false,
      };
    }
    case 'TokenReview': {
      const known = tokens === undefined ? undefined : tokenUser(textOf(spec.token), registry, tokens, now());
      if (known === undefined) return { user: {}, error: 'invalid bearer token' };
      return { authenticated: true, user: userInfo(known) };
    }
  }
  const self = kind === 'SelfSubjectAccessReview';
  const other = { name: textOf(spec.user), groups: textsOf(spec.groups) };
  const { allowed, reason } = decide(self ? user : other, wantedIn(spec), rules);
  return { allowed, ...(reason === '' ? {} : { reason }) };
}

const everything = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
const everyPath = { nonResourceURLs: ['*'], verbs: ['*'] };

function wantedIn(spec: Fields): Attributes {
  if (isRecord(spec.nonResourceAttributes)) {
    const { verb, path } = spec.nonResourceAttributes;
    return { verb: textOf(verb), group: '', resource: '', namespace: '', name: '', path: textOf(path) };
  }
  const { verb, group, resource, subresource, namespace, name } = recordOf(spec.resourceAttributes);
  const sub = textOf(subresource);
  return {
    verb: textOf(verb),
    group: textOf(group),
    resource: sub === '' ? textOf(resource) : `${resource}/${sub}`,
    namespace: textOf(namespace),
    name: textOf(name),
  };
}

function userInfo({ name, uid, groups }: User): Fields {
  return { username: name, ...(uid === undefined ? {} : { uid }), groups };
}
