#!/usr/bin/env bash
# pyroute2 0.7.2 (Debian 12, python3-pyroute2 0.7.2-2), iproute2 6.1.0 (6.1.0-3) beside it, on Linux 6.18 (seen).
#
# pyroute2's words are near those of iproute2, and what it does not know it leaves out, without an error. `metric=200`
# of a route, which is `priority` there: the route is made with metric 0, so that the spare one is the first, and the
# next with `metric=100` is refused as the same route. `mtu=1400`, which belongs into `metrics`: no MTU. A rule with
# `to='10.5.0.0/16'`, which is `dst`: a rule for all packets, and without a `priority` each rule gets 32000, so that
# the first one made comes first; the kernel's own choice, and iproute2's, puts the last one made first.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download python3-pyroute2=0.7.2-2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x python3-pyroute2_*.deb tree
cat >make.py <<'END'
import sys
sys.path.insert(0, "tree/usr/lib/python3/dist-packages")
from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError
ipr = IPRoute()
def tell(call, *words, **values):
    try:
        call(*words, **values)
        print("taken:", *(f"{name}={value}" for name, value in values.items()))
    except NetlinkError as error:
        print(f"{error.args[1]}:", *(f"{name}={value}" for name, value in values.items()))
tell(ipr.route, "add", dst="10.14.0.0/24", gateway="10.1.0.2", metric=200)
tell(ipr.route, "add", dst="10.14.0.0/24", gateway="10.1.0.3", metric=100)
tell(ipr.route, "add", dst="10.15.0.0/24", gateway="10.1.0.3", mtu=1400)
tell(ipr.route, "add", dst="10.16.0.0/24", gateway="10.1.0.3", priority=200, metrics={"mtu": 1400})
tell(ipr.rule, "add", table=101, to="10.5.0.0/16")
tell(ipr.rule, "add", table=102, dst="10.6.0.0/16")
END
cat >inside <<'END'
ip link add eth0 type veth peer name far
ip address add 10.1.0.1/24 dev eth0
ip link set far up
ip link set eth0 up
/usr/bin/python3 -I make.py
ip route add 10.17.0.0/24 via 10.1.0.3 metric 200
ip route show via 10.1.0.2
ip route show via 10.1.0.3
ip rule add to 10.7.0.0/16 lookup 103
ip rule add to 10.8.0.0/16 lookup 104
ip rule show | grep 'lookup 10'
END
unshare --net bash -eu inside | sed 's/[[:space:]]*$//; s/\t/ /' >seen || exit
cat seen
cat >expected <<'END'
taken: dst=10.14.0.0/24 gateway=10.1.0.2 metric=200
File exists: dst=10.14.0.0/24 gateway=10.1.0.3 metric=100
taken: dst=10.15.0.0/24 gateway=10.1.0.3 mtu=1400
taken: dst=10.16.0.0/24 gateway=10.1.0.3 priority=200 metrics={'mtu': 1400}
taken: table=101 to=10.5.0.0/16
taken: table=102 dst=10.6.0.0/16
10.14.0.0/24 dev eth0 proto static
10.15.0.0/24 dev eth0 proto static
10.16.0.0/24 dev eth0 proto static metric 200 mtu 1400
10.17.0.0/24 dev eth0 metric 200
31998: from all to 10.8.0.0/16 lookup 104
31999: from all to 10.7.0.0/16 lookup 103
32000: from all lookup 101
32000: from all to 10.6.0.0/16 lookup 102
END
diff expected seen
