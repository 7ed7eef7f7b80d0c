#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3), jq 1.6 (1.6-2.1+deb12u1) on Linux 6.18 (seen); read: print_encap_ip in
# ip/iproute_lwtunnel.c.
#
# `ip -j route` of a route with a lightweight tunnel (`encap ip`, the usual one with VXLAN or Geneve in external mode)
# writes the tunnel's keys into the route's own object: it has two keys `dst`, the network first and the tunnel's far
# end behind. JSON readers keep the last one (RFC 8259, section 4, leaves it to them): jq and Python say without a
# word that the destination of the route is the tunnel's end, and a program that compares routes by `dst` never finds
# this one. The text form is right. `select(.dst == "10.7.0.0/16")` gives nothing.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree
command -v jq >/dev/null || { echo 'no jq here' >&2; exit 2; }

cat >inside <<'END'
ip=tree/bin/ip
$ip link add name vx0 type vxlan external dstport 4789 2>/dev/null || { echo 'no VXLAN here' >&2; exit 2; }
$ip link set dev vx0 up
$ip route add 10.7.0.0/16 encap ip id 5 dst 192.0.2.9 dev vx0 2>/dev/null ||
  { echo 'no lightweight tunnels here' >&2; exit 2; }
echo "text: $($ip route show 10.7.0.0/16 | cut -d' ' -f1)"
echo "JSON: $($ip -j route show 10.7.0.0/16 | grep -oE '"dst": ?"[^"]*"' | sed 's/: /:/' | paste -sd' ')"
echo "jq: $($ip -j route show 10.7.0.0/16 | jq -r '.[].dst')"
read_dst='import json, sys; print(json.load(sys.stdin)[0]["dst"])'
echo "Python: $($ip -j route show 10.7.0.0/16 | /usr/bin/python3 -I -c "$read_dst")"
echo "jq, selected by dst: $($ip -j route show | jq '[.[] | select(.dst == "10.7.0.0/16")] | length') routes"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
printf '%s\n' 'text: 10.7.0.0/16' 'JSON: "dst":"10.7.0.0/16" "dst":"192.0.2.9"' 'jq: 192.0.2.9' 'Python: 192.0.2.9' \
  'jq, selected by dst: 0 routes' | diff - seen
