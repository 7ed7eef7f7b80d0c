import type { Line } from '../lab/lab.ts';

/** The things that lines will make and that a picture draws. */
export interface Preview {
  /** Network namespaces. */
  nodes: string[];
  containers: string[];
  bridges: { node: string; name: string }[];
  pairs: [PlannedEnd, PlannedEnd][];
  addresses: { node: string; name: string; address: string }[];
}

interface PlannedEnd {
  node: string;
  name: string;
  master: string | null;
}

/** A command line of Docker or kubectl, or the line of a compose file. A pod has a network namespace of its own too. */
const makesContainer =
  /(?:\bdocker (?:run|create) .*?--name[= ]|\bkubectl run |\bcontainer_name: *)([\w.-]+)/;

/** The head of a pod's manifest, as it stands in a here-document. */
const manifest = /\bkind: Pod\n *metadata:(?:\n *| \{ *)name: *([\w.-]+)/g;

/** Several commands may stand in one line, and a here-document in several. */
const commandsOf = ({ on, run }: Line): Line[] =>
  run.split(/\n|;|&&/).map((command) => ({ on, run: command.trim() }));

/** Read from the lines as `ip` would read them; lines of other programs make nothing that is drawn. */
export function previewOf(solution: readonly Line[]): Preview {
  const plan: Preview = { nodes: [], containers: [], bridges: [], pairs: [], addresses: [] };
  for (const { run } of solution)
    plan.containers.push(...[...run.matchAll(manifest)].map(([, pod = '']) => pod));
  const end = (name: string) => plan.pairs.flat().findLast((each) => each.name === name);
  for (const { on, run } of solution.flatMap(commandsOf)) {
    const inside = /^ip (?:-n|netns exec) (\S+) (?:ip )?/.exec(run);
    const node = inside?.[1] ?? on;
    const line = run.replace(inside?.[0] ?? 'ip ', '');
    const [, added] = /^netns add ([\w.-]+)/.exec(line) ?? [];
    const [, one, other] = /^link add (?:dev )?(\S+) type veth peer (?:name )?(\S+)/.exec(line) ?? [];
    const [, switched] = /^link add (?:name )?(\S+) type bridge/.exec(line) ?? [];
    const [, moved, place] = /^link set (?:dev )?(\S+) netns (\S+)/.exec(line) ?? [];
    const [, plugged, master] = /^link set (?:dev )?(\S+) master (\S+)/.exec(line) ?? [];
    const [, address, holder] = /^a(?:ddr(?:ess)?)? add (\S+\/\d+) .*?dev (\S+)/.exec(line) ?? [];
    const [, container] = makesContainer.exec(run) ?? [];
    if (container) plan.containers.push(container);
    if (added) plan.nodes.push(added);
    if (switched) plan.bridges.push({ node, name: switched });
    if (one && other) {
      plan.pairs.push([
        { node, name: one, master: null },
        { node, name: other, master: null },
      ]);
    }
    const goer = end(moved ?? '');
    if (goer && place) goer.node = place;
    const port = end(plugged ?? '');
    if (port && master) port.master = master;
    if (address && holder) plan.addresses.push({ node: end(holder)?.node ?? node, name: holder, address });
  }
  return plan;
}
