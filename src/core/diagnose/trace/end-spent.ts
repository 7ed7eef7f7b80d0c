import { lookup } from '../../path/model/routing.ts';
import type { TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import type { Values } from '../../verdict/verdict.ts';
import { because, type Ended, found } from './end-finding.ts';

/** The router's own error says it: the packet was too big for the next link, or had no hops left. */
export function spent(
  recording: Recording,
  request: TracedPacket,
  refusal: TracedPacket | null,
): Ended | null {
  const [icmp, first] = [refusal?.header.icmp, refusal?.hops[0]];
  if (icmp == null || first === undefined) return null;
  const v6 = first.after?.source.includes(':') === true;
  const big = v6 ? icmp.type === 2 : icmp.type === 3 && icmp.code === 4;
  const old = icmp.type === (v6 ? 3 : 11) && icmp.code === 0;
  const node = request.end.node;
  if ((!big && !old) || first.node !== node) return null;
  const at = { node, link: request.end.link };
  const finding = old ? found(recording) : null;
  const looped = finding?.reason === 'routing-loop' ? because(finding) : null;
  const { mtu } = icmp;
  const link = linkTowards(recording, node, mtu);
  const values: Values = big
    ? { mtu: String(mtu), length: String(request.header.length), link, dst: recording.request.to }
    : { dst: recording.request.to };
  return {
    ...(looped ?? { reason: big ? 'mtu' : 'ttl', object: big ? link : null, values }),
    kind: 'dropped',
    direction: 'request',
    ...at,
    by: null,
    kernel: null,
    sources: looped === null ? ['capture'] : ['capture', 'state'],
  };
}

/** The link of a router whose MTU its error told. */
function linkTowards({ observation, request: { to } }: Recording, node: string, mtu: number): string {
  const state = observation.nodes[node];
  if (state === undefined) return '';
  return lookup(state, to)?.dev ?? state.links.find((link) => link.mtu === mtu)?.name ?? '';
}
