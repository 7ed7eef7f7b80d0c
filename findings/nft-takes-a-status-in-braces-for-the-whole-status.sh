#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12: nftables and libnftables1 1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# Of a connection whose destination was translated `ct status dnat` is true: it asks whether that bit is set. In braces
# with another one, `ct status { snat, dnat }`, the whole status is looked for in a set of two: it has other bits too
# (confirmed, seen-reply), so no packet of any connection matches. Braces around one alone are taken away as the rule
# is read and match; a second word turns the rule off. `ct status != dnat` compares the whole as well, and is true of
# the same packets as `ct status dnat`. Flags of TCP go the same way: `tcp flags syn` takes SYN+ACK with it, `tcp flags
# { syn, ack }` leaves it out.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 iproute2=6.1.0-3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >rules <<'END'
table ip t {
  chain out {
    type nat hook output priority -100
    tcp dport 8080 dnat to 127.0.0.1:9090
  }
  chain in {
    type filter hook input priority 0
    counter comment "all"
    ct status dnat counter comment "ct status dnat"
    ct status { dnat } counter comment "ct status { dnat }"
    ct status { snat, dnat } counter comment "ct status { snat, dnat }"
    ct status != dnat counter comment "ct status != dnat"
    tcp flags syn counter comment "tcp flags syn"
    tcp flags { syn, ack } counter comment "tcp flags { syn, ack }"
  }
}
END
cat >inside <<'END'
export LD_LIBRARY_PATH=$(dirname tree/usr/lib/*/libnftables.so.1)
nft=tree/usr/sbin/nft
tree/bin/ip link set dev lo up
$nft -f rules || { echo 'no such rules here' >&2; exit 2; }
python3 -c 'import socket, subprocess
server = socket.create_server(("127.0.0.1", 9090))
client = socket.create_connection(("127.0.0.1", 8080))
peer, _ = server.accept()
# SYN, SYN+ACK and ACK, while both ends are open.
with open("listed", "w") as out: subprocess.run(["tree/usr/sbin/nft", "list", "ruleset"], stdout=out, check=True)'
sed -n 's/.*counter packets \([0-9]*\) .*comment "\(.*\)"/\2: \1/p' listed
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
all: 3
ct status dnat: 3
ct status { dnat }: 3
ct status { snat, dnat }: 0
ct status != dnat: 3
tcp flags syn: 2
tcp flags { syn, ack }: 2
END
diff expected seen
