/** The documents' container network with a LAN and an internet behind it, as one script for the host's shell. */
export const network = `set -e
for n in red blue lan router internet; do ip netns add $n; ip -n $n link set lo up; done
ip link set lo up
ip link add v-net-0 type bridge; ip link set v-net-0 up
ip link add name vr type veth peer name eth0 netns red; ip link set vr master v-net-0 up
ip link add name vb type veth peer name eth0 netns blue; ip link set vb master v-net-0 up
ip -n red addr add 192.168.15.1/24 dev eth0; ip -n red link set eth0 up
ip -n blue addr add 192.168.15.2/24 dev eth0; ip -n blue link set eth0 up
ip addr add 192.168.15.5/24 dev v-net-0
ip -n router link add br-lan type bridge; ip -n router link set br-lan up; ip -n router addr add 192.168.1.1/24 dev br-lan
ip link add name eth0 type veth peer name lan1 netns router; ip -n router link set lan1 master br-lan up
ip -n lan link add name eth0 type veth peer name lan2 netns router; ip -n router link set lan2 master br-lan up
ip addr add 192.168.1.2/24 dev eth0; ip link set eth0 up
ip -n lan addr add 192.168.1.3/24 dev eth0; ip -n lan link set eth0 up
ip -n router link add name wan type veth peer name eth0 netns internet; ip -n router link set wan up
ip -n router addr add 203.0.113.2/24 dev wan; ip -n internet addr add 203.0.113.1/24 dev eth0
ip -n internet addr add 8.8.8.8/32 dev eth0; ip -n internet link set eth0 up
ip route add default via 192.168.1.1; ip -n router route add 8.8.8.0/24 via 203.0.113.1
ip -n blue route add default via 192.168.15.5; ip -n red route add default via 192.168.15.5
sysctl -qw net.ipv4.ip_forward=1; ip netns exec router sysctl -qw net.ipv4.ip_forward=1
sysctl -qw net.bridge.bridge-nf-call-iptables=0; ip netns exec router sysctl -qw net.bridge.bridge-nf-call-iptables=0
for k in all default; do sysctl -qw net.ipv4.conf.$k.rp_filter=0
  for n in red blue lan router internet; do ip netns exec $n sysctl -qw net.ipv4.conf.$k.rp_filter=0; done; done
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE
ip netns exec router iptables -t nat -A POSTROUTING -s 192.168.1.0/24 -o wan -j MASQUERADE
ip netns exec blue nginx; ip netns exec lan nginx`;

/**
 * The faults that can occur in it, each a line for the host's shell. Chance (two owners of an address) is
 * left out.
 */
export const wrongCommands = [
  ...['vr', 'vb', 'v-net-0', 'eth0', 'lo'].map((link) => `ip link set ${link} down`),
  ...['red', 'blue', 'lan', 'internet'].map((node) => `ip -n ${node} link set eth0 down`),
  ...['br-lan', 'wan', 'lan2'].map((link) => `ip -n router link set ${link} down`),
  'ip link set vr nomaster',
  'ip link set vb nomaster',
  'ip -n router link set lan2 nomaster',
  'ip -n red addr flush dev eth0',
  'ip -n blue addr flush dev eth0',
  'ip addr flush dev v-net-0',
  'ip addr flush dev eth0',
  'ip -n red addr del 192.168.15.1/24 dev eth0; ip -n red addr add 192.168.15.1 dev eth0',
  'ip -n blue addr del 192.168.15.2/24 dev eth0; ip -n blue addr add 192.168.15.2 dev eth0',
  'ip -n lan addr del 192.168.1.3/24 dev eth0; ip -n lan addr add 192.168.1.3 dev eth0',
  'ip -n blue route del default',
  'ip -n red route del default',
  'ip route del default',
  'ip -n router route del 8.8.8.0/24',
  'ip -n blue route replace default via 192.168.15.1',
  'ip -n blue route replace default via 192.168.15.50',
  'ip -n blue route add unreachable 192.168.1.0/24',
  'ip -n router route replace 8.8.8.0/24 via 192.168.1.2',
  'ip -n lan route add 192.168.15.0/24 via 192.168.1.2',
  'ip -n lan route add default via 192.168.1.1',
  'sysctl -qw net.ipv4.ip_forward=0',
  'ip netns exec router sysctl -qw net.ipv4.ip_forward=0',
  'sysctl -qw net.ipv4.conf.all.rp_filter=1',
  'ip netns exec lan sysctl -qw net.ipv4.conf.all.rp_filter=1',
  'ip netns exec lan sysctl -qw net.ipv4.icmp_echo_ignore_all=1',
  'sysctl -qw net.bridge.bridge-nf-call-iptables=1',
  'iptables -t nat -F',
  'ip netns exec router iptables -t nat -F',
  'iptables -t nat -R POSTROUTING 1 -s 192.168.1.0/24 -j MASQUERADE',
  'iptables -t nat -I POSTROUTING -o eth0 -j SNAT --to-source 192.168.1.9',
  'iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80',
  'iptables -t nat -A PREROUTING -d 192.168.1.2 -p tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80',
  'iptables -t nat -A OUTPUT -d 192.168.1.2 -p tcp -j DNAT --to-destination 192.168.15.2',
  'iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 81',
  'iptables -P FORWARD DROP',
  'iptables -A FORWARD -j REJECT',
  'iptables -A FORWARD -i v-net-0 -j DROP',
  'iptables -A FORWARD -o v-net-0 -j DROP',
  'iptables -P FORWARD DROP; iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT; iptables -A FORWARD -i v-net-0 -j ACCEPT',
  'iptables -A INPUT -p icmp -j DROP',
  'iptables -A OUTPUT -d 192.168.15.0/24 -j DROP',
  'ip netns exec blue iptables -A INPUT -j REJECT',
  'ip netns exec lan iptables -A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset',
] as const;
