/** a - r - b: two networks and the router between them, in both versions of IP, as a shell makes them. */
export const chain = `
set -e
for node in a r b; do
  ip netns add $node; ip -n $node link set lo up
  ip netns exec $node sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
done
ip link add name ar index 100 netns a type veth peer name ra index 101 netns r
ip link add name rb index 102 netns r type veth peer name bb index 103 netns b
ip -n a addr add 10.0.1.1/24 dev ar; ip -n r addr add 10.0.1.2/24 dev ra
ip -n r addr add 10.0.2.1/24 dev rb; ip -n b addr add 10.0.2.2/24 dev bb
ip -n a addr add fd00:1::1/64 dev ar; ip -n r addr add fd00:1::2/64 dev ra
ip -n r addr add fd00:2::1/64 dev rb; ip -n b addr add fd00:2::2/64 dev bb
for end in a:ar r:ra r:rb b:bb; do ip -n \${end%:*} link set \${end#*:} up; done
ip -n a route add default via 10.0.1.2; ip -n b route add default via 10.0.2.1
ip -n a route add default via fd00:1::2; ip -n b route add default via fd00:2::1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv6.conf.all.forwarding=1
`;
