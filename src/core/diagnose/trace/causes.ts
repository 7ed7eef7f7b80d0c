import type { Finding } from '../../path/model/finding.ts';
import { discoveryCause } from './cause-discovery.ts';
import { egressCause, ingressCause, legacyCause, pieceCause } from './cause-firewall.ts';
import { addressCause, bridgeCause, muteCause, vlanCause, wireCause } from './cause-frame.ts';
import { ipsecCause } from './cause-ipsec.ts';
import { portsCause, proxyCause, zoneCause } from './cause-nat.ts';
import { arpCause, bridgedQuestionCause } from './cause-question.ts';
import { answerQueueCause, queueCause } from './cause-queue.ts';
import { loopbackCause, neighbourCause, routeCause } from './cause-route.ts';
import { serviceCause } from './cause-service.ts';
import { staleCause } from './cause-stale.ts';
import { nowhereCause, unheardCause, unroutedCause } from './cause-tunnel.ts';
import type { Place } from './place.ts';

/** From the wire upwards, in the order in which a node decides: the first that refuses is the reason. */
const causes: readonly ((place: Place) => Finding | null)[] = [
  muteCause,
  vlanCause,
  bridgeCause,
  addressCause,
  staleCause,
  ingressCause,
  legacyCause,
  pieceCause,
  proxyCause,
  zoneCause,
  serviceCause,
  nowhereCause,
  loopbackCause,
  routeCause,
  ipsecCause,
  unheardCause,
  unroutedCause,
  portsCause,
  egressCause,
  queueCause,
  arpCause,
  bridgedQuestionCause,
  neighbourCause,
  discoveryCause,
  answerQueueCause,
  wireCause,
];

/** Why a packet went no further than the place at which it was seen last, by that place's state. */
export function causeAt(place: Place, tables: () => Finding | null): Finding | null {
  for (const cause of causes) {
    const finding = cause(place);
    if (finding !== null) return withWholeFinding(place, finding, tables());
  }
  return null;
}

/**
 * If the tables of the whole path give the same finding, theirs has more values: for one, who could bring the
 * reply back.
 */
function withWholeFinding(place: Place, finding: Finding, whole: Finding | null): Finding {
  const same = whole?.reason === finding.reason && whole.node === finding.node;
  const way = whole?.values.direction ?? place.direction;
  return same && way === place.direction
    ? { ...finding, values: { ...finding.values, ...whole.values } }
    : finding;
}
