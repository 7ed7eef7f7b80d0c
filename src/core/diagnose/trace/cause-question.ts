import type { Finding } from '../../path/model/finding.ts';
import { isLocal } from '../../path/model/routing.ts';
import { flood } from '../../path/model/segment.ts';
import type { Resolution } from '../../path/recording/hop.ts';
import type { NftChain } from '../../path/recording/nft-text.ts';
import { sameAddress } from '../../state/ip.ts';
import type { Values } from '../../verdict/verdict.ts';
import { chainsOf, droppedBy, type Matches } from './cause-firewall.ts';
import type { Place } from './place.ts';

/** A chain of family arp that drops a question at a node that has the address, or its answer there or at the asker. */
export function arpCause(place: Place): Finding | null {
  const { hop, observation } = place;
  if (hop.out !== null) return null;
  const question = questionOf(place);
  if (question === null) return ownQuestion(place);
  const { address, answer } = question;
  if (address.includes(':')) return null;
  const owners = Object.entries(observation.nodes).filter(
    ([node, state]) => node !== hop.node && isLocal(state, address),
  );
  if (answer !== null) {
    const [answerer = ''] = owners[0] ?? [];
    return arpDropped(place, hop.node, ['input', 'ingress'], address, { answerer });
  }
  for (const [node] of owners) {
    const found =
      arpDropped(place, node, ['input', 'ingress'], address, {}) ??
      arpDropped(place, node, ['output', 'egress'], address, { toAsker: hop.node });
    if (found !== null) return found;
  }
  return hop.resolution === null ? ownQuestion(place) : null;
}

type Question = Pick<Resolution, 'address' | 'link' | 'answer'>;

/** The question that was seen, or one from before: the kernel asks no more while the entry is INCOMPLETE or FAILED. */
function questionOf(place: Place): Question | null {
  const { hop, state, kernel } = place;
  if (hop.resolution !== null) return hop.resolution;
  const next = nextOf(place);
  const entry = state.neighbours.find((one) => next !== null && sameAddress(one.address, next.address));
  const waits = kernel?.reason === 'NEIGH_FAILED' || ['INCOMPLETE', 'FAILED'].includes(entry?.state ?? '');
  return next !== null && waits ? { ...next, answer: null } : null;
}

function nextOf({ hop, headers }: Place): Pick<Question, 'address' | 'link'> | null {
  const link = /\bdev (\S+)/.exec(hop.route?.text ?? '')?.[1];
  if (link === undefined || !hop.hooks.includes('postrouting')) return null;
  return { address: hop.route?.via ?? headers.destination, link };
}

/** Nothing of a question was seen: a chain of the node itself keeps it in. */
function ownQuestion(place: Place): Finding | null {
  const { hop, state } = place;
  const { address, link } = nextOf(place) ?? {};
  if (address === undefined || link === undefined || address.includes(':')) return null;
  if (state.neighbours.some((one) => one.mac !== null && sameAddress(one.address, address))) return null;
  return arpDropped(place, hop.node, ['output', 'egress'], address, { ownQuestion: link });
}

/** A chain of family bridge on the way of a question: it drops the question, or the answer on its way back. */
export function bridgedQuestionCause(place: Place): Finding | null {
  const { hop, observation } = place;
  const question = hop.out === null ? questionOf(place) : null;
  if (question === null || question.answer !== null) return null;
  const { address, link } = question;
  const six = address.includes(':');
  const receivers = flood(observation, { node: hop.node, link }, true).receivers;
  const owner = receivers.find((port) => {
    const state = observation.nodes[port.node];
    return port.node !== hop.node && state !== undefined && isLocal(state, address);
  });
  for (const { node } of owner?.way ?? []) {
    const chains = chainsOf(place, node)
      .filter(({ family, hook }) => family === 'bridge' && hook !== null && hook !== 'output')
      .map((chain) => aboutQuestions(chain, six));
    const found = droppedBy(place, node, chains, byName(address));
    if (found === null) continue;
    const { rule = '', chain = '', ...values } = found.values;
    const list = `nft list table bridge ${values.table}`;
    const way = owner?.way.filter((port) => port.node === node && port.link !== link) ?? [];
    const [near = '', far = ''] = [way[0]?.link, way.at(-1)?.link];
    const about = aboutAnswer(rule, near, far) ? { toAsker: hop.node } : {};
    const all = { ...values, rule, chain, list, address, asker: hop.node, ...about };
    return { reason: 'question-dropped', node, object: found.object, values: all };
  }
  return null;
}

/** The question passes a bridge from the port `near` its asker to the one `far` from it; its answer comes back. */
const aboutAnswer = (rule: string, near: string, far: string): boolean =>
  /arp operation reply|nd-neighbor-advert/.test(rule) ||
  (near !== far && (rule.includes(`iifname "${far}"`) || rule.includes(`oifname "${near}"`)));

/** The rules that can match a question for an address, and the policy where no rule lets questions pass. */
function aboutQuestions(chain: NftChain, six: boolean): NftChain {
  const [own, others] = six
    ? [/icmpv6|nd-neighbor/, /\b(arp|ip|tcp|udp|icmp)\b/]
    : [/\barp\b/, /\b(ip|ip6|tcp|udp|icmp|icmpv6|vlan)\b/];
  const rules = chain.rules.filter(({ text }) => own.test(text) || !others.test(text));
  const accepted = rules.some(({ text }) => /\baccept\b/.test(text));
  return { ...chain, rules, policy: accepted ? 'accept' : chain.policy };
}

function arpDropped(
  place: Place,
  node: string,
  hooks: string[],
  address: string,
  more: Values,
): Finding | null {
  const onDevice = (hook: string | null) => hook === 'ingress' || hook === 'egress';
  const chains = chainsOf(place, node)
    .filter(
      ({ family, hook }) => hooks.includes(hook ?? '') && family === (onDevice(hook) ? 'netdev' : 'arp'),
    )
    .map((chain) => (onDevice(chain.hook) ? aboutQuestions(chain, false) : chain));
  const found = droppedBy(place, node, chains, byName(address));
  if (found === null) return null;
  const { rule = '', chain = '', ...values } = found.values;
  const list = `nft list table ${values.family} ${values.table}`;
  return {
    ...{ reason: 'question-dropped', node, object: found.object },
    values: { ...values, rule, chain, list, address, asker: place.hop.node, ...more },
  };
}

/** A rule about questions may name the address that is asked for. */
const byName =
  (address: string): Matches =>
  (rule) =>
    rule.split(/[\s{},]+/).includes(address) || null;
