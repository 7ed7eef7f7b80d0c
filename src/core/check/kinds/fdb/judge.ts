import { fdbLine } from '../../../state/extras.ts';
import { sameAddress } from '../../../state/ip.ts';
import type { FdbEntry } from '../../../state/observation.ts';
import { promptOf } from '../../../verdict/evidence.ts';
import {
  entryFrame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

const list = 'bridge fdb';

/** A bridge, or a tunnel, of the node knows where a MAC address is. */
export function judgeFdb({ args, observation }: JudgeFacts<Args>): Judgement {
  const { on, mac, dev, dst, vlan, absent } = args;
  const wanted = [
    mac.toLowerCase(),
    ...(dev === undefined ? [] : ['dev', dev]),
    ...(vlan === undefined ? [] : ['vlan', vlan]),
    ...(dst === undefined ? [] : ['dst', dst]),
  ].join(' ');
  const frame = entryFrame(on, mac, wanted, list, absent);
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  const entries = node.fdb;
  const command = `${promptOf(observation, on).exec}${list}`;
  frame.evidence = [{ on, command, output: entries.map(fdbLine).join('\n') }];
  const known = entries.filter((entry) => entry.mac === mac.toLowerCase());
  const found = known.find((entry) => meets(args, entry));
  const seen = (entry: FdbEntry) => ({
    found: fdbLine(entry),
    delete: `bridge fdb del ${entry.mac} dev ${entry.dev}${entry.master === null ? '' : ' master'}`,
  });
  if (absent)
    return found === undefined ? pass(frame, '-') : fail(frame, 'entry-present', fdbLine(found), seen(found));
  if (found !== undefined) return pass(frame, fdbLine(found));
  const [near] = known;
  const own = node.links.find(({ name }) => name === dev)?.master == null ? '' : ' master static';
  const made = dst === undefined ? `bridge fdb replace ${wanted}${own}` : `bridge fdb append ${wanted}`;
  const add = dev === undefined ? list : made;
  if (near !== undefined)
    return fail(frame, 'wrong-entry', fdbLine(near), {
      ...seen(near),
      ...(dev === undefined ? {} : { add }),
    });
  return fail(frame, 'entry-missing', '-', { add });
}

function meets({ dev, dst, vlan }: Args, entry: FdbEntry): boolean {
  return (
    (dev === undefined || dev === entry.dev) &&
    (dst === undefined || (entry.dst !== null && sameAddress(dst, entry.dst))) &&
    (vlan === undefined || vlan === entry.vlan)
  );
}
