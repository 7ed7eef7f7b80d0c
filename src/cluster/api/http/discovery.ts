import { architecture } from '../../architecture.ts';
import { apiVersionOf, groups, type Resource, resources, type Subresource } from '../resources.ts';
import { type Exchange, send, sendJson } from './exchange.ts';

export const version = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.0+hoplab',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: `linux/${architecture}`,
};

/** Paths beside resources; false where the path is none of them. */
export function sendDiscovery({ request, response, info }: Exchange): boolean {
  const path = info.path.replace(/\/$/, '') || '/';
  const aggregated = /;\s*as=APIGroupDiscoveryList/.test(request.headers.accept ?? '');
  if (['/healthz', '/livez', '/readyz', '/healthz/ping'].includes(path)) {
    send(response, 200, 'text/plain; charset=utf-8', 'ok');
  } else if (path === '/version') sendJson(response, 200, version);
  else if (path === '/') sendJson(response, 200, { paths: paths() });
  else if (path === '/api' && aggregated) sendAggregated(request.headers.accept, response, ['']);
  else if (path === '/apis' && aggregated) {
    sendAggregated(
      request.headers.accept,
      response,
      groups().filter((group) => group !== ''),
    );
  } else if (path === '/api') sendJson(response, 200, coreVersions());
  else if (path === '/apis') sendJson(response, 200, groupList());
  else return sendGroup(path, response);
  return true;
}

function sendGroup(path: string, response: Exchange['response']): boolean {
  const [root, first, second] = path.split('/').filter((part) => part !== '');
  const core = root === 'api';
  if (!core && root !== 'apis') return false;
  if (!core && second === undefined) {
    const group = groupList().groups.find(({ name }) => name === first);
    if (group === undefined) return false;
    sendJson(response, 200, { kind: 'APIGroup', apiVersion: 'v1', ...group });
    return true;
  }
  const [group, version] = core ? ['', first] : [first, second];
  const found = resources.filter((one) => one.group === group && one.version === version);
  if (found.length === 0) return false;
  sendJson(response, 200, resourceList(found));
  return true;
}

function paths(): string[] {
  const versions = resources.map(({ group, version }) =>
    group === '' ? '/api/v1' : `/apis/${group}/${version}`,
  );
  return [
    ...new Set([
      '/api',
      '/apis',
      ...versions,
      '/healthz',
      '/livez',
      '/openapi/v2',
      '/openapi/v3',
      '/readyz',
      '/version',
    ]),
  ];
}

function coreVersions() {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
}

function groupList() {
  const named = groups().filter((group) => group !== '');
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: named.map((name) => {
      const version = { groupVersion: `${name}/v1`, version: 'v1' };
      return { name, versions: [version], preferredVersion: version };
    }),
  };
}

function resourceList(found: Resource[]) {
  const [first] = found;
  const listed = found.flatMap((one) => [
    {
      name: one.name,
      singularName: one.kind.toLowerCase(),
      namespaced: one.namespaced,
      kind: one.kind,
      verbs: one.verbs,
      ...(one.shortNames.length === 0 ? {} : { shortNames: one.shortNames }),
      ...(one.categories.length === 0 ? {} : { categories: one.categories }),
    },
    ...one.subresources.map((sub) => subresource(one, sub)),
  ]);
  return {
    kind: 'APIResourceList',
    ...(first?.group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: first === undefined ? '' : apiVersionOf(first),
    resources: listed,
  };
}

function subresource(resource: Resource, sub: Subresource) {
  const other = sub.group !== resource.group ? { group: sub.group, version: sub.version } : {};
  return {
    name: `${resource.name}/${sub.name}`,
    singularName: '',
    namespaced: resource.namespaced,
    ...other,
    kind: sub.kind,
    verbs: sub.verbs,
  };
}

function sendAggregated(accept: string | undefined, response: Exchange['response'], names: string[]): void {
  const first = (accept ?? '').split(',').find((one) => one.includes('as=APIGroupDiscoveryList')) ?? '';
  const v = /v=(v2beta1|v2)\b/.exec(first)?.[1] ?? 'v2';
  const body = {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${v}`,
    metadata: {},
    items: names.map(aggregatedGroup),
  };
  const type = `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`;
  send(response, 200, type, JSON.stringify(body));
}

function aggregatedGroup(group: string) {
  const found = resources.filter((one) => one.group === group);
  return {
    metadata: { ...(group === '' ? {} : { name: group }), creationTimestamp: null },
    versions: [{ version: 'v1', freshness: 'Current', resources: found.map(aggregatedResource) }],
  };
}

function aggregatedResource(one: Resource) {
  return {
    resource: one.name,
    responseKind: { group: one.group, version: one.version, kind: one.kind },
    scope: one.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: one.kind.toLowerCase(),
    verbs: one.verbs,
    ...(one.shortNames.length === 0 ? {} : { shortNames: one.shortNames }),
    ...(one.categories.length === 0 ? {} : { categories: one.categories }),
    ...(one.subresources.length === 0
      ? {}
      : {
          subresources: one.subresources.map((sub) => ({
            subresource: sub.name,
            responseKind: { group: sub.group, version: sub.version, kind: sub.kind },
            verbs: sub.verbs,
          })),
        }),
  };
}
