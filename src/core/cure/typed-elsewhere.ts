import type { Lab, Line, Step } from '../lab/lab.ts';
import { planTopology } from '../plan/topology.ts';
import { sameAddress } from '../state/ip.ts';
import type { NodeState, Observation } from '../state/observation.ts';
import type { Values, Verdict } from '../verdict/verdict.ts';
import { placeOf } from './apply-line.ts';
import { after } from './effect.ts';
import { hasRule } from './iptables.ts';
import { fullOf } from './routes.ts';

/** What a typed line leaves in a node: its name, for comparison, and whether a node has it. */
interface Trace {
  name: string;
  /** As one types it on any node, where that is not the whole line. */
  line?: string;
  isIn(state: NodeState): boolean;
}

/**
 * The line of the step that the failing node lacks and one other node has, to which the lab never gives it: it was
 * typed there. Nothing where the verdict has another cause, or where it may be in its place there.
 */
export function typedElsewhere(lab: Lab, step: Step, observation: Observation, verdict: Verdict): Values {
  const { status, node, reason, object, values } = verdict;
  if (status !== 'fail' || node === null || (values.elsewhere ?? '') !== '') return {};
  const meant = [node, values.router, values.translator];
  for (const { on, argv } of step.solution.flatMap(placed)) {
    const left = meant.includes(on) ? traceOf(argv) : null;
    if (reason === 'link-missing' && left?.name !== `link ${object}`) continue;
    const own = observation.nodes[on];
    if (left === null || own === undefined || left.isIn(own)) continue;
    const holders = Object.entries(observation.nodes).flatMap(([name, state]) =>
      name !== on && left.isIn(state) ? [name] : [],
    );
    if (holders.length === 0) continue;
    const given = linesOf(lab).filter(({ argv: one }) => traceOf(one)?.name === left.name);
    const others = holders.filter((name) => !given.some((one) => one.on === name));
    const [typedOn] = others;
    if (typedOn !== undefined && others.length === 1)
      return { typedLine: left.line ?? argv.join(' '), typedOn, meantFor: on };
  }
  return fileElsewhere(lab, verdict);
}

/** The same line in the same file of one other node, whose own lines the lab never has it among. */
function fileElsewhere(lab: Lab, { node, values }: Verdict): Values {
  const { heldBy: typedOn = '', entry = '' } = values;
  if (typedOn === '' || node === null) return {};
  const words = entry.split(/\s+/);
  const rightly = linesOf(lab).some(
    ({ on, argv }) => on === typedOn && words.every((word) => argv.includes(word)),
  );
  return rightly ? {} : { typedOn, meantFor: node };
}

interface Placed {
  on: string;
  argv: string[];
}

/** A line, by the node it acts on. */
function placed({ on, run }: Line): Placed[] {
  return run.split(/ && |; /).map((one) => {
    const [node, argv] = placeOf(
      on,
      one.split(/[\s'"]+/).filter((word) => word !== ''),
    );
    return { on: node, argv };
  });
}

/** All that the lab itself types, at the start and in the solutions of its steps. */
function linesOf({ topology, steps }: Lab): Placed[] {
  const start = planTopology(topology).flatMap((action): Line[] => {
    if (action.kind === 'ip') return action.lines.map((line) => ({ on: action.on, run: `ip ${line}` }));
    if (action.kind === 'service') return action.service === 'http' ? [{ on: action.on, run: 'nginx' }] : [];
    if (action.kind === 'veth') return action.pairs.flat().map(({ node, link }) => made(node, link));
    return action.kind === 'lines' ? action.lines : [];
  });
  return [...start, ...steps.flatMap(({ solution }) => solution)]
    .flatMap(placed)
    .flatMap((one) => [one, ...moved(one)]);
}

const made = (on: string, link: string): Line => ({ on, run: `ip link add name ${link} type veth` });

/** An interface belongs where the lab moves it. */
function moved({ argv: [tool = '', object = '', verb = '', ...words] }: Placed): Placed[] {
  const to = after(words, 'netns');
  const link = words[0] === 'dev' ? words[1] : words[0];
  if (`${tool} ${object} ${verb}` !== 'ip link set' || to === undefined || link === undefined) return [];
  return placed(made(to, link));
}

function traceOf([tool = '', ...argv]: readonly string[]): Trace | null {
  if (tool === 'iptables' || tool === 'ip6tables') return ruleTrace(tool, argv);
  if (servers.includes(tool)) return serverTrace(tool);
  if (tool !== 'ip') return null;
  const [object = '', verb = '', ...words] = argv.filter((word) => !/^-[46]$/.test(word));
  if (!['add', 'replace'].includes(verb)) return null;
  if (object === 'route') return routeTrace(words);
  if (object === 'addr' || object === 'address') return addressTrace(words);
  return object === 'link' ? linkTrace(words) : null;
}

/** A route by a gateway: others may be there without a line. */
function routeTrace([destination = '', ...words]: readonly string[]): Trace | null {
  const [full, via] = [fullOf(destination), after(words, 'via')];
  if (full === null || via === undefined) return null;
  return {
    name: `route ${full} ${via}`,
    isIn: ({ routes }) =>
      routes.some((one) => one.destination === full && one.via !== null && sameAddress(one.via, via)),
  };
}

function addressTrace([own = '']: readonly string[]): Trace {
  const [address = '', bits] = own.split('/');
  return {
    name: `address ${address}`,
    line: `ip addr add ${own}`,
    isIn: ({ links }) =>
      links.some(({ addresses }) =>
        addresses.some(
          (one) => sameAddress(one.address, address) && (bits === undefined || one.prefix === Number(bits)),
        ),
      ),
  };
}

function linkTrace(words: readonly string[]): Trace | null {
  const name = after(words, 'name') ?? words[0] ?? '';
  const kind = after(words, 'type');
  return {
    name: `link ${name}`,
    isIn: ({ links }) => links.some((one) => one.name === name && one.kind === kind),
  };
}

/** Servers that are started by their name. */
const servers = ['nginx', 'dnsmasq', 'unbound'];

const serverTrace = (tool: string): Trace => ({
  name: `server ${tool}`,
  isIn: ({ listeners }) => listeners.some(({ process }) => process === tool),
});

function ruleTrace(tool: 'iptables' | 'ip6tables', argv: readonly string[]): Trace | null {
  const table = after(argv, '-t') ?? 'filter';
  const [verb = '', ...rule] = argv[0] === '-t' ? argv.slice(2) : argv;
  if (verb !== '-A' && verb !== '-I') return null;
  const line = `-A ${rule.join(' ')}`;
  const family = tool === 'iptables' ? 'ipv4' : 'ipv6';
  return {
    name: `${tool} ${table} ${line}`,
    isIn: ({ rules }) => hasRule(rules[family], table, line, family),
  };
}
