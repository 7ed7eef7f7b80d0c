import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { mustHavePrograms } from '../../src/kernel/engine/real-programs.ts';

t.test('what the engine real lacks is named, with the script that brings it', async (t) => {
  const directory = t.testdir({});
  const made = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'];
  for (const name of made) await writeFile(join(directory, name), '', { mode: 0o755 });
  await writeFile(join(directory, 'kubelet'), '', { mode: 0o644 });
  const runtime = join(directory, 'containerd');
  await t.rejects(mustHavePrograms(directory, [runtime]), {
    code: 'feature-missing',
    message: /kubelet, .*containerd: sudo scripts\/kubernetes-programs .*; sudo scripts\/docker /,
    data: { missing: [join(directory, 'kubelet'), runtime] },
  });
  const programs = join(directory, 'all');
  await mkdir(programs);
  for (const name of [...made, 'kubelet']) await writeFile(join(programs, name), '', { mode: 0o755 });
  await t.resolves(mustHavePrograms(programs, []), 'all are there');
});
