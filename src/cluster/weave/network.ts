import { act } from '../node/act.ts';

/** The names that weave gives to its links; pods get the MTU that fits into the tunnel. */
export const bridge = 'weave';
export const tunnel = 'vxlan-6784';
export const mtu = 1376;
export const dataPort = 6784;

async function ip(...lines: string[]): Promise<string> {
  const { stderr } = await act(['ip', '-batch', '-', '-force'], { input: `${lines.join('\n')}\n` });
  return stderr;
}

/** The bridge of a node's pods and the end of the tunnel, which finds its other ends as peers are connected. */
export async function makeBridge(own: string, address: string, cidr: string): Promise<void> {
  const [, length] = cidr.split('/');
  await ip(
    `link add ${bridge} mtu ${mtu} type bridge`,
    `link add ${tunnel} type vxlan id 6784 local ${own} dstport ${dataPort}`,
    `link set ${tunnel} mtu ${mtu} master ${bridge} up`,
    `link set ${bridge} up`,
    `address add ${address}/${length} dev ${bridge}`,
  );
  const lines = [
    '-N WEAVE',
    '-A WEAVE -d 224.0.0.0/4 -j RETURN',
    `-A WEAVE ! -s ${cidr} -d ${cidr} -j MASQUERADE`,
    `-A WEAVE -s ${cidr} ! -d ${cidr} -j MASQUERADE`,
    '-A POSTROUTING -j WEAVE',
  ];
  const script = `iptables -w -t nat -S WEAVE >/dev/null 2>&1 && exit
${lines.map((line) => `iptables -w -t nat ${line}`).join('\n')}`;
  await act(['sh', '-c', script]);
}

/** Frames for the whole network, or for an unknown place in it, go to this peer too. */
export async function addPeer(address: string): Promise<void> {
  await act(['bridge', 'fdb', 'append', '00:00:00:00:00:00', 'dev', tunnel, 'dst', address]);
}

export async function removePeer(address: string): Promise<void> {
  await act(['bridge', 'fdb', 'del', '00:00:00:00:00:00', 'dev', tunnel, 'dst', address]);
}

/** The addresses of this node. */
export async function ownAddresses(): Promise<string[]> {
  const { stdout } = await act(['ip', '-j', '-4', 'address']);
  const links: { addr_info: { local: string }[] }[] = JSON.parse(stdout || '[]');
  return links.flatMap(({ addr_info }) => addr_info.map(({ local }) => local));
}
