import t from 'tap';
import { decide, type Rules } from '../../../src/cluster/api/auth/rbac.ts';
import type { ApiObject } from '../../../src/cluster/store/objects.ts';

const apiGroup = 'rbac.authorization.k8s.io';
const named = (kind: string, name: string, rest: object, namespace?: string): ApiObject => ({
  ...{ apiVersion: `${apiGroup}/v1`, kind },
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...rest,
});
const rule = (resources: string[], verbs: string[], more = {}) => ({
  apiGroups: [''],
  resources,
  verbs,
  ...more,
});
const kept: Record<string, ApiObject[]> = {
  roles: [
    named(
      'Role',
      'logs',
      { rules: [rule(['*/log'], ['get']), rule(['secrets'], ['get'], { resourceNames: ['one'] })] },
      'a',
    ),
  ],
  clusterroles: [
    named('ClusterRole', 'paths', { rules: [{ nonResourceURLs: ['/logs/*'], verbs: ['get'] }] }),
  ],
  rolebindings: [
    named(
      'RoleBinding',
      'b',
      { roleRef: { kind: 'Role', name: 'logs' }, subjects: [{ kind: 'ServiceAccount', name: 'robot' }] },
      'a',
    ),
  ],
  clusterrolebindings: [
    named('ClusterRoleBinding', 'c', {
      roleRef: { kind: 'ClusterRole', name: 'paths' },
      subjects: [{ kind: 'Group', name: 'ops' }],
    }),
  ],
};
const rules: Rules = {
  list: (resource, namespace) =>
    (kept[resource.replace(`.${apiGroup}`, '')] ?? []).filter((one) => one.metadata.namespace === namespace),
  find: (resource, namespace, name) =>
    rules.list(resource, namespace).find((one) => one.metadata.name === name),
};
const robot = { name: 'system:serviceaccount:a:robot', groups: [] };

t.test('rules by subresource, by name, by path', async (t) => {
  const may = (resource: string, name: string, namespace = 'a', verb = 'get') =>
    decide(robot, { verb, group: '', resource, namespace, name }, rules).allowed;
  t.ok(may('pods/log', 'x'));
  t.notOk(may('pods', 'x'));
  t.notOk(may('pods/log', 'x', 'b'), 'a role binding is of its namespace');
  t.ok(may('secrets', 'one'));
  t.notOk(may('secrets', 'two'));
  t.notOk(may('secrets', 'one', 'a', 'delete'));
  const path = (path: string, groups: string[]) =>
    decide(
      { name: 'x', groups },
      { verb: 'get', group: '', resource: '', namespace: '', name: '', path },
      rules,
    );
  t.ok(path('/logs/a', ['ops']).allowed);
  t.equal(
    path('/logs/a', ['ops']).reason,
    'RBAC: allowed by ClusterRoleBinding "c" of ClusterRole "paths" to Group "ops"',
  );
  t.notOk(path('/metrics', ['ops']).allowed);
  t.notOk(path('/logs/a', []).allowed);
});
