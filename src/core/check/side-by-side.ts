import type { Probe } from '../probe/probe.ts';
import type { NodeState, Observation } from '../state/observation.ts';
import { type Check, kindOf } from './check.ts';
import { probesOf } from './probes.ts';

/** Probes that look at no other packets than their own, and leave nothing behind that another one asks for. */
const apart: readonly Probe['kind'][] = ['ping', 'http', 'tcp', 'tls', 'dns', 'resolve', 'read', 'seen'];

/** As many checks send probes at a time: more would only wait for each other. Those that only read state are not counted. */
const most = 8;

/**
 * Checks in groups whose probes may be sent side by side: caches that one probe fills do not change the
 * verdict of another. A trace watches the counters of rules, so it runs alone, after the others. A check that
 * reads state which probes change, or runs a command, keeps its place among all of them. A check that needs
 * another comes in a later group.
 */
export function sideBySide<T extends { check: Check }>(asked: readonly T[], observation: Observation): T[][] {
  const size = Object.values(observation.nodes).some(remembers) ? 1 : most;
  const groups: T[][] = [];
  let [together, alone]: [T[], T[]] = [[], []];
  const close = () => {
    groups.push(...inParts(together, size));
    groups.push(...alone.map((one) => [one]));
    [together, alone] = [[], []];
  };
  for (const one of asked) {
    const kinds = probesOf(one.check).map(({ kind }) => kind);
    if ([...together, ...alone].some(({ check }) => one.check.needs.includes(check.id))) close();
    const reads = kindOf(one.check.kind).readsAfterProbes === true;
    if (!reads && kinds.every((kind) => apart.includes(kind))) together.push(one);
    else if (!reads && kinds.every((kind) => kind === 'trace' || apart.includes(kind))) alone.push(one);
    else {
      close();
      groups.push([one]);
    }
  }
  close();
  return groups;
}

function inParts<T extends { check: Check }>(together: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  let sending = 0;
  for (const one of together) {
    const sends = probesOf(one.check).length > 0;
    const part = parts.at(-1);
    if (part === undefined || (sends && sending === size)) {
      parts.push([one]);
      sending = sends ? 1 : 0;
    } else {
      part.push(one);
      sending += sends ? 1 : 0;
    }
  }
  return parts;
}

/** Matches and statements of rules that count packets or remember them: which packet comes first decides. */
const counting =
  /-m (?:limit|hashlimit|recent|statistic|connlimit|quota|connbytes|rateest|bpf)\b|\b(?:limit rate|quota|numgen|ct count|meter|update @|add @)\b/;

/** Queues that keep no packet back. */
const prompt = ['noqueue', 'noop', 'pfifo_fast', 'pfifo', 'fq_codel', 'fq', 'mq'];

/** Something on the way treats a packet by those that went before. */
function remembers({ rules, legacy, nft = [], links }: NodeState): boolean {
  const texts = [rules.ipv4, rules.ipv6, legacy.ipv4, legacy.ipv6, ...nft.map(({ text }) => text)];
  return texts.some((text) => counting.test(text)) || links.some(({ queue }) => !prompt.includes(queue));
}
