import type { Check } from '../check/check.ts';
import { holds, isLinkLocal, parseIp } from '../state/ip.ts';
import { nearest } from '../text/nearest.ts';
import { said } from '../text/said.ts';
import { featureNames } from './features.ts';
import type { LinkEnd, Node, Step, Topology } from './lab.ts';
import { linkFindings } from './link-findings.ts';
import { linkKinds } from './link-kinds.ts';
import { type Finding, inLab } from './problem.ts';
import type { LabFile } from './schema.ts';

/** Problems that would otherwise appear only when the lab is started or tested. */
export function startFindings(file: LabFile, topology: Topology, steps: readonly Step[]): Finding[] {
  return [
    ...file.requires.flatMap(unknownFeature),
    ...tunnelFindings(file, steps),
    ...sharedAddresses(topology),
    ...topology.nodes.flatMap((node) => strangeGateways(node, topology)),
    ...bridgeFindings(file),
    ...linkFindings(file, topology, steps),
    ...steps.flatMap(({ checks }, step) =>
      checks.flatMap((check, index) => unknownKind(check, ['steps', step, 'checks', index])),
    ),
  ];
}

/** One that nothing is near to may be of another hoplab: the lab is listed, and this one cannot start it. */
function unknownFeature(feature: string, index: number): Finding[] {
  if ((featureNames as readonly string[]).includes(feature)) return [];
  const near = nearest(feature, featureNames) ?? '';
  return [
    inLab(['requires', index], said('no-feature', { feature, near }), near === '' ? 'warning' : 'error'),
  ];
}

/** Without the feature in `requires` a VM that lacks it starts the lab, and a learner's line fails there. */
function tunnelFindings({ topology, requires }: LabFile, steps: readonly Step[]): Finding[] {
  if (requires.includes('vxlan')) return [];
  if (topology.tunnels.length > 0) return [inLab(['topology', 'tunnels'], said('tunnels-need-vxlan'))];
  return steps.flatMap(({ solution }, step) => {
    const line = solution.findIndex(({ run }) => /\btype vxlan\b/.test(run));
    const place = ['steps', step, 'solution', line];
    return line < 0 ? [] : [inLab(place, said('tunnels-need-vxlan'), 'warning')];
  });
}

const switched = 'net.bridge.bridge-nf-call-iptables';

/** Whether rules see the frames that a bridge switches depends on the VM, unless the lab says it. */
function bridgeFindings({ topology: { nodes, bridges } }: LabFile): Finding[] {
  return Object.entries(bridges).flatMap(([name, { node }]) => {
    const { sysctls = {}, run = [] } = nodes[node] ?? {};
    if (switched in sysctls || run.some((line) => line.includes('bridge-nf-call'))) return [];
    const values = { node, key: switched, bridge: name };
    return [inLab(['topology', 'bridges', name], said('bridge-rules-unsaid', values), 'warning')];
  });
}

function unknownKind({ kind, args }: Check, path: (string | number)[]): Finding[] {
  if (kind !== 'link' || args.kind === undefined || linkKinds.includes(args.kind)) return [];
  const values = { kind: args.kind, near: nearest(args.kind, linkKinds) ?? '' };
  return [inLab([...path, 'link', 'kind'], said('no-link-kind', values))];
}

/** Two ends on one wire with one address: hardly ever meant, and never in a lab that is not about it. */
function sharedAddresses(topology: Topology): Finding[] {
  const wires = wiresOf(topology);
  const first = new Map<string, LinkEnd>();
  return topology.links.flatMap(({ ends }, link) =>
    ends.flatMap((end, side) =>
      end.addresses.flatMap((written) => {
        const [address = ''] = written.split('/');
        const key = `${wires.get(placeOf(end))} ${address}`;
        const other = first.get(key);
        if (other === undefined) {
          first.set(key, end);
          return [];
        }
        return [
          inLab(
            ['topology', 'links', link, 'ends', side],
            said('shared-address', { address, place: placeOf(other) }),
            'warning',
          ),
        ];
      }),
    ),
  );
}

/** The kernel takes no route by a gateway that is on none of the node's networks. */
function strangeGateways({ name, routes, run }: Node, { links, bridges, tunnels = [] }: Topology): Finding[] {
  // Further addresses are made by lines that are not read here.
  if (run.some((line) => /\baddr/.test(line))) return [];
  const ends = [...links.flatMap((link) => link.ends), ...tunnels.map(({ end }) => end)];
  const own = [
    ...ends.filter(({ node }) => node === name).flatMap(({ addresses }) => addresses),
    ...bridges.filter(({ node }) => node === name).flatMap(({ addresses }) => addresses),
  ];
  return routes.flatMap((route, index) => {
    const [, gateway = ''] = /\bvia (?:inet6? )?(\S+)/.exec(route) ?? [];
    // A route of its own may say that the gateway is on a wire.
    const onWire = /\bonlink\b/.test(route) || routes.slice(0, index).some((one) => !/\bvia\b/.test(one));
    const known = onWire || own.some((address) => holds(address, gateway));
    if (parseIp(gateway) === null || isLinkLocal(gateway) || known) return [];
    const values = { node: name, gateway, own: own.join(', ') };
    return [inLab(['topology', 'nodes', name, 'routes', index], said('strange-gateway', values))];
  });
}

const placeOf = ({ node, link }: Pick<LinkEnd, 'node' | 'link'>) => `${node}:${link}`;

/** Place -> a name of the wire it is on: cables, and bridges that join them. */
function wiresOf({ links }: Topology): Map<string, string> {
  const wire = new Map<string, string>();
  const join = (one: string, other: string) => {
    const [from, to] = [wire.get(other) ?? other, wire.get(one) ?? one];
    for (const [place, name] of [...wire, [one, to], [other, from]] as const)
      wire.set(place, name === from ? to : name);
  };
  for (const { ends } of links) {
    join(placeOf(ends[0]), placeOf(ends[1]));
    for (const end of ends) if (end.master !== null) join(placeOf(end), `${end.node}:${end.master}`);
  }
  return wire;
}
