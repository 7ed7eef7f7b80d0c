import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Container, Pod } from '../objects/pod.ts';
import type { Bind } from './container-root.ts';
import type { Sources } from './environment.ts';
import { podDirectory } from './places.ts';

/** Writes a pod's volumes and returns the mounts of one of its containers. @throws if one is missing */
export function bindsOf(pod: Pod, { volumeMounts = [] }: Container, { dataOf }: Sources): Bind[] {
  const { uid = '' } = pod.metadata;
  return volumeMounts.map(({ name, mountPath, subPath, readOnly = false }) => {
    const volume = (pod.spec.volumes ?? []).find((each) => each.name === name);
    if (volume?.hostPath !== undefined) {
      const { path } = volume.hostPath;
      // As the container runtime does.
      if (!existsSync(path)) mkdirSync(path, { recursive: true });
      return { from: path, to: mountPath, readOnly };
    }
    const directory = `${podDirectory(uid)}/volumes/${name}`;
    mkdirSync(directory, { recursive: true });
    const source = volume?.configMap ?? volume?.secret;
    if (source !== undefined) {
      const kind = volume?.configMap === undefined ? 'secrets' : 'configmaps';
      const wanted = 'secretName' in source ? source.secretName : source.name;
      const data = dataOf(kind, wanted);
      if (data === null)
        throw new Error(
          `MountVolume.SetUp failed for volume "${name}" : ${kind.slice(0, -1)} "${wanted}" not found`,
        );
      const files =
        source.items?.map(({ key, path }) => [path, data[key] ?? ''] as const) ?? Object.entries(data);
      for (const [path, text] of files) {
        mkdirSync(dirname(`${directory}/${path}`), { recursive: true });
        writeFileSync(`${directory}/${path}`, text);
      }
    }
    return { from: subPath ? `${directory}/${subPath}` : directory, to: mountPath, readOnly };
  });
}
