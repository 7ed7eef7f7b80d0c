import { run } from '../exec/run.ts';
import { type Feature, features } from './requirements.ts';

interface FeatureState {
  /** `loadable`: its module is there and is loaded when a lab requires the feature, not before. */
  state: 'works' | 'loadable' | 'missing';
  /** The kernel's or the tool's words. */
  words: string;
}

/** Whether a kernel feature is there: tried for real, in namespaces of its own that end with the try. */
export async function probeFeature({ try: script, module }: Feature): Promise<FeatureState> {
  const ran = await run(['unshare', '--net', '--mount', 'sh', '-c', script], { timeout: 10_000 });
  if (ran.exitCode === 0) return { state: 'works', words: '' };
  const words = ran.stderr.trim().split('\n')[0] ?? '';
  if (module === null) return { state: 'missing', words };
  const loadable = (await run(['modprobe', '--dry-run', '--quiet', module])).exitCode === 0;
  return { state: loadable ? 'loadable' : 'missing', words };
}

/** Of the features a lab requires, those this VM lacks; modules that can be loaded are loaded. */
export async function missingFeatures(required: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const feature of features.filter(({ name }) => required.includes(name))) {
    let { state } = await probeFeature(feature);
    if (state === 'loadable' && feature.module !== null) {
      await run(['modprobe', feature.module]);
      ({ state } = await probeFeature(feature));
    }
    if (state !== 'works') missing.push(feature.name);
  }
  const known: readonly string[] = features.map(({ name }) => name);
  return [...missing, ...required.filter((name) => !known.includes(name))];
}

export async function presentFeatures(): Promise<string[]> {
  const states = await Promise.all(
    features.map(async (feature) => ({ ...(await probeFeature(feature)), feature })),
  );
  return states.filter(({ state }) => state !== 'missing').map(({ feature }) => feature.name);
}
