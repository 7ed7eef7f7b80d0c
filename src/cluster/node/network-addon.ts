import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { act } from './act.ts';
import { filesOfNode, lentNode, onNode, pluginDirectory, weaveProgram } from './places.ts';

export interface Member {
  name: string;
  address: string;
  podCIDR: string;
}

const installed = '/usr/lib/cni';

/** What packets of pods need, below /proc/sys/net. */
const settings = [
  'ipv4/ip_forward',
  'bridge/bridge-nf-call-iptables',
  'bridge/bridge-nf-call-ip6tables',
  'ipv4/conf/all/route_localnet',
];

/** Installs a network add-on on a node: plugins, their list, and settings. */
export async function setUpNode(member: Member, clusterCIDR: string): Promise<void> {
  const directory = `${filesOfNode(member.name)}/cni/net.d`;
  if (!existsSync(pluginDirectory)) {
    mkdirSync(pluginDirectory, { recursive: true });
    for (const name of readdirSync(installed))
      symlinkSync(`${installed}/${name}`, `${pluginDirectory}/${name}`);
    const weave = `#!/bin/sh\nexec ${lentNode} ${weaveProgram} "\${0##*/}"\n`;
    writeFileSync(`${pluginDirectory}/weave-plugin-2.8.1`, weave, { mode: 0o755 });
    symlinkSync('weave-plugin-2.8.1', `${pluginDirectory}/weave-net`);
  }
  const fresh = !existsSync(directory);
  if (fresh) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${directory}/10-bridge.conflist`, `${JSON.stringify(listFor(member), null, 2)}\n`);
  }
  const there = fresh ? 'false' : `iptables -w -t nat -C POSTROUTING ${masquerade(clusterCIDR)} 2>/dev/null`;
  const script = `for file in ${settings.join(' ')}; do
    echo 1 >"/proc/sys/net/$file" || exit 1
  done
  ${there} || iptables -w -t nat -A POSTROUTING ${masquerade(clusterCIDR)}`;
  const ran = await act(onNode(member.name, ['sh', '-c', script]));
  if (ran.code !== 0)
    throw new Error(`${member.name}: the network could not be set up: ${ran.stderr.trim()}`);
}

/** Pods talk to each other without translation; hosts outside the cluster see the node. */
const masquerade = (cidr: string): string =>
  `-s ${cidr} ! -d ${cidr} -m comment --comment "pods to the outside" -j MASQUERADE`;

const network = 'pods';
const addressesOf = (node: string): string => `/run/cni/${node}`;

/** The address that a node's plugins gave out last, as host-local keeps it; empty if there was none. */
export function lastAddress(node: string): string {
  const file = `${addressesOf(node)}/${network}/last_reserved_ip.0`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** As `/etc/cni/net.d` of a node has it. Files of addresses lie apart: all nodes of a machine share /var and /run. */
function listFor({ name, podCIDR }: Member) {
  const ipam = {
    type: 'host-local',
    ranges: [[{ subnet: podCIDR }]],
    routes: [{ dst: '0.0.0.0/0' }],
    dataDir: addressesOf(name),
  };
  return {
    cniVersion: '0.4.0',
    name: network,
    plugins: [
      { type: 'bridge', bridge: 'cni0', isGateway: true, hairpinMode: true, ipam },
      { type: 'portmap', capabilities: { portMappings: true }, snat: true },
    ],
  };
}

/** Every node's pods by way of the node, without NAT. */
export async function routeToPods(members: readonly Member[]): Promise<void> {
  await Promise.all(
    members.map(({ name }) => {
      const lines = members
        .filter((other) => other.name !== name)
        .map(({ podCIDR, address }) => `route replace ${podCIDR} via ${address}\n`);
      return act(onNode(name, ['ip', '-batch', '-']), { input: lines.join('') });
    }),
  );
}

/** The address a node goes by: the first on a link that is not its own bridge. */
export async function addressOf(node: string): Promise<string | null> {
  const { stdout } = await act(onNode(node, ['ip', '-j', '-4', 'address', 'show', 'scope', 'global', 'up']));
  const links: { ifname: string; addr_info: { local: string }[] }[] = JSON.parse(stdout || '[]');
  const own = links.find(
    ({ ifname, addr_info }) => !/^(cni|docker|veth)/.test(ifname) && addr_info.length > 0,
  );
  return own?.addr_info[0]?.local ?? null;
}
