import { HoplabError } from '../errors.ts';
import type { ClusterEngine, Lab } from './lab.ts';
import type { MachineSize } from './machine-size.ts';

/** A control plane and two nodes take 0.9 GB, the files of images and containers besides. */
const realSize: MachineSize = { root: 1024, memory: 3072 };

const real = new WeakMap<Lab, Lab>();

/** The lab with its cluster made by this engine; the same one for the same lab. @throws `engine-unsupported` */
export function withEngine(lab: Lab, engine: ClusterEngine): Lab {
  if (engine === 'small') return lab;
  const known = real.get(lab);
  if (known !== undefined) return known;
  if (!lab.topology.nodes.some(({ service }) => service === 'kubernetes'))
    throw new HoplabError(
      'engine-unsupported',
      `${lab.id} does not run with the engine real: it has no Kubernetes cluster`,
      { lab: lab.id, engine },
    );
  const machine = {
    ...lab.machine,
    root: Math.max(lab.machine.root, realSize.root),
    memory: Math.max(lab.machine.memory, realSize.memory),
  };
  const made: Lab = { ...lab, machine, topology: { ...lab.topology, engine } };
  real.set(lab, made);
  return made;
}
