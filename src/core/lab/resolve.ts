import type { Check } from '../check/check.ts';
import { kinds } from '../check/kinds/index.ts';
import { HoplabError } from '../errors.ts';
import type { Choice } from '../predict/prediction.ts';
import { createdNodes, lineOf } from './known-nodes.ts';
import type { Bridge, Fault, Lab, Line, LinkEnd, LinkSpec, Node, Step, Topology, Tunnel } from './lab.ts';
import { machineSizeOf } from './machine-size.ts';
import type { Finding } from './problem.ts';
import { references } from './references.ts';
import { nodeChoices, predictionOf } from './resolve-predict.ts';
import type { LabFile } from './schema.ts';

/**
 * A lab file that fits the schema -> a lab, with everything that refers to nothing found.
 * The lab is returned in any case; it is used only when no finding is an error.
 */
export function resolve(file: LabFile, track: string): { lab: Omit<Lab, 'prose'>; findings: Finding[] } {
  const topology = topologyOf(file);
  const nodes = nodeChoices(topology, createdNodes(file.steps, topology));
  const steps = file.steps.map((step) => stepOf(step, nodes));
  const findings = references(file, topology, steps);
  const { id, title, summary, documents, minutes, prerequisites, requires, view } = file;
  return {
    lab: {
      ...{ id, track, title, summary, documents, minutes, prerequisites, requires, topology, steps, view },
      machine: machineSizeOf(file.machine),
    },
    findings,
  };
}

function topologyOf({ topology }: LabFile): Topology {
  const given: LabFile['topology']['nodes'] = { host: null, ...topology.nodes };
  const nodes = Object.entries(given).map(
    ([name, node]): Node => ({
      name,
      kind: name === 'host' ? 'machine' : (node?.kind ?? 'netns'),
      title: node?.title ?? null,
      service: node?.service ?? null,
      sysctls: node?.sysctls ?? {},
      routes: node?.routes ?? [],
      run: node?.run ?? [],
    }),
  );
  const bridges = Object.entries(topology.bridges).map(
    ([name, { node, address }]): Bridge => ({
      name,
      node,
      addresses: address === undefined ? [] : [address].flat(),
    }),
  );
  const links = topology.links.map(
    ({ ends: [one, other], master, mtu }): LinkSpec => ({
      ends: [endOf(one, master, bridges), endOf(other, master, bridges)],
      ...(mtu === undefined ? {} : { mtu }),
    }),
  );
  const tunnels = topology.tunnels.map(
    ({ end, master, local = null, mtu = null, ...rest }): Tunnel => ({
      ...{ ...rest, local, mtu },
      end: endOf(end, master, bridges),
    }),
  );
  return { nodes, bridges, links, tunnels };
}

/** `node:link address address`; the end in the master's node becomes its port. */
function endOf(text: string, master: string | undefined, bridges: readonly Bridge[]): LinkEnd {
  const [place = '', ...addresses] = text.split(' ');
  const [node = '', link = ''] = place.split(':');
  const bridge = bridges.find(({ name }) => name === master);
  return { node, link, addresses, master: bridge?.node === node ? bridge.name : null };
}

function stepOf({ id, solution, checks, predict, faults }: LabFile['steps'][number], nodes: Choice[]): Step {
  const lines = solution.map(lineOf);
  return {
    id,
    solution: lines,
    checks: checks.map(checkOf),
    predict: predict.map((prediction) => predictionOf(prediction, nodes, checkOf)),
    faults: faults.map((fault) => faultOf(fault, lines)),
  };
}

function checkOf(written: LabFile['steps'][number]['checks'][number]): Check {
  const { id, needs = [], until = null } = written;
  for (const kind of Object.values(kinds)) {
    const check = kind.from(written, { id, needs, until });
    if (check !== null) return check;
  }
  throw new HoplabError('internal', `check ${id} is of no kind, and passed the schema`);
}

function faultOf(fault: LabFile['steps'][number]['faults'][number], solution: readonly Line[]): Fault {
  const lines: Line[] = [];
  const refused: number[] = [];
  for (const [index, line] of solution.entries()) {
    const change = fault.change.find((each) => each.line === index + 1);
    if (change?.run === null) continue;
    if (change?.refused) refused.push(lines.length);
    lines.push({ on: change?.on ?? line.on, run: change?.run ?? line.run });
  }
  const changes = fault.change.map(({ line, run, on }) => {
    const meant = solution[line - 1];
    return {
      line: line - 1,
      on: on ?? meant?.on ?? 'host',
      run: run === undefined ? (meant?.run ?? null) : run,
    };
  });
  return { id: fault.id, lines, changes, refused, fails: fault.fails, reason: fault.reason };
}
