#!/usr/bin/env bash
# iperf3 3.12 (Debian 12: iperf3 and libiperf0 3.12-1+deb12u2, libsctp1 1.0.19+dfsg-2, iptables 1.8.9-2) on Linux 6.18 (seen).
#
# `iperf3 -u -J` has three sums at its end. `end.sum` holds what the client sent (bytes, bits_per_second) beside what the
# server missed (lost_packets, lost_percent): with half of all datagrams dropped it says 10 Mbit/s and 50 % lost.
# `end.sum_sent` says 0 % lost. What arrived is in `end.sum_received` alone.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iperf3=3.12-1+deb12u2 libiperf0=3.12-1+deb12u2 libsctp1=1.0.19+dfsg-2 iptables=1.8.9-2 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(dirname "$PWD"/tree/usr/lib/*/libiperf.so.0)
export XTABLES_LIBDIR=$LD_LIBRARY_PATH/xtables
mkfifo held
unshare --net sh -c 'echo made; exec cat held' >made &
server=$!
exec 3<>held
until [ -s made ]; do sleep 0.05; done
there() { nsenter --net=/proc/$server/ns/net "$@"; }
ip link add name here type veth peer name far netns $server
ip address add 192.0.2.1/24 dev here
ip link set dev here up
there ip address add 192.0.2.2/24 dev far
there ip link set dev far up
there tree/usr/sbin/xtables-nft-multi iptables -A INPUT -p udp -m statistic --mode nth --every 2 --packet 1 -j DROP ||
  { echo 'no such rules here' >&2; exit 2; }
there tree/usr/bin/iperf3 -s -1 >served &
# 0x1451 is its port, 0A a socket that listens.
for _ in $(seq 100); do there grep -q ':1451 .* 0A ' /proc/$server/net/tcp6 && break; sleep 0.05; done
tree/usr/bin/iperf3 -c 192.0.2.2 -u -b 10M -t 1 -J >result || { cat result served >&2; exit 2; }
kill $server
python3 -c 'import json
end = json.load(open("result"))["end"]
for name in "sum", "sum_sent", "sum_received":
    print(name, round(end[name]["bits_per_second"] / 1e6), "Mbit/s,", round(end[name]["lost_percent"], -1), "% lost")'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
sum 10 Mbit/s, 50.0 % lost
sum_sent 10 Mbit/s, 0 % lost
sum_received 5 Mbit/s, 50.0 % lost
END
diff expected seen
