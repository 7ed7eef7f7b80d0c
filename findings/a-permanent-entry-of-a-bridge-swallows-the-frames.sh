#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see fdb_add_entry in net/bridge/br_fdb.c.
#
# A forwarding entry that is to stay: `bridge fdb add MAC dev p2 master`, for a host behind the port p2. Without one
# of the words static and dynamic, the entry is of the kind `permanent`, which on a bridge does not mean "for good"
# but "an address of the bridge itself": frames to that MAC are handed to the bridge's own host and do not leave by
# p2. The host is cut off by the entry that names its right port, and `bridge fdb show` lists it there. bridge(8)
# says so under `local`. With `static` the entry stays as well, and the frames go out.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

cat >inside <<'END'
mount -t tmpfs run /run
export PATH=$PWD/tree/bin:$PWD/tree/sbin:$PATH
ip link add br0 type bridge || { echo 'no bridges here' >&2; exit 2; }
ip link set br0 up
for host in 1 2; do
  ip netns add host$host
  ip link add p$host type veth peer name eth0 netns host$host
  ip link set p$host master br0 up
  ip -n host$host address add 10.0.0.$host/24 dev eth0
  ip -n host$host link set eth0 up
done
mac=$(ip -n host2 -o link show eth0 | sed -n 's/.*ether \([^ ]*\).*/\1/p')
replies() { ip netns exec host1 ping -n -q -c 1 -w 4 10.0.0.2 | sed -n 's/.*transmitted, \([0-9]*\) received.*/\1/p'; }
echo "learned: $(replies)"
for words in 'master' 'master static'; do
  bridge fdb replace $mac dev p2 $words
  listed=$(bridge fdb show br br0 | sed -n "s/^$mac dev p2 //p")
  echo "$words, listed as '$listed': $(replies)"
done
END
unshare --net --mount --propagation private bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
learned: 1
master, listed as 'master br0 permanent': 0
master static, listed as 'master br0 static': 1
END
diff expected seen
