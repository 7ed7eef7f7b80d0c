import { containerlabOf } from './core/play/containerlab.ts';
import { playLab } from './core/play/lab-file.ts';
import { networkOf } from './core/play/network.ts';
import { answeredPairs, familyOf, type Pair } from './core/play/pairs.ts';
import { scriptOf } from './core/play/script.ts';
import { pairEnds } from './core/probe/pairs.ts';
import type { ExportedNetwork, NetworkFormat, OneSession } from './core/session/control.ts';
import type { Observation } from './core/state/observation.ts';
import { containerlabText, labFiles } from './library/write.ts';

/** The network that the kernel has now, as files. A lab also asks what works: that is what its checks are. */
export async function exportNetwork(
  session: OneSession,
  { as, name, title = name }: NetworkFormat,
): Promise<ExportedNetwork> {
  const observation = await session.topology();
  const network = networkOf(observation);
  const { left } = network;
  switch (as) {
    case 'script':
      return { files: { [`${name}.sh`]: scriptOf(network, title) }, left };
    case 'containerlab':
      return { files: { [`${name}.clab.yml`]: containerlabText(containerlabOf(network, name)) }, left };
    case 'lab': {
      const lab = playLab(observation, network, await pairsOf(session, observation), { id: name, title });
      return { files: labFiles(lab), left: lab.left };
    }
  }
}

async function pairsOf(session: OneSession, observation: Observation): Promise<Pair[]> {
  const family = familyOf(observation);
  if (pairEnds(observation, { nodes: null, family }).ends.length < 2) return [];
  return answeredPairs(observation, await session.pingAll({ nodes: null, family }));
}
