#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3), radvd 2.19 (1:2.19-1+b1) on Linux 6.18 (seen); see addrconf_prefix_rcv in
# net/ipv6/addrconf.c.
#
# A router takes back a prefix, by advertising it with a lifetime of 0. The host's route to the network goes at once,
# the address that it made of the prefix stays for two hours: an advertisement may not shorten an address's life below
# that (RFC 4862, section 5.5.3), and for the on-link route there is no such rule (RFC 4861, section 6.3.4). So
# it has an address of the /64, deprecated, and sends what is for its neighbours in that /64 to the router: whoever
# looks at `ip address` alone takes the network for connected.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download radvd=1:2.19-1+b1 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x radvd_*.deb tree
! ldd tree/usr/sbin/radvd | grep -q 'not found' || { echo 'radvd lacks libraries here' >&2; exit 2; }

cat >inside <<'END'
unshare --net sleep infinity &
host=$!
radvd=
trap 'kill $host $radvd; wait $host $radvd 2>/dev/null || :' EXIT
end=$((SECONDS + 60))
# until COMMAND...: waits for it
await() { until "$@"; do [ "$SECONDS" -lt "$end" ] || { echo "not seen: $*" >&2; exit 2; }; done; }
apart() { [ "$(readlink /proc/$host/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
await apart
on_host() { nsenter --target $host --net "$@"; }
ip link add rt0 type veth peer name eth0 netns $host
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
ip address add fe80::1/64 dev rt0 nodad
ip link set rt0 up
on_host ip link set eth0 up
settled() { on_host ip -6 -o address show dev eth0 | grep inet6 | grep -vq tentative; }
await settled
# advertises VALID PREFERRED
advertises() {
  printf '%s\n' 'interface rt0 {' 'AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4;' \
    'AdvRASrcAddress { fe80::1; };' "prefix 2001:db8:1::/64 { AdvValidLifetime $1; AdvPreferredLifetime $2; }; };" \
    >radvd.conf
  tree/usr/sbin/radvd --nodaemon --config radvd.conf --pidfile "$PWD/radvd.pid" --logmethod stderr 2>radvd.log &
  radvd=$!
}
route() { on_host ip -6 route show 2001:db8:1::/64 | grep -q .; }
no_route() { ! route; }
address() { on_host ip -6 -o address show dev eth0 to 2001:db8:1::/64; }
have() { address | grep inet6 | grep -vq tentative && route && on_host ip -6 route show default | grep -q via; }
state() {
  life=$(address | sed 's/.*valid_lft \([0-9]*\)sec.*/\1/')
  if [ "$life" -gt 7200 ]; then life='above 7200'; elif [ "$life" -gt 7100 ]; then life='at most 7200'; fi
  echo "$1: address $(address | grep -o deprecated || echo preferred), seconds left: $life;" \
    "route: $(on_host ip -6 route show 2001:db8:1::/64 | sed 's/ proto.*//' | grep . || echo none);" \
    "to a neighbour: $(on_host ip -6 route get 2001:db8:1::77 | sed 's/^[^ ]* from :: //; s/ proto.*//')"
}
advertises 86400 14400
await have
state 'valid for a day'
kill $radvd
wait $radvd || :
advertises 0 0
await no_route
back() { on_host ip -6 route show default | grep -q via; }
await back
state 'valid for 0 s'
END
unshare --net --pid --fork --mount-proc bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
valid for a day: address preferred, seconds left: above 7200; route: 2001:db8:1::/64 dev eth0; to a neighbour: dev eth0
valid for 0 s: address deprecated, seconds left: at most 7200; route: none; to a neighbour: via fe80::1 dev eth0
END
diff expected seen
