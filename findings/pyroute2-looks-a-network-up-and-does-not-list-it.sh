#!/usr/bin/env bash
# pyroute2 0.7.2 (Debian 12, python3-pyroute2 0.7.2-2), iproute2 6.1.0 (6.1.0-3) beside it, on Linux 6.18 (seen).
#
# A program adds a route unless it is there: `if not list(ipr.get_routes(dst='10.99.0.0/24')): ipr.route('add', ...)`.
# get_routes lists the routes of a family or table, so dst looks like one more filter. With dst it asks the kernel
# instead, as `ip route get` does: the answer is the way of a packet to 10.99.0.0, by the default route here, as an
# entry for 10.99.0.0/32. The route is "there", it is never added; on a host without a default route the same line
# raises Network is unreachable. The filter is ipr.route('dump', dst=...), which `ip route show 10.99.0.0/24` is.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download python3-pyroute2=0.7.2-2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x python3-pyroute2_*.deb tree
cat >ask.py <<'END'
import sys
sys.path.insert(0, "tree/usr/lib/python3/dist-packages")
from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError
ipr = IPRoute()
ipr.link("add", ifname="eth0", kind="veth", peer="far")
for name in "eth0", "far":
    ipr.link("set", ifname=name, state="up")
ipr.addr("add", index=ipr.link_lookup(ifname="eth0")[0], address="10.1.0.1", prefixlen=24)
def found(routes):
    return [f"{route.get_attr('RTA_DST')}/{route['dst_len']} via {route.get_attr('RTA_GATEWAY')}" for route in routes]
def ask(when):
    for name, call in ("get_routes", ipr.get_routes), ("route('dump')", lambda dst: ipr.route("dump", dst=dst)):
        try:
            print(f"{when}, {name}:", *(found(call(dst="10.99.0.0/24")) or ["nothing"]))
        except NetlinkError as error:
            print(f"{when}, {name}: {error.args[1]}")
ask("no route")
ipr.route("add", dst="default", gateway="10.1.0.2")
ask("a default route")
ipr.route("add", dst="10.99.0.0/24", gateway="10.1.0.3")
ask("the route too")
END
unshare --net /usr/bin/python3 -I ask.py >seen || exit
cat seen
cat >expected <<'END'
no route, get_routes: Network is unreachable
no route, route('dump'): nothing
a default route, get_routes: 10.99.0.0/32 via 10.1.0.2
a default route, route('dump'): nothing
the route too, get_routes: 10.99.0.0/32 via 10.1.0.3
the route too, route('dump'): 10.99.0.0/24 via 10.1.0.3
END
diff expected seen
