import t from 'tap';
import { apply } from '../../../src/cluster/api/patch/apply.ts';
import { fieldSet, fromFieldsV1, shownPath, toFieldsV1 } from '../../../src/cluster/api/patch/field-set.ts';
import { jsonPatch } from '../../../src/cluster/api/patch/json-patch.ts';
import { noteUpdate, setManagers } from '../../../src/cluster/api/patch/managed.ts';
import { mergePatch } from '../../../src/cluster/api/patch/merge-patch.ts';
import { strategicPatch } from '../../../src/cluster/api/patch/strategic.ts';
import { struct } from '../../../src/cluster/api/types/types.ts';
import type { ApiObject } from '../../../src/cluster/store/objects.ts';

const pod = (spec: object): ApiObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });
const write = (manager: string) => ({ manager, time: '2026-01-02T03:04:05Z', subresource: '' });

t.test('JSON patch', async (t) => {
  const document = { a: { 'b/c': [1, 2] } };
  const patched = jsonPatch(document, [
    { op: 'add', path: '/a/b~1c/-', value: 3 },
    { op: 'remove', path: '/a/b~1c/0' },
    { op: 'copy', from: '/a', path: '/d' },
    { op: 'test', path: '/d/b~1c', value: [2, 3] },
    { op: 'move', from: '/a', path: '/e' },
  ]);
  t.same(patched, { d: { 'b/c': [2, 3] }, e: { 'b/c': [2, 3] } });
  t.same(document, { a: { 'b/c': [1, 2] } }, 'the document stays as it was');
  for (const operation of [
    { op: 'test', path: '/a', value: 1 },
    { op: 'remove', path: '/none' },
    { op: 'replace', path: '/none', value: 1 },
    { op: 'add', path: '/a/b~1c/9', value: 1 },
  ]) {
    t.throws(() => jsonPatch(document, [operation]), /rejected our request/, JSON.stringify(operation));
  }
});

t.test('merge patch', async (t) => {
  t.same(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null }, d: [2] }), { a: { c: 2 }, d: [2] });
});

t.test('strategic patch: lists by their key, order, directives', async (t) => {
  const before = {
    spec: {
      containers: [
        { name: 'a', image: 'x', args: ['1'] },
        { name: 'b', image: 'y' },
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    },
    metadata: { finalizers: ['one', 'two'] },
  };
  const patch = (spec: object) => strategicPatch('Pod', before, { spec }).spec;
  t.same(
    patch({
      containers: [
        { name: 'b', image: 'z' },
        { name: 'c', image: 'n' },
      ],
    }),
    {
      ...before.spec,
      containers: [before.spec.containers[0], { name: 'b', image: 'z' }, { name: 'c', image: 'n' }],
    },
  );
  t.same(
    patch({ containers: [{ name: 'c', image: 'n' }] }),
    { ...before.spec, containers: [{ name: 'c', image: 'n' }, ...before.spec.containers] },
    'what is new comes first',
  );
  // kubectl 1.20.2 and 1.32.4: findings/kubectl-patch-takes-the-udp-port-for-the-tcp-one.sh
  const port = (name: string, protocol: string, targetPort = 53) => ({
    name,
    port: 53,
    protocol,
    targetPort,
  });
  const dns = { spec: { ports: [port('dns', 'UDP'), port('dns-tcp', 'TCP')] } };
  t.same(
    strategicPatch('Service', dns, { spec: { ports: [port('dns-tcp', 'TCP', 5353)] } }).spec,
    { ports: [port('dns-tcp', 'TCP', 5353), port('dns-tcp', 'TCP')] },
    'the ports of a Service are known by their number alone',
  );
  t.same(patch({ containers: [{ name: 'a', $patch: 'delete' }] }), {
    ...before.spec,
    containers: [{ name: 'b', image: 'y' }],
  });
  t.same(patch({ '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] }), {
    ...before.spec,
    containers: [...before.spec.containers].reverse(),
  });
  t.same(patch({ containers: [{ name: 'a', args: ['2'] }] }), {
    ...before.spec,
    containers: [{ name: 'a', image: 'x', args: ['2'] }, before.spec.containers[1]],
  });
  t.same(
    patch({
      volumes: [{ name: 'v', emptyDir: null, hostPath: { path: '/' }, $retainKeys: ['name', 'hostPath'] }],
    }),
    {
      ...before.spec,
      volumes: [{ name: 'v', hostPath: { path: '/' } }],
    },
  );
  t.same(
    strategicPatch('Pod', before, { metadata: { '$deleteFromPrimitiveList/finalizers': ['one'] } }).metadata,
    {
      finalizers: ['two'],
    },
  );
  t.throws(() => patch({ containers: [{ image: 'q' }] }), /does not contain declared merge key: name/);
});

t.test('fields as managedFields has them, and back', async (t) => {
  const set = fieldSet(
    struct('Pod'),
    pod({ containers: [{ name: 'a', ports: [{ containerPort: 80 }] }], nodeName: 'n' }),
  );
  const tree = toFieldsV1(set);
  t.same(tree, {
    'f:spec': {
      'f:containers': {
        'k:{"name":"a"}': {
          '.': {},
          'f:name': {},
          'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
        },
      },
      'f:nodeName': {},
    },
  });
  t.same(fromFieldsV1(tree), set);
  t.ok(
    [...set]
      .map(shownPath)
      .includes('.spec.containers[name="a"].ports[containerPort=80,protocol="TCP"].containerPort'),
  );
});

t.test('apply: removes a field that the manager no longer sets, unless another owns it', async (t) => {
  const first = apply(undefined, pod({ nodeName: 'n', hostname: 'h' }), write('one'), false);
  setManagers(first.object, first.managers);
  const shared = apply(first.object, pod({ hostname: 'h' }), write('two'), false);
  setManagers(shared.object, shared.managers);
  const last = apply(shared.object, pod({ subdomain: 's' }), write('one'), false);
  t.same(last.object.spec, { hostname: 'h', subdomain: 's' });
  const updated = { ...last.object, spec: { hostname: 'other', subdomain: 's' } };
  setManagers(updated, last.managers);
  noteUpdate(updated, last.object, write('edit'));
  t.throws(() => apply(updated, pod({ hostname: 'h' }), write('two'), false), {
    message: 'Apply failed with 1 conflict: conflict with "edit" using v1: .spec.hostname',
  });
  t.same(apply(updated, pod({ hostname: 'h' }), write('two'), true).object.spec, {
    hostname: 'h',
    subdomain: 's',
  });
});
