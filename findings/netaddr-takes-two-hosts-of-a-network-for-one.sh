#!/usr/bin/env bash
# netaddr 0.8.0 (Debian 12, python3-netaddr 0.8.0-2), Python 3.11.
#
# IPNetwork("10.0.0.1/24") keeps the host: its `ip` and its text have the 1. It equals IPNetwork("10.0.0.2/24") all the
# same, and has the same hash, for both are made of the first and last address of the network. A set or dict of the
# addresses of interfaces keeps one for each network, and a comparison of wanted and present sees no change. The ip_interface of Python's own ipaddress tells the two apart.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download python3-netaddr=0.8.0-2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x python3-netaddr_*.deb tree
PYTHONPATH=tree/usr/lib/python3/dist-packages /usr/bin/python3 - <<'END' | tee seen
import ipaddress, netaddr
for kind in (netaddr.IPNetwork, ipaddress.ip_interface):
    one, two = kind("10.0.0.1/24"), kind("10.0.0.2/24")
    print(kind.__name__, one, two, "equal:", one == two, "in a set:", len({one, two}))
END
cat >expected <<'END'
IPNetwork 10.0.0.1/24 10.0.0.2/24 equal: True in a set: 1
ip_interface 10.0.0.1/24 10.0.0.2/24 equal: False in a set: 2
END
diff expected seen
