import type { Rule } from 'iptables-parser-ts';
import { type NearPolicy, nearPolicy } from '../../path/model/near-policy.ts';
import { keyTo } from '../../path/model/policy.ts';
import { keyOf } from '../../path/model/route-decision.ts';
import { rulesetOf } from '../../path/model/ruleset.ts';
import type { TracedHop } from '../../path/recording/hop.ts';
import type { NodeState } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type EndFacts, type Ending, packetOf } from './end-finding.ts';
import { inNode, placeOf } from './place.ts';

/**
 * A packet that goes astray because a node's rule for it (`ip rule`) misses it by one condition: most often a reply
 * without the mark of its request. `policing`: the lines that have it met.
 */
export function nearlyRouted(seen: Ending, ended: EndFacts): Values {
  if (ended.kind === 'delivered') return {};
  const { recording, packets } = seen;
  const { observation } = recording;
  const packet = packetOf(recording);
  for (const traced of packets.toReversed()) {
    if (traced.direction !== ended.direction) continue;
    for (const [at, hop] of traced.hops.entries()) {
      const place = placeOf(recording, { ...traced, hops: traced.hops.slice(0, at + 1) }, null);
      if (place === null || hop.layer !== 'ip' || hop.tunnel !== null) continue;
      const { headers, mark } = inNode(place);
      const near = nearPolicy(observation, packet, hop.node, keyOf(headers, place.upper, mark));
      if (near !== null) return valuesOf(near, hop, place.state, headers);
    }
  }
  if (ended.direction === 'reply') return unsentReply(seen, ended);
  return packets.some(({ direction }) => direction === 'request') ? {} : unsentRequest(seen, ended);
}

/** The sender's own look-up found no route: its key has no source yet, and the user is hoplab's own. */
function unsentRequest({ recording }: Ending, { node }: EndFacts): Values {
  const packet = packetOf(recording);
  const state = recording.observation.nodes[node];
  if (state === undefined || node !== packet.from) return {};
  const { to, protocol, port, mark = 0, tos = 0 } = packet;
  const key = { ...keyTo(to), protocol, destinationPort: port, mark, tos, uid: 0 };
  const near = nearPolicy(recording.observation, packet, node, key);
  const hop = { node, in: null, mark };
  return near === null ? {} : valuesOf(near, hop, state, { source: '', destination: to });
}

/** A reply of which no packet was seen: the node that took the request looked for its route. */
function unsentReply({ recording, packets }: Ending, { node }: EndFacts): Values {
  const request = packets.find(({ direction, end }) => direction === 'request' && end.node === node);
  const place = request === undefined ? null : placeOf(recording, request, null);
  if (place === null) return {};
  const { source, destination, sourcePort, destinationPort, protocol } = place.headers;
  const headers = {
    ...{ source: destination, destination: source, protocol },
    ...{ sourcePort: destinationPort, destinationPort: sourcePort },
  };
  const near = nearPolicy(recording.observation, packetOf(recording), node, keyOf(headers, null, 0));
  return near === null ? {} : valuesOf(near, { ...place.hop, in: null, mark: 0 }, place.state, headers);
}

function valuesOf(
  { rule, condition, mark, route }: NearPolicy,
  { node, in: cameBy, mark: own }: Pick<TracedHop, 'node' | 'in' | 'mark'>,
  state: NodeState,
  { source, destination }: { source: string; destination: string },
): Values {
  const table = rule.action.kind === 'table' ? rule.action.table : '';
  const six = rule.family === 'ipv6' ? ' -6' : '';
  const selector = source === '' ? `to ${destination}` : `from ${source}`;
  const kept = mark ? keptMark(state, rule, cameBy) : {};
  return {
    ...{ policyNode: node, nearPolicy: rule.text, policyRoute: route, policyLacks: condition },
    ...(mark && own ? { policyMark: `0x${own.toString(16)}` } : {}),
    ...{ policing: `{ip}${six} rule add ${selector} lookup ${table}`, ...kept },
  };
}

/** How a node gives the mark of a request to its connection, and back to the packets of it: where one half is missing. */
function keptMark(state: NodeState, { family, mark }: NearPolicy['rule'], cameBy: string | null): Values {
  const mangle = rulesetOf(state, family)?.get('mangle');
  const lines = (chain: string) => mangle?.get(chain)?.lines ?? [];
  const wanted = ({ value }: { value: number }) => (value & (mark?.mask ?? 0)) >>> 0 === mark?.value;
  const marks = ({ target }: Rule) => target?.kind === 'MARK' && wanted(target.xmark);
  const saves = ({ target }: Rule) =>
    target?.kind === 'CONNMARK' &&
    (target.save !== undefined || (target.xmark !== undefined && wanted(target.xmark)));
  const restores = ({ target }: Rule) => target?.kind === 'CONNMARK' && target.restore !== undefined;
  const all = ['PREROUTING', 'INPUT', 'FORWARD', 'POSTROUTING'].flatMap(lines);
  const marker = all.find(({ rule }) => marks(rule))?.text;
  const saver = all.find(({ rule }) => saves(rule))?.text;
  const hook = cameBy === null ? 'OUTPUT' : 'PREROUTING';
  const restored = lines(hook).some(({ rule }) => restores(rule));
  const tool = family === 'ipv6' ? 'ip6tables' : 'iptables';
  const restoring = `{exec}${tool} -t mangle -I ${hook} -j CONNMARK --restore-mark`;
  if (saver !== undefined && !restored) return { saver, restoreHook: hook, policing: restoring };
  if (saver !== undefined || marker === undefined) return {};
  const saving = `{exec}${tool} -t mangle -A PREROUTING -j CONNMARK --save-mark`;
  return { marker, policing: restored ? saving : `${restoring}\n${saving}` };
}
