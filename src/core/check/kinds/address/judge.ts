import { findLink, flood, linkOf } from '../../../path/model/segment.ts';
import { holds, sameAddress } from '../../../state/ip.ts';
import type { NodeState, Observation } from '../../../state/observation.ts';
import { addressEvidence, promptOf } from '../../../verdict/evidence.ts';
import type { Values } from '../../../verdict/verdict.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import { strayLink } from '../../stray-link.ts';
import type { Args } from './schema.ts';

/** An address with its prefix length is in a node, on the named link if one is named. */
export function judgeAddress({ args, observation }: JudgeFacts<Args>): Judgement {
  const frame = frameOf(args);
  const node = nodeOr(frame, observation, args.on);
  if (isJudgement(node)) return node;
  frame.evidence = [addressEvidence(observation, args.on, node)];
  return args.absent ? absent(args, frame, node) : present(args, frame, node, observation);
}

/** A configured address and its place. */
interface Held {
  dev: string;
  address: string;
  prefix: number;
}

function present(args: Args, frame: Frame, node: NodeState, observation: Observation): Judgement {
  const { wanted, bits } = parts(args);
  if (args.dev !== undefined && findLink(node, args.dev) === null) {
    const [there] = heldBy(node, wanted);
    const holder = there === undefined ? {} : { holder: there.dev };
    const stray = strayLink(observation, { on: args.on, name: args.dev, address: wanted });
    const values = { link: args.dev, ...stray, ...holder };
    return { ...fail(frame, 'link-missing', '-', values), object: args.dev };
  }
  const held = heldBy(node, wanted);
  const onDev = held.filter((one) => args.dev === undefined || one.dev === args.dev);
  const right = onDev.find((one) => bits === null || one.prefix === bits);
  if (right !== undefined) return pass(frame, addressText(right));
  const [near] = onDev;
  if (near !== undefined) {
    return fail(frame, 'wrong-prefix', addressText(near), {
      link: near.dev,
      wrong: `${near.address}/${near.prefix}`,
    });
  }
  const [other] = held;
  if (other !== undefined) {
    const values = {
      wrong: `${other.address}/${other.prefix}`,
      expected: args.dev ?? '',
      observed: other.dev,
    };
    return { ...fail(frame, 'wrong-device', addressText(other), values), observed: addressText(other) };
  }
  const elsewhere = Object.entries(observation.nodes).flatMap(([name, state]) =>
    name === args.on ? [] : heldBy(state, wanted).map((one) => `${name}:${one.dev}`),
  );
  const twin = elsewhere.length > 0 ? null : twinOf(args, observation);
  const beside = { beside: besideOn(node, args), elsewhere: elsewhere.join(', ') };
  const values = twin ?? { ...beside, ...misplaced(args, observation) };
  return fail(frame, 'no-address', ofLink(node, args.dev), values);
}

/** The other addresses of this family that the link has. */
function besideOn(node: NodeState, { dev, address }: Args): string {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const link = dev === undefined ? null : findLink(node, dev);
  const others = link?.addresses.filter((one) => one.family === family && one.scope === 'global') ?? [];
  return others.map((one) => `${one.address}/${one.prefix}`).join(', ');
}

/** The one other node that was given the address instead: on the wire, or else anywhere. */
function misplaced({ on, dev, address }: Args, observation: Observation): Values {
  if (dev === undefined) return {};
  const [wanted = ''] = address.split('/');
  const wire = flood(observation, { node: on, link: dev }, false).receivers;
  const heldAt = (port: { node: string; link: string }) => {
    const held = linkOf(observation, port)?.addresses.find((one) => sameAddress(one.address, wanted));
    return held === undefined || port.node === on ? [] : [{ ...port, held }];
  };
  const near = wire.flatMap(heldAt);
  const all = Object.entries(observation.nodes).flatMap(([node, { links }]) =>
    links.flatMap(({ name }) => heldAt({ node, link: name })),
  );
  const there = near.length > 0 ? near : all;
  const [one] = there;
  if (one === undefined || there.length > 1) return {};
  const { shell, ip } = promptOf(observation, one.node);
  const misplaced = `${one.held.address}/${one.held.prefix}`;
  return { misplaced, there: one.node, thereLink: one.link, thereShell: shell, thereIp: ip };
}

/** An address of the same network that another node has as well: it was mistyped here. */
function twinOf(args: Args, observation: Observation): Values | null {
  const { wanted, bits } = parts(args);
  const state = observation.nodes[args.on];
  for (const link of state?.links ?? []) {
    if (args.dev !== undefined && link.name !== args.dev) continue;
    for (const { address, prefix } of link.addresses) {
      if (bits !== prefix || !holds(`${wanted}/${prefix}`, address)) continue;
      const others = Object.entries(observation.nodes).flatMap(([name, other]) =>
        name === args.on ? [] : heldBy(other, address).map((one) => `${name}:${one.dev}`),
      );
      if (others.length > 0)
        return { link: link.name, instead: `${address}/${prefix}`, elsewhere: others.join(', ') };
    }
  }
  return null;
}

function absent(args: Args, frame: Frame, node: NodeState): Judgement {
  const { wanted, bits } = parts(args);
  const found = heldBy(node, wanted).find(
    (one) => (bits === null || one.prefix === bits) && (args.dev === undefined || one.dev === args.dev),
  );
  return found === undefined
    ? pass(frame, '-')
    : fail(frame, 'address-present', addressText(found), {
        link: found.dev,
        wrong: `${found.address}/${found.prefix}`,
      });
}

function heldBy(node: NodeState, address: string): Held[] {
  return node.links.flatMap((link) =>
    link.addresses
      .filter((one) => sameAddress(one.address, address))
      .map((one) => ({ dev: link.name, address: one.address, prefix: one.prefix })),
  );
}

function parts(args: Args): { wanted: string; bits: number | null } {
  const [wanted = '', length] = args.address.split('/');
  return { wanted, bits: length === undefined ? null : Number(length) };
}

function addressText(held: Held): string {
  return `${held.address}/${held.prefix} on ${held.dev}`;
}

function ofLink(node: NodeState, dev: string | undefined): string {
  const links = node.links.filter((link) =>
    dev === undefined ? link.kind !== 'loopback' : link.name === dev,
  );
  const family = links.flatMap((link) => link.addresses.filter((one) => one.scope !== 'link'));
  return family.map((one) => `${one.address}/${one.prefix}`).join(', ') || '-';
}

function frameOf(args: Args): Frame {
  const expected = args.absent
    ? '-'
    : args.dev === undefined
      ? args.address
      : `${args.address} on ${args.dev}`;
  const values = {
    address: args.address,
    link: args.dev ?? '',
    expected: args.address,
    absent: args.absent ? 'yes' : '',
  };
  return { node: args.on, object: args.address, expected, values, evidence: [] };
}
