import { type MachineSize, usualSize } from '../../src/core/lab/machine-size.ts';
import type { Machine } from '../../src/core/ports.ts';
import { everyKind } from './every-kind.ts';
import { sh } from './machines.ts';

/** Some kinds are about servers that a usual machine does not have. */
export const size: MachineSize = { ...usualSize, root: 128, programs: 'services' };

/** The networks that single kinds need beyond that. */
const networks = Object.values(everyKind).map(({ network = '' }) => network);

/** red 10.0.0.1 on a cable to host 10.0.0.2, a web server and a name server and a TLS server there. */
export async function asking(machine: Machine): Promise<void> {
  const dnsmasq = [
    ...['user=root', 'no-resolv', 'no-hosts', 'bind-interfaces', 'listen-address=10.0.0.2'],
    ...['host-record=db.example,192.0.2.1', 'host-record=localhost,127.0.0.1', 'local=/example/'],
  ].join('\n');
  await sh(
    machine,
    `ip netns add red; ip -n red link set lo up
    ip link add name to-red type veth peer name eth0 netns red
    ip -n red addr add 10.0.0.1/24 dev eth0; ip addr add 10.0.0.2/24 dev to-red
    ip link set to-red up; ip -n red link set eth0 up; ip link set lo up
    iptables -A FORWARD -p icmp -j ACCEPT; sysctl -qw net.ipv4.ip_forward=0
    mkdir -p /etc/netns/red; echo 'nameserver 10.0.0.2' >/etc/netns/red/resolv.conf
    echo '${dnsmasq}' >/etc/dnsmasq.conf
    dnsmasq; nginx
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=db \\
      -addext subjectAltName=DNS:db.example -keyout /root/key -out /root/cert 2>/dev/null
    setsid openssl s_server -accept 443 -www -quiet -cert /root/cert -key /root/key </dev/null >/dev/null 2>&1 &
    until nc -z 10.0.0.2 443; do sleep 0.05; done
    ip netns exec red setsid sleep 1001 </dev/null >/dev/null 2>&1 &
    until pgrep -f '^sleep 1001' >/dev/null; do sleep 0.05; done
    ip netns exec red ping -c 1 10.0.0.2 >/dev/null
    ${networks.join('\n')}`,
  );
}

/** The path of a machine's programs leads through a directory in which a test can break single ones. */
export const putInOrder = `set -e
mkdir -p /mnt/own; mount --bind /usr /mnt/own
for dir in bin sbin; do
  mkdir -p /run/tools/$dir; cp -rs /mnt/own/$dir/. /run/tools/$dir/
  mount --bind /run/tools/$dir /usr/$dir
done`;

/** Works while a program of the machine is replaced by a text, or by nothing. */
export async function without<T>(
  machine: Machine,
  program: string,
  text: string | null,
  work: () => Promise<T>,
): Promise<T> {
  // The shell that repairs it is never broken.
  const whole = async (line: string) => {
    const path = 'PATH=/mnt/own/bin:/mnt/own/sbin';
    const { exitCode, stderr } = await machine.run('host', [
      ...['/mnt/own/bin/env', path, 'bash', '-c', line, program],
      ...(text === null ? [] : [text]),
    ]);
    if (exitCode !== 0) throw new Error(stderr);
  };
  await whole(`cd /run/tools; for file in bin/$0 sbin/$0; do
    [ -e $file ] || continue
    mv $file $file.whole
    [ $# -eq 0 ] || { printf '%s' "$1" >$file; chmod 755 $file; }
  done`);
  // Rules that have not changed are not asked for again.
  await whole('nft add table inet other; nft delete table inet other');
  try {
    return await work();
  } finally {
    await whole(
      'cd /run/tools; for file in bin/$0 sbin/$0; do [ ! -e $file.whole ] || mv $file.whole $file; done',
    );
  }
}
