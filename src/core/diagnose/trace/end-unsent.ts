import { lookup } from '../../path/model/routing.ts';
import { matchNft } from '../../path/recording/nft-match.ts';
import { nftChains } from '../../path/recording/nft-text.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type EndFacts, type Ending, packetOf } from './end-finding.ts';

/**
 * A rule of nftables at OUTPUT that would give the packet an address with a route: a node looks for a route first, and
 * found none (untranslated.ts has the same of iptables).
 */
export function unroutedByNft({ recording, packets }: Ending, { reason, node, values }: EndFacts): Values {
  const { observation, request, nft } = recording;
  const state = observation.nodes[node];
  if (reason !== 'no-route' || node !== request.from || packets.length > 0 || state === undefined) return {};
  if (values.translated !== undefined) return {};
  const { to, protocol, port } = packetOf(recording);
  const headers = { source: '', destination: to, protocol, sourcePort: null, destinationPort: port };
  const output = nftChains(nft[node] ?? '').filter(({ hook }) => hook === 'output');
  for (const { text } of output.flatMap(({ rules }) => rules)) {
    const [, six, four] = /\bdnat (?:ip6? )?to (?:\[([^\]]+)\]|([^\s:]+))/.exec(text) ?? [];
    const given = six ?? four;
    if (given === undefined || matchNft(text, headers) === false) continue;
    const link = lookup(state, given)?.dev ?? null;
    if (link !== null) return { network: '', link, rule: text, translated: given };
  }
  return {};
}
