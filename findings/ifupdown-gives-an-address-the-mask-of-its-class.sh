#!/usr/bin/env bash
# ifupdown 0.8.41 (Debian 12).
#
# `address 10.0.0.1` without a length or netmask in /etc/network/interfaces, a static interface: neither an error nor
# the /32 that `ip address add` would make of it. ifupdown fills in the mask of the address's class, as before CIDR:
# 255.0.0.0 for 10.0.0.1, so that all of 10.0.0.0/8 becomes a neighbour; 255.255.0.0 for 172.16.3.1. The inet6 stanza beside it is filled in with nothing: a /128.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download ifupdown=0.8.41 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x ifupdown_*.deb tree
cat >interfaces <<'END'
iface eth0 inet static
  address 10.0.0.1
iface eth1 inet static
  address 172.16.3.1
iface eth2 inet static
  address 192.168.1.1
iface eth3 inet6 static
  address 2001:db8::1
END
for name in eth0 eth1 eth2 eth3; do
  tree/sbin/ifup --no-act --force --verbose --state-dir "$work" --interfaces interfaces $name 2>&1 |
    sed -n 's/[ \t]\+/ /g; s/^ *ip \(-6 \)*addr add \([^ ]*\) .*/'$name': \2/p'
done | tee seen
cat >expected <<'END'
eth0: 10.0.0.1/255.0.0.0
eth1: 172.16.3.1/255.255.0.0
eth2: 192.168.1.1/255.255.255.0
eth3: 2001:db8::1
END
diff expected seen
