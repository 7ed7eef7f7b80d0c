import type { ApiObject } from '../../store/objects.ts';
import type { User } from '../kinds/strategy.ts';
import { type Fields, recordOf, recordsOf, textOf, textsOf } from '../values.ts';
import { decide, type Rules, ruleAllows, rulesFor } from './rbac.ts';

const group = 'rbac.authorization.k8s.io';

/** The reason why a user may not write a role or a binding: a user can grant only rights of their own. */
export function escalation(user: User, object: ApiObject, rules: Rules): string | undefined {
  if (user.groups.includes('system:masters')) return undefined;
  const namespace = object.metadata.namespace ?? '';
  const granted = grantedBy(object, rules);
  const verb = object.kind.endsWith('Binding') ? 'bind' : 'escalate';
  const name = verb === 'bind' ? textOf(recordOf(object.roleRef).name) : object.metadata.name;
  const kind = verb === 'bind' ? textOf(recordOf(object.roleRef).kind) : object.kind;
  const resource = kind === 'ClusterRole' ? 'clusterroles' : 'roles';
  if (decide(user, { verb, group, resource, namespace, name }, rules).allowed) return undefined;
  const held = rulesFor(user, namespace, rules);
  const missing = granted.filter((rule) => !covered(rule, held));
  if (missing.length === 0) return undefined;
  const groups = user.groups.map((one) => JSON.stringify(one)).join(' ');
  const lines = missing.map(ruleText).sort().join('\n');
  return `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${lines}`;
}

function grantedBy(object: ApiObject, rules: Rules): Fields[] {
  if (!object.kind.endsWith('Binding')) return recordsOf(object.rules);
  const { kind, name } = recordOf(object.roleRef);
  const role =
    kind === 'Role'
      ? rules.find(`roles.${group}`, object.metadata.namespace, textOf(name))
      : rules.find(`clusterroles.${group}`, undefined, textOf(name));
  return recordsOf(role?.rules);
}

/** Every single thing that the rule allows is allowed by one of those held. */
function covered(rule: Fields, held: Fields[]): boolean {
  const names = textsOf(rule.resourceNames);
  const paths = textsOf(rule.nonResourceURLs).map((path) => ({ group: '', resource: '', name: '', path }));
  const objects = textsOf(rule.apiGroups).flatMap((one) =>
    textsOf(rule.resources).flatMap((resource) =>
      (names.length === 0 ? [''] : names).map((name) => ({ group: one, resource, name })),
    ),
  );
  return textsOf(rule.verbs).every((verb) =>
    [...paths, ...objects].every((one) =>
      held.some((other) => ruleAllows(other, { verb, namespace: '', ...one })),
    ),
  );
}

function ruleText(rule: Fields): string {
  const fields = { apiGroups: 'APIGroups', resources: 'Resources', resourceNames: 'ResourceNames' };
  const all = { ...fields, nonResourceURLs: 'NonResourceURLs', verbs: 'Verbs' };
  const parts = Object.entries(all)
    .filter(([name]) => textsOf(rule[name]).length > 0)
    .map(
      ([name, title]) =>
        `${title}:[${textsOf(rule[name])
          .map((one) => JSON.stringify(one))
          .join(' ')}]`,
    );
  return `{${parts.join(', ')}}`;
}
