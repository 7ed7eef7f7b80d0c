import type { ApiObject } from '../../store/objects.ts';
import type { User } from '../kinds/strategy.ts';
import { type Fields, recordOf, recordsOf, textOf, textsOf } from '../values.ts';

/** The operation that a user requests, either on a resource or on a path. */
export interface Attributes {
  verb: string;
  group: string;
  /** With its subresource: pods/log. */
  resource: string;
  namespace: string;
  name: string;
  path?: string;
}

/** Reads roles and bindings; the store, or a list in a test. */
export interface Rules {
  list(resource: string, namespace?: string): ApiObject[];
  find(resource: string, namespace: string | undefined, name: string): ApiObject | undefined;
}

export interface Decision {
  allowed: boolean;
  reason: string;
}

const group = 'rbac.authorization.k8s.io';

/** RBAC: a user may do everything that a rule of a bound role allows. There are no rules that forbid. */
export function decide(user: User, wanted: Attributes, rules: Rules): Decision {
  if (user.groups.includes('system:masters')) return { allowed: true, reason: '' };
  for (const { binding, subject, role } of boundTo(user, wanted.namespace, rules)) {
    if (!rulesOf(role).some((rule) => ruleAllows(rule, wanted))) continue;
    const by = objectText(binding, binding.kind);
    const reason = `RBAC: allowed by ${by} of ${role.kind} "${role.metadata.name}" to ${subject}`;
    return { allowed: true, reason };
  }
  return { allowed: false, reason: '' };
}

/** The rules that apply to a user in a namespace. */
export function rulesFor(user: User, namespace: string, rules: Rules): Fields[] {
  return [...boundTo(user, namespace, rules)].flatMap(({ role }) => rulesOf(role));
}

interface Bound {
  binding: ApiObject;
  subject: string;
  role: ApiObject;
}

function* boundTo(user: User, namespace: string, rules: Rules): Generator<Bound> {
  const inCluster = rules.list(`clusterrolebindings.${group}`);
  const inNamespace = namespace === '' ? [] : rules.list(`rolebindings.${group}`, namespace);
  for (const binding of [...inCluster, ...inNamespace]) {
    const subject = recordsOf(binding.subjects).find((one) =>
      isSubject(user, one, binding.metadata.namespace ?? ''),
    );
    if (subject === undefined) continue;
    const { kind, name } = recordOf(binding.roleRef);
    const role =
      kind === 'Role'
        ? rules.find(`roles.${group}`, binding.metadata.namespace, textOf(name))
        : rules.find(`clusterroles.${group}`, undefined, textOf(name));
    if (role !== undefined) yield { binding, subject: subjectText(subject), role };
  }
}

function isSubject(user: User, { kind, name, namespace }: Fields, inside: string): boolean {
  if (kind === 'User') return user.name === name;
  if (kind === 'Group') return user.groups.includes(textOf(name));
  return user.name === `system:serviceaccount:${textOf(namespace) || inside}:${name}`;
}

function subjectText({ kind, name, namespace }: Fields): string {
  return kind === 'ServiceAccount' ? `ServiceAccount "${name}/${namespace}"` : `${kind} "${name}"`;
}

function objectText({ metadata }: ApiObject, kind: string): string {
  const { name, namespace } = metadata;
  return namespace === undefined ? `${kind} "${name}"` : `${kind} "${name}/${namespace}"`;
}

function rulesOf(role: ApiObject): Fields[] {
  return recordsOf(role.rules);
}

export function ruleAllows(rule: Fields, wanted: Attributes): boolean {
  const has = (name: string, value: string) => {
    const list = textsOf(rule[name]);
    return list.includes('*') || list.includes(value);
  };
  if (!has('verbs', wanted.verb)) return false;
  if (wanted.path !== undefined)
    return textsOf(rule.nonResourceURLs).some((one) => pathFits(one, wanted.path ?? ''));
  if (!has('apiGroups', wanted.group)) return false;
  const [, sub] = wanted.resource.split('/');
  if (
    !has('resources', wanted.resource) &&
    !(sub !== undefined && textsOf(rule.resources).includes(`*/${sub}`))
  ) {
    return false;
  }
  const names = textsOf(rule.resourceNames);
  return names.length === 0 || names.includes(wanted.name);
}

function pathFits(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}
