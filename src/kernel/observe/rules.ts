import { readFile } from 'node:fs/promises';
import type { Ran } from '../../core/ports.ts';
import { nftTables } from '../../core/state/nft.ts';
import type { NodeState } from '../../core/state/observation.ts';
import { run } from '../exec/run.ts';
import { intoMachine, type NodePlace, networkOf, nodesOf } from '../place/enter.ts';
import { longest, most } from './look.ts';

const script = await readFile(new URL('./rules.sh', import.meta.url), 'utf8');

/** The state of a node's rules by netlink: whether there are any, and whether they have changed. */
export interface Tables {
  /** Of the namespace: no other ever has it. */
  cookie: string | null;
  /** Counts the changes of nftables in the namespace; null where the kernel does not say. */
  generation: number | null;
  /** Families with tables (NFPROTO_...). */
  families: ReadonlySet<number>;
  legacy: boolean;
}

export type Rules = Pick<NodeState, 'rules' | 'legacy' | 'nft'>;

const noRules: Rules = { rules: { ipv4: '', ipv6: '' }, legacy: { ipv4: '', ipv6: '' }, nft: [] };

/** NFPROTO_IPV4, NFPROTO_IPV6. */
const [ipv4, ipv6] = [2, 10];

interface Read {
  generation: number;
  rules: Rules;
}

/** By machine and namespace. A text that was read after one look is that look's as long as the next counts no change. */
const read = new Map<number, Map<string, Read>>();

/** Machines whose rules are remembered; there are seldom more at a time. */
const mostMachines = 128;

/** A program of the machine that did not do its work, with its output. */
export class Broken extends Error {
  readonly tool: string;
  readonly ran: Ran;

  constructor(tool: string, ran: Ran) {
    super(tool);
    this.tool = tool;
    this.ran = ran;
  }
}

/**
 * The rules of every node, asked of the machine's own programs where there are any, and where they have changed.
 * Null for a node that is gone. @throws Broken
 */
export async function rulesOf(
  pid: number,
  nodes: readonly { place: NodePlace; tables: Tables }[],
): Promise<Map<string, Rules | null>> {
  const before = read.get(pid) ?? new Map<string, Read>();
  const now = new Map<string, Read>();
  const found = new Map<string, Rules | null>();
  const asked: { place: NodePlace; tables: Tables }[] = [];
  for (const node of nodes) {
    const { cookie, generation, legacy } = node.tables;
    const known = cookie === null ? undefined : before.get(cookie);
    if (wanted(node.tables) === '') found.set(node.place.name, noRules);
    else if (!legacy && known !== undefined && known.generation === generation) {
      found.set(node.place.name, known.rules);
      now.set(cookie ?? '', known);
    } else asked.push(node);
  }
  if (asked.length > 0) {
    const answer = await ask(pid, asked);
    for (const { place, tables } of asked) {
      const rules = answer.get(place.name) ?? null;
      found.set(place.name, rules);
      if (rules !== null && tables.cookie !== null && tables.generation !== null)
        now.set(tables.cookie, { generation: tables.generation, rules });
    }
  }
  remember(pid, now);
  return found;
}

/**
 * The namespace's next generation has the same rules: what came between is a table of hoplab's own, which is no part
 * of the state and goes without being counted.
 */
export function sameRulesAfter(
  pid: number,
  { cookie, generation }: { cookie: string; generation: number },
): void {
  const known = read.get(pid)?.get(cookie);
  if (known?.generation === generation) known.generation = (generation + 1) >>> 0;
}

function remember(pid: number, now: Map<string, Read>): void {
  read.delete(pid);
  if (now.size === 0) return;
  read.set(pid, now);
  for (const oldest of read.keys()) {
    if (read.size <= mostMachines) return;
    read.delete(oldest);
  }
}

/** Letters of rules.sh; all where the kernel does not say. */
function wanted({ generation, families, legacy }: Tables): string {
  const all = generation === null;
  return [
    ...(legacy ? ['l'] : []),
    ...(all || families.size > 0 ? ['n'] : []),
    ...(all || families.has(ipv4) ? ['4'] : []),
    ...(all || families.has(ipv6) ? ['6'] : []),
  ].join('');
}

/** Milliseconds without a word: the rules of a node, or its first program, never take so long. */
export const longestSilence = 25_000;

async function ask(
  pid: number,
  nodes: readonly { place: NodePlace; tables: Tables }[],
): Promise<Map<string, Rules>> {
  const words = nodes.flatMap(({ place, tables }) => [place.name, networkOf(place), wanted(tables)]);
  const ran = await run(intoMachine(pid, ['sh', '-c', script, 'rules', ...words]), {
    ...{ maxOutput: most, timeout: longest, silence: longestSilence },
  });
  const parts = partsOf(ran.stdout);
  const broken = [...parts.keys()].find((key) => key.startsWith('broken '));
  if (broken !== undefined) throw new Broken(broken.replace('broken ', ''), ran);
  if (!ran.stdout.endsWith('@end\n')) throw new Broken('sh', ran);
  const found = new Map<string, Rules>();
  const still = nodes.every(({ place }) => parts.has(`read ${place.name}`)) ? [] : await nodesOf(pid);
  for (const { place } of nodes) {
    const part = (key: string) => {
      const text = parts.get(`${key} ${place.name}`) ?? '';
      const tool = saves[key];
      if (tool !== undefined && !text.split('\n').every((line) => saved.test(line)))
        throw new Broken(tool, ran);
      return text;
    };
    const nft = part('nft');
    if (!parts.has(`read ${place.name}`)) {
      if (still.some(({ name }) => name === place.name)) throw new Broken('nsenter', ran);
      continue;
    }
    const unread = parts.has(`nft ${place.name}`) && !nft.endsWith('# read\n');
    found.set(place.name, {
      rules: { ipv4: part('rules4'), ipv6: part('rules6') },
      legacy: { ipv4: part('legacy4'), ipv6: part('legacy6') },
      ...(unread ? {} : { nft: nftTables(nft) }),
    });
  }
  return found;
}

const saves: Record<string, string> = {
  ...{ rules4: 'iptables-save', rules6: 'ip6tables-save' },
  ...{ legacy4: 'iptables-legacy-save', legacy6: 'ip6tables-legacy-save' },
};

/** A line of iptables-save. */
const saved = /^([#*:[-].*|COMMIT)?$/;

function partsOf(output: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const chunk of output.split(/^@/m).slice(1)) {
    const end = chunk.indexOf('\n');
    parts.set(chunk.slice(0, end), chunk.slice(end + 1));
  }
  return parts;
}
