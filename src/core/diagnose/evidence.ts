import type { Finding } from '../path/model/finding.ts';
import type { NodeState, Observation } from '../state/observation.ts';
import {
  addressEvidence,
  linkEvidence,
  neighbourEvidence,
  promptOf,
  routeEvidence,
} from '../verdict/evidence.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Evidence } from '../verdict/verdict.ts';

type Show = (observation: Observation, name: string, node: NodeState, finding: Finding) => Evidence;

/** The state that a learner would read to see the cause, on the node of the finding. */
const shows: Partial<Record<Reason, Show>> = {
  'link-down': linkEvidence,
  'no-carrier': linkEvidence,
  'link-missing': linkEvidence,
  'not-attached': linkEvidence,
  'no-address': addressEvidence,
  'wrong-prefix': addressEvidence,
  'duplicate-address': addressEvidence,
  'wrong-device': addressEvidence,
  'no-route': routeEvidence,
  'reply-not-routed': routeEvidence,
  'route-refuses': routeEvidence,
  'wrong-gateway': routeEvidence,
  'routing-loop': routeEvidence,
  'neighbour-silent': neighbourEvidence,
  'forwarding-off': settingEvidence,
  'wrong-value': settingEvidence,
  'rp-filter': settingEvidence,
  'dropped-by-rule': ruleEvidence,
  'rejected-by-rule': ruleEvidence,
  'no-listener': listenerEvidence,
  'port-closed': listenerEvidence,
  'listener-full': listenerEvidence,
};

export function evidenceOf(observation: Observation, finding: Finding): Evidence[] {
  const node = observation.nodes[finding.node];
  const show = shows[finding.reason];
  return node === undefined || show === undefined ? [] : [show(observation, finding.node, node, finding)];
}

function settingEvidence(observation: Observation, on: string, node: NodeState, finding: Finding): Evidence {
  const { key = '' } = finding.values;
  const command = `${promptOf(observation, on).exec}sysctl ${key}`;
  return { on, command, output: `${key} = ${node.sysctls[key] ?? ''}` };
}

function ruleEvidence(observation: Observation, on: string, _node: NodeState, finding: Finding): Evidence {
  const { table = '', chainName = '', rule = '', family = '', nftChain = '' } = finding.values;
  const { legacy = '', source = '' } = finding.values;
  const { exec } = promptOf(observation, on);
  if (nftChain !== '')
    return { on, command: `${exec}nft -a list chain ${family} ${table} ${nftChain}`, output: rule };
  const tool = source.includes(':') ? 'ip6tables' : 'iptables';
  const command = `${exec}${tool}${legacy === '' ? '' : '-legacy'} -t ${table} -S ${chainName}`;
  return { on, command, output: rule };
}

function listenerEvidence(observation: Observation, on: string, node: NodeState, finding: Finding): Evidence {
  const { nearIn = '', nearly = '', address = '' } = finding.values;
  if (nearIn !== '') {
    const tool = address.includes(':') ? 'ip6tables' : 'iptables';
    return { on, command: `${promptOf(observation, on).exec}${tool} -t nat -S ${nearIn}`, output: nearly };
  }
  const output = node.listeners.map((one) =>
    `${one.protocol} ${one.address}:${one.port} ${one.process ?? ''}`.trim(),
  );
  return { on, command: `${promptOf(observation, on).exec}ss -ltnup`, output: output.join('\n') };
}
