import { withDestination } from '../../cure/destinations.ts';
import type { EndFacts } from '../../diagnose/trace/end-finding.ts';
import type { Packet } from '../../path/model/packet.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { promptOf } from '../../verdict/evidence.ts';
import type { CureLine, Values } from '../../verdict/verdict.ts';
import { fill } from '../template.ts';

/** The lines for what is said beside the reason, the likeliest first. */
export function besides({ observation }: Pick<Recording, 'observation'>, values: Values): CureLine[][] {
  const { translator = '', tracking, narrower, giver = '', masquerading } = values;
  const {
    sentBy = '',
    resourcing,
    policyNode = '',
    policing,
    unaskedNode = '',
    hooking,
    redirectedIn = '',
    forgetting,
    misledNode = '',
    misleading,
    portGiver = '',
    porting,
  } = values;
  const ways = [
    { on: misledNode, run: misleading },
    { on: policyNode, run: policing },
    { on: unaskedNode, run: hooking },
    { on: redirectedIn, run: forgetting === undefined ? undefined : `{ip} ${forgetting}` },
    { on: sentBy, run: resourcing === undefined ? undefined : `{ip} ${resourcing}` },
    // Ways to have conntrack follow a packet that a rule keeps from it, or give it an address that the node has.
    { on: translator, run: tracking },
    { on: translator, run: narrower },
    { on: giver, run: masquerading },
    { on: portGiver, run: porting },
  ];
  return ways.flatMap(({ on, run }) => {
    const { shell, exec, ip } = promptOf(observation, on);
    const line = (text: string) =>
      /^\{(ip|exec)\}/.test(text) ? fill(text, { exec, ip }) : `${exec}${text}`;
    return run === undefined
      ? []
      : [run.split('\n').map((text) => ({ on: shell, run: line(text), or: false }))];
  });
}

/** A rule of NAT whose destination no node has: first with a word in its place, then with servers of other nodes. */
export function redirected(
  { observation }: Pick<Recording, 'observation'>,
  packet: Packet,
  reason: EndFacts['reason'],
  { giver = '', given = '', redirecting: run }: Values,
): CureLine[][] {
  if (run === undefined || reason !== 'neighbour-silent') return [];
  const { shell, exec } = promptOf(observation, giver);
  const runs = [run, ...withDestination(observation, packet, { run, given, giver })];
  return runs.map((one) => [{ on: shell, run: `${exec}${one}`, or: false }]);
}
