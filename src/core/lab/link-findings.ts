import { nearest } from '../text/nearest.ts';
import { said } from '../text/said.ts';
import { lineOf } from './known-nodes.ts';
import type { Line, Step, Topology } from './lab.ts';
import { type Finding, inLab } from './problem.ts';
import type { LabFile } from './schema.ts';

/** Links that programs make by themselves, under names that no line has. */
const madeByPrograms = /^(?:lo|docker\d*|br-|veth|cni|cali|flannel|kube|ipvs|tunl|sit|gre|ip6tnl)/;

/** `ip link set`, `ip addr add ... dev`, `ip route add ... dev`: the link that a line works on. */
const worksOn = [
  /^ip (?:-\S+ )*l(?:ink)? set (?:dev )?(\S+)/,
  /^ip (?:-\S+ )*a(?:ddr(?:ess)?)? (?:add|del) .*\bdev (\S+)/,
  /^ip (?:-\S+ )*r(?:oute)? (?:add|replace) .*\bdev (\S+)/,
];

/** The words after which a line names a link that it makes. */
const makes =
  /\b(?:link add(?: link \S+)?(?: name| dev)?|tunnel add|peer(?: name)?|tuntap add(?: dev)?|addbr|name) ([\w.-]+)/g;

/** Lines of the start state and of solutions that work on a link which nothing in the lab makes. */
export function linkFindings(
  { topology: written, steps: writtenSteps }: LabFile,
  topology: Topology,
  steps: readonly Step[],
): Finding[] {
  const programs = topology.nodes.some(({ service }) => service !== null && service !== 'http');
  if (programs) return [];
  const { nodes, bridges, links, tunnels = [] } = topology;
  const ends = [...links.flatMap((link) => link.ends), ...tunnels.map(({ end }) => end)];
  const start = nodes.flatMap(({ name, run }) => run.map((line, index) => ({ on: name, run: line, index })));
  const all = [...start, ...steps.flatMap(({ solution }) => solution)];
  const made = all.flatMap(({ run }) => [...run.matchAll(makes)].map(([, name]) => name ?? ''));
  const known = [...new Set([...ends.map(({ link }) => link), ...bridges.map(({ name }) => name), ...made])];
  const missing = (line: Line, path: (string | number)[]) =>
    commandsOf(line.run).flatMap((command) => {
      const name = worksOn.map((form) => form.exec(command)?.[1]).find((found) => found !== undefined);
      if (name === undefined || /[$"'`]|^type$|^group$/.test(name)) return [];
      if (known.includes(name) || madeByPrograms.test(name)) return [];
      return [inLab(path, said('link-not-made', { link: name, near: nearest(name, known) ?? '' }))];
    });
  return [
    ...start.flatMap(({ on, run, index }) =>
      written.nodes[on] === undefined ? [] : missing({ on, run }, ['topology', 'nodes', on, 'run', index]),
    ),
    ...writtenSteps.flatMap(({ solution }, step) =>
      solution.flatMap((line, index) => missing(lineOf(line), ['steps', step, 'solution', index])),
    ),
  ];
}

/** `ip -n red link set x up` and `ip netns exec red ip link set x up` are `ip link set x up`. */
const commandsOf = (run: string): string[] =>
  run.split(/\n|;|&&|\|\|/).map((command) =>
    command
      .trim()
      .replace(/^ip netns exec \S+ /, '')
      .replace(/^ip -n(?:etns)? \S+ /, 'ip '),
  );
