#!/usr/bin/env bash
# Linux 6.18 (seen); read: ip_error in net/ipv4/route.c, icmpv4_xrlim_allow in net/ipv4/icmp.c.
#
# A router without a route answers a ping every second with Destination Net Unreachable a few times, then never again
# as long as the ping goes on. ip_error takes a second's worth of tokens from the peer (rate_tokens) for each such
# packet, and icmp_send takes another from the same inet_peer for the error itself. One token comes back each second:
# ip_error spends it, and none is left for icmp_send, so the error is not sent although it has been paid for. At one
# ping in 2.1 seconds all are answered; so are all at one a second where a rule refuses (icmp_send alone).
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes namespaces' >&2; exit 2; }
[ "${1:-}" = inside ] || exec unshare --mount --net --pid --fork --mount-proc "$(readlink -f "$0")" inside

mount -t tmpfs run /run
ip netns add router
ip link add eth0 type veth peer name eth0 netns router
ip address add 10.0.0.1/24 dev eth0
ip link set eth0 up
ip -n router address add 10.0.0.2/24 dev eth0
ip -n router link set eth0 up
ip route add default via 10.0.0.2
ip netns exec router sysctl -qw net.ipv4.ip_forward=1
ip netns exec router iptables -A FORWARD -d 10.2.0.0/16 -j REJECT --reject-with icmp-net-unreachable ||
  { echo 'no iptables here' >&2; exit 2; }
# By another link than the ping came in by: a redirect would be charged to the same peer.
ip -n router link add name other type bridge
ip -n router link set other up
ip -n router route add 10.2.0.0/16 dev other

# errors ADDRESS COUNT INTERVAL: how many of the pings were answered with an error
errors() { { ping -n -c "$2" -i "$3" -W 0.5 "$1" || :; } | grep -c 'Destination Net Unreachable' || :; }

each_second=$(errors 10.1.0.1 12 1)
sleep 6 # the longest that tokens are saved for
each_two=$(errors 10.1.0.1 8 2.1)
sleep 6
refused=$(errors 10.2.0.1 12 1)
echo "no route, a ping a second: $each_second of 12; every 2.1 s: $each_two of 8; refused by a rule, a ping a second: $refused of 12"
[ "$each_second" -lt 6 ] && [ "$each_two" -eq 8 ] && [ "$refused" -eq 12 ]
