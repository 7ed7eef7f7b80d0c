import { nodeName } from '../check/terms.ts';
import { words } from '../explain/languages.ts';
import { inEachLanguage, type Language, untranslated } from '../language.ts';
import type { Observation } from '../state/observation.ts';
import { commandsIn } from './commands.ts';
import { faultsOf, settingsOf } from './faults.ts';
import type { LeftOut, Network, SavedCable, SavedLink, SavedNode } from './network.ts';
import type { Pair } from './pairs.ts';
import { quoted } from './quote.ts';

/** A lab whose start is the network; lab.yaml as data, and the text of its one step. */
export interface PlayLab {
  file: object;
  title: string;
  intro: Record<Language, string>;
  step: Record<Language, { title: string; body: string }>;
  left: LeftOut[];
}

export const stepId = 'network';

/**
 * The settings stand in the solution once more, as lines that change nothing, so that a fault can take the place
 * of one. The checks are what worked: the pairs that got a reply.
 */
export function playLab(
  observation: Observation,
  whole: Network,
  pairs: readonly Pair[],
  { id, title }: { id: string; title: string },
): PlayLab {
  const network = namedForLab(whole);
  const kept = new Set(network.nodes.map(({ name }) => name));
  const asked = pairs.filter(({ from, to }) => kept.has(from) && kept.has(to.node));
  const settings = settingsOf(network);
  const solution = settings.length > 0 ? settings : [{ on: 'host', run: 'ip link set lo up' }];
  const checks = asked.map((pair, index) => ({
    id: checkId(pair, index, asked),
    ping: { from: pair.from, to: pair.to.address },
  }));
  const faults = faultsOf(observation, settings, asked).map(({ id: fault, line, run, pair, reason }) => ({
    ...{ id: fault, change: [{ line: line + 1, run }] },
    ...{ fails: checks[pair]?.id ?? '', reason },
  }));
  const nothing = { id: 'host-is-up', link: { on: 'host', name: 'lo', up: true } };
  return {
    title,
    file: {
      ...{ hoplab: 1, id, title: untranslated(title) },
      summary: inEachLanguage((language) => words[language].savedLab.summary),
      minutes: 10,
      requires: requirementsOf(network),
      topology: topologyOf(network),
      steps: [
        {
          id: stepId,
          solution: solution.map(({ on, run }) => (on === 'host' ? run : { on, run })),
          checks: checks.length > 0 ? checks : [nothing],
          ...(faults.length > 0 ? { faults } : {}),
        },
      ],
    },
    ...proseOf(solution),
    left: network.left,
  };
}

/** A lab names nodes as host names are. */
function namedForLab({ nodes, cables, left }: Network): Network {
  const fits = ({ name }: SavedNode) => nodeName.safeParse(name).success;
  const names = new Set(nodes.filter(fits).map(({ name }) => name));
  const bridges = nodes.flatMap((node) => node.bridges.map(({ name }) => ({ node: node.name, name })));
  const twice = bridges.filter(({ name }, index) => bridges.findIndex((one) => one.name === name) < index);
  return {
    nodes: nodes.filter(fits).map((node) => ({
      ...node,
      bridges: node.bridges.filter(
        ({ name }) => !twice.some((one) => one.node === node.name && one.name === name),
      ),
    })),
    cables: cables.filter((cable) => cable.every(({ node }) => names.has(node))),
    left: [
      ...left,
      ...nodes.filter((node) => !fits(node)).map(({ name }): LeftOut => ({ node: name, kind: 'node', name })),
      ...twice.map(({ node, name }): LeftOut => ({ node, kind: 'link', name: `${name} (bridge)` })),
    ],
  };
}

function checkId({ from, to }: Pair, index: number, all: readonly Pair[]): string {
  const same = all.findIndex((pair) => pair.from === from && pair.to.node === to.node);
  return `${from}-reaches-${to.node}${same === index ? '' : `-${index}`}`;
}

function requirementsOf({ nodes, cables }: Network): string[] {
  const rules = nodes.flatMap((node) => node.rules);
  return [
    ...(cables.length > 0 ? ['veth'] : []),
    ...(nodes.some(({ bridges }) => bridges.length > 0) ? ['bridge', 'bridge-netfilter'] : []),
    ...(rules.some((rule) => rule.includes('tables ')) ? ['filter'] : []),
    ...(rules.some((rule) => rule.includes('iptables -t nat')) ? ['nat'] : []),
  ];
}

function topologyOf({ nodes, cables }: Network) {
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.name, nodeOf(node)])),
    bridges: Object.fromEntries(
      nodes.flatMap(({ name: node, bridges }) =>
        bridges.map(({ name, addresses }) => [
          name,
          { node, ...(addresses.length > 0 ? { address: addresses } : {}) },
        ]),
      ),
    ),
    links: cables.map((cable) => linkOf(cable, nodes)),
  };
}

/** Whether rules see the frames that a bridge switches; the kernel's own value is 1. */
const switching = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];

function nodeOf(node: SavedNode) {
  // Without a value of its own the lab would depend on the VM.
  const usual = node.bridges.length > 0 ? switching.map((key): [string, string] => [key, '1']) : [];
  const sysctls = [...usual, ...node.sysctls];
  const run = runsOf(node);
  return {
    ...(node.kind === 'host' || node.kind === 'container' ? { kind: 'host' } : {}),
    ...(sysctls.length > 0 ? { sysctls: Object.fromEntries(sysctls) } : {}),
    ...(node.routes.length > 0 ? { routes: node.routes } : {}),
    ...(run.length > 0 ? { run } : {}),
  };
}

/** What the keys of a topology do not say; a host has its loopback up. */
function runsOf(node: SavedNode): string[] {
  const bare = {
    ...node,
    bridges: [],
    ends: [],
    sysctls: [],
    routes: [],
    loUp: node.loUp && node.kind === 'netns',
  };
  const down = [...node.bridges, ...node.ends].filter(({ up }) => !up);
  return [...commandsIn(bare), ...down.map(({ name }) => `ip link set ${quoted(name)} down`)];
}

function linkOf(cable: SavedCable, nodes: readonly SavedNode[]) {
  const links = cable.map(({ node, link }) => endOf(node, link, nodes));
  const master = links.find((link) => link?.master)?.master;
  const mtu = links[0]?.mtu;
  return {
    ends: cable.map(({ node, link }, side) =>
      [`${node}:${link}`, ...(links[side]?.addresses ?? [])].join(' '),
    ),
    ...(master ? { master } : {}),
    ...(mtu === undefined || mtu === 1500 || links.some((link) => link?.mtu !== mtu) ? {} : { mtu }),
  };
}

const endOf = (node: string, link: string, nodes: readonly SavedNode[]): SavedLink | undefined =>
  nodes.find(({ name }) => name === node)?.ends.find(({ name }) => name === link);

function proseOf(solution: readonly { on: string; run: string }[]) {
  const nodes = [...new Set(solution.map(({ on }) => on))];
  const fences = nodes.map((node) => {
    const lines = solution.filter(({ on }) => on === node).map(({ run }) => run);
    return [`\`\`\`sh ${node}`, ...lines, '```'].join('\n');
  });
  return {
    intro: inEachLanguage((language) => words[language].savedLab.intro),
    step: inEachLanguage((language) => {
      const { step: title, body } = words[language].savedLab;
      return { title, body: [body, ...fences].join('\n\n') };
    }),
  };
}
