import type { Container, Pod } from '../objects/pod.ts';
import type { Sources } from './environment.ts';
import { fullName, type Image, imageOf } from './images.ts';
import { type Credentials, credentialsFor, placeOf, Registry } from './registry.ts';

interface Pull {
  node: string;
  pod: Pod;
  sources: Sources;
  tell: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
  /** The container waits, for this reason. */
  waits: (reason: string, message: string) => void;
  /** False: the pod is being stopped. */
  rest: (milliseconds: number) => Promise<boolean>;
}

/** The images that nodes have pulled from registries, by node and reference. */
const pulled = new Map<string, Image>();

/**
 * The image, with the events of kubelet and containerd. A pull that fails is tried again until the pod is stopped
 * (null): another image is pulled by another pod.
 */
export async function pullImage(
  { image: reference, imagePullPolicy = 'Always' }: Container,
  { node, pod, sources, tell, waits, rest }: Pull,
): Promise<Image | null> {
  const key = `${node} ${reference}`;
  const here = imageOf(reference) ?? (imagePullPolicy === 'Always' ? undefined : pulled.get(key));
  if (here !== undefined) {
    tell('Normal', 'Pulled', `Container image "${reference}" already present on machine`);
    return here;
  }
  const full = fullName(reference);
  for (let delay = 10_000; ; delay = Math.min(delay * 2, 300_000)) {
    tell('Normal', 'Pulling', `Pulling image "${reference}"`);
    try {
      const begun = performance.now();
      const image = await pullFrom(full, node, secretsOf(pod, sources, tell));
      pulled.set(key, image);
      const took = `${Math.round(performance.now() - begun)}ms`;
      tell(
        'Normal',
        'Pulled',
        `Successfully pulled image "${reference}" in ${took} (${took} including waiting)`,
      );
      return image;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const code = reason.endsWith(': not found') ? 'NotFound' : 'Unknown';
      const words = `rpc error: code = ${code} desc = failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${reason}`;
      tell('Warning', 'Failed', `Failed to pull image "${reference}": ${words}`);
      tell('Warning', 'Failed', 'Error: ErrImagePull');
      waits('ErrImagePull', words);
    }
    if (!(await rest(delay / 2))) return null;
    tell('Normal', 'BackOff', `Back-off pulling image "${reference}"`);
    tell('Warning', 'Failed', 'Error: ImagePullBackOff');
    waits('ImagePullBackOff', `Back-off pulling image "${reference}"`);
    if (!(await rest(delay / 2))) return null;
  }
}

/** @throws with containerd's words. No node reaches Docker Hub. */
async function pullFrom(full: string, node: string, secrets: readonly string[]): Promise<Image> {
  const place = placeOf(full);
  if (place === null || place.host === 'docker.io') throw new Error(`${full}: not found`);
  const found = secrets.map((each) => credentialsFor(place.host, each));
  const credentials = found.find((each): each is Credentials => each !== null) ?? null;
  return new Registry(node, place, credentials).pull();
}

/** The contents of the pod's imagePullSecrets. */
function secretsOf(pod: Pod, { dataOf }: Sources, tell: Pull['tell']): string[] {
  const names = (pod.spec.imagePullSecrets ?? []).map(({ name }) => name);
  const missing = names.filter((name) => dataOf('secrets', name) === null);
  if (missing.length > 0)
    tell(
      'Warning',
      'FailedToRetrieveImagePullSecret',
      `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`,
    );
  return names.flatMap((name) => dataOf('secrets', name)?.['.dockerconfigjson'] ?? []);
}
