import t from 'tap';
import { asUser, refusedSandbox } from '../../../src/cluster/node/rights.ts';
import type { Pod } from '../../../src/cluster/objects/pod.ts';

interface Who {
  runAsUser?: number;
  runAsGroup?: number;
}

const pod = (securityContext: Who, own: Who = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: { securityContext, containers: [{ name: 'main', image: 'nginx', securityContext: own }] },
});

t.test('who a container runs as: its own settings, then those of the pod, then root', async (t) => {
  const who = (of: Who, own: Who = {}) => {
    const made = pod(of, own);
    const [container] = made.spec.containers;
    if (container === undefined) throw new Error('no container');
    return asUser(made, container, ['true']).filter((each) => /^--re.id/.test(each));
  };
  t.same(who({}), []);
  t.same(who({ runAsUser: 1010 }), ['--reuid=1010', '--regid=0']);
  t.same(who({ runAsUser: 1010, runAsGroup: 20 }, { runAsUser: 1000 }), ['--reuid=1000', '--regid=20']);
  t.same(
    who({}, { runAsGroup: 1010 }),
    ['--reuid=0', '--regid=1010'],
    'kubelet asks for the user of the image',
  );
});

t.test('containerd makes no sandbox for a group without a user', async (t) => {
  t.match(refusedSandbox(pod({ runAsGroup: 1010 })), /user group "1010" is specified without user$/);
  t.match(refusedSandbox(pod({ runAsGroup: 0 }, { runAsUser: 1010 })), /user group "0" is/);
  for (const made of [pod({}), pod({ runAsUser: 0, runAsGroup: 0 }), pod({}, { runAsGroup: 1010 })])
    t.equal(refusedSandbox(made), null);
});
