#!/usr/bin/env bash
# net-tools 2.10 (Debian 12, 2.10-0.1+deb12u2) and iproute2 6.1.0 (6.1.0-3) on Linux 6.18 (seen); read: rtentry_to_fib_config
# in net/ipv4/fib_frontend.c, which asks for a route to be made and not for a new one (no NLM_F_EXCL).
#
# `ip route add` refuses a second route to a destination of the same metric (File exists). `route add` of the same words
# takes it, exit 0, and puts it before the first one: all packets go to the gateway typed last, and the first is listed
# below it. `route del default` then takes away the newer one alone. Only a route that is the same in all is refused.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download net-tools=2.10-0.1+deb12u2 iproute2=6.1.0-3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
ip=tree/bin/ip route=tree/sbin/route
$ip link add name eth0 type veth peer name eth1
$ip link set dev eth1 up
$ip address add 192.0.2.1/24 dev eth0
$ip link set dev eth0 up
exit_of() { code=0; "$@" 2>/dev/null || code=$?; echo "${*##*/}: exit $code"; }
exit_of $ip route add default via 192.0.2.2
exit_of $ip route add default via 192.0.2.3
exit_of $route add default gw 192.0.2.3
exit_of $route add default gw 192.0.2.3
$ip route show default | sed 's/ *$//'
echo "taken: $($ip route get 203.0.113.1 | grep -o 'via [^ ]*')"
exit_of $route del default
$ip route show default | sed 's/ *$//'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
ip route add default via 192.0.2.2: exit 0
ip route add default via 192.0.2.3: exit 2
route add default gw 192.0.2.3: exit 0
route add default gw 192.0.2.3: exit 7
default via 192.0.2.3 dev eth0
default via 192.0.2.2 dev eth0
taken: via 192.0.2.3
route del default: exit 0
default via 192.0.2.2 dev eth0
END
diff expected seen
