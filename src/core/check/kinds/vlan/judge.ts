import type { Vlan } from '../../../state/observation.ts';
import { linkEvidence, promptOf } from '../../../verdict/evidence.ts';
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

/** A port of a bridge is in a VLAN. */
export function judgeVlan({ args, observation }: JudgeFacts<Args>): Judgement {
  const { on, dev, id, absent } = args;
  const list = `bridge vlan show dev ${dev}`;
  const wanted = `${dev} ${vlanText({ id, pvid: args.pvid === true, untagged: args.untagged === true })}`;
  const frame = entryFrame(on, dev, wanted, list, absent);
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  const link = node.links.find(({ name }) => name === dev);
  if (link === undefined) {
    frame.evidence = [linkEvidence(observation, on, node)];
    return fail(frame, 'link-missing', '-', { link: dev });
  }
  const vlans = link.vlans ?? [];
  const command = `${promptOf(observation, on).exec}${list}`;
  frame.evidence = [{ on, command, output: vlans.map((one) => `${dev} ${vlanText(one)}`).join('\n') }];
  const found = vlans.find((one) => one.id === id);
  const self = link.master === null ? ' self' : '';
  const add = `bridge vlan add dev ${dev} vid ${id}${flags(args)}${self}`;
  if (found === undefined)
    return absent ? pass(frame, '-') : fail(frame, 'entry-missing', '-', { add, maker: 'bridge vlan' });
  const has = `${dev} ${vlanText(found)}`;
  const seen = { found: has, delete: `bridge vlan del dev ${dev} vid ${id}${self}` };
  if (absent) return fail(frame, 'entry-present', has, seen);
  return meets(args, found) ? pass(frame, has) : fail(frame, 'wrong-entry', has, { ...seen, set: add });
}

const meets = ({ pvid, untagged }: Args, found: Vlan): boolean =>
  (pvid === undefined || pvid === found.pvid) && (untagged === undefined || untagged === found.untagged);

/** As `bridge vlan` prints it. */
const vlanText = ({ id, pvid, untagged }: Vlan): string =>
  `${id}${pvid ? ' PVID' : ''}${untagged ? ' Egress Untagged' : ''}`;

const flags = ({ pvid, untagged }: Args): string =>
  `${pvid === true ? ' pvid' : ''}${untagged === true ? ' untagged' : ''}`;
