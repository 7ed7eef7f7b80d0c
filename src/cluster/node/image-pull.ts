import { fullName, type Image, imageOf } from './images.ts';

interface Pull {
  tell: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
  /** The container waits, for this reason. */
  waits: (reason: string, message: string) => void;
  /** False: the pod is being stopped. */
  rest: (milliseconds: number) => Promise<boolean>;
}

/**
 * The image, with the events of kubelet and containerd. One that is not there is tried again until the pod is stopped
 * (null): another image is pulled by another pod.
 */
export async function pullImage(reference: string, { tell, waits, rest }: Pull): Promise<Image | null> {
  const image = imageOf(reference);
  if (image !== null) {
    tell('Normal', 'Pulled', `Container image "${reference}" already present on machine`);
    return image;
  }
  const full = fullName(reference);
  const words = `failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${full}: not found`;
  for (let delay = 10_000; ; delay = Math.min(delay * 2, 300_000)) {
    tell('Normal', 'Pulling', `Pulling image "${reference}"`);
    tell(
      'Warning',
      'Failed',
      `Failed to pull image "${reference}": rpc error: code = NotFound desc = ${words}`,
    );
    tell('Warning', 'Failed', 'Error: ErrImagePull');
    waits('ErrImagePull', `rpc error: code = NotFound desc = ${words}`);
    if (!(await rest(delay / 2))) return null;
    tell('Normal', 'BackOff', `Back-off pulling image "${reference}"`);
    tell('Warning', 'Failed', 'Error: ImagePullBackOff');
    waits('ImagePullBackOff', `Back-off pulling image "${reference}"`);
    if (!(await rest(delay / 2))) return null;
  }
}
