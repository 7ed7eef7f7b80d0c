import { isProgram } from '../../../diagnose/name-servers.ts';
import { nearPort } from '../../../path/model/near-port.ts';
import { programsOf } from '../../../path/model/node-port.ts';
import { parseIp, sameAddress } from '../../../state/ip.ts';
import type { Listener } from '../../../state/observation.ts';
import { promptOf } from '../../../verdict/evidence.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/** A program waits on a port: the one asked for, at the address asked for. */
export function judgeListener({ args, observation }: JudgeFacts<Args>): Judgement {
  const { on, protocol, port, address, process, absent } = args;
  const wanted = `${protocol} ${address ?? '*'}:${port}${process === undefined ? '' : ` ${process}`}`;
  const values = {
    protocol,
    port: String(port),
    address: address ?? '',
    absent: absent ? 'yes' : '',
    wanted,
    serves: process ?? '',
    nameProgram: port === 53 && isProgram(process ?? '') ? (process ?? '') : '',
  };
  const frame: Frame = { node: on, object: wanted, expected: absent ? '-' : wanted, values, evidence: [] };
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  const command = `${promptOf(observation, on).exec}ss -ltnup`;
  frame.evidence = [{ on, command, output: node.listeners.map(listenerText).join('\n') }];
  const here = node.listeners.filter((one) => one.protocol === protocol && one.port === port);
  const found = here.find((one) => address === undefined || hears(one, address));
  if (absent) {
    return found === undefined
      ? pass(frame, '-')
      : fail(frame, 'listener-present', listenerText(found), { process: found.process ?? '' });
  }
  if (found === undefined) {
    const [other] = here;
    if (other === undefined)
      return fail(frame, 'no-listener', '-', nearPort(programsOf(node), protocol, port));
    return fail(frame, 'port-closed', here.map((one) => `${one.address}:${one.port}`).join(', '));
  }
  if (process === undefined || found.process === process) return pass(frame, listenerText(found));
  return fail(frame, 'wrong-process', found.process ?? '-', {
    ...{ expected: process, running: found.process ?? '' },
  });
}

/** Whether what is sent to an address reaches the program: its own, or any address of its family. */
function hears({ address }: Listener, wanted: string): boolean {
  if (address === '*') return true;
  const family = parseIp(wanted)?.family;
  return sameAddress(address, wanted) || address === (family === 'ipv6' ? '::' : '0.0.0.0');
}

function listenerText({ protocol, address, port, process }: Listener): string {
  return `${protocol} ${address}:${port} ${process ?? ''}`.trim();
}
