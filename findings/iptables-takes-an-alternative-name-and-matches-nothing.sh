#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), nftables and libnftables1 1.0.6-2+deb12u2, iproute2 6.1.0-3 on Linux 6.18 (seen).
#
# An interface may have alternative names (`altname`; systemd-udevd gives some, enp1s0 beside eth0), and who looks an
# interface up by name in the kernel finds it by any of them: `ip address add ... dev enp1s0` works. A firewall compares
# the text of the first name: a rule of `iptables -i enp1s0` or `nft iifname enp1s0` is taken, listed as written, and
# matches no packet. `nft iif enp1s0`, which keeps a number, is refused: it looks in a list of its own.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 iproute2=6.1.0-3 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(dirname "$PWD"/tree/usr/lib/*/libnftables.so.1)
export XTABLES_LIBDIR=$LD_LIBRARY_PATH/xtables
ip=tree/bin/ip nft=tree/usr/sbin/nft
iptables() { tree/usr/sbin/xtables-nft-multi iptables "$@"; }
mkfifo held
unshare --net sh -c 'echo made; exec cat held' >made &
far=$!
exec 3<>held
until [ -s made ]; do sleep 0.05; done
there() { nsenter --net=/proc/$far/ns/net "$@"; }
$ip link add name eth0 type veth peer name peer netns $far
$ip link property add dev eth0 altname enp1s0 || { echo 'no alternative names here' >&2; exit 2; }
$ip link set dev lo up
$ip address add 192.0.2.1/24 dev enp1s0
$ip link set dev enp1s0 up
there $ip address add 192.0.2.2/24 dev peer
there $ip link set dev peer up
for name in eth0 enp1s0; do
  iptables -A INPUT -i $name -p udp
  $nft "add table ip t; add chain ip t in { type filter hook input priority 0; }"
  $nft "add rule ip t in iifname $name udp dport 9 counter"
  $nft "add rule ip t in iif $name" 2>/dev/null || echo "nft iif $name: refused"
done
there python3 -c 'import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 9))'
# The datagram waits for the neighbour: both ends are here, so it has come when a second question is answered.
there python3 -c 'import socket
s = socket.create_connection
try: s(("192.0.2.1", 9))
except ConnectionRefusedError: pass'
kill $far
iptables -L INPUT -v -n -x | awk '{ for (at = 3; at < 8; at++) if ($at ~ /^e/) print "iptables -i " $at ": " $1 }'
$nft list chain ip t in | sed -n 's/^[[:space:]]*\(iif[^ ]*\) "\([^"]*\)".*packets \([0-9]*\) .*/nft \1 \2: \3/p'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
nft iif enp1s0: refused
iptables -i eth0: 1
iptables -i enp1s0: 0
nft iifname eth0: 1
nft iifname enp1s0: 0
END
diff expected seen
