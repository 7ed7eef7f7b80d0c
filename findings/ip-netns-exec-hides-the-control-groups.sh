#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); read: netns_switch in lib/namespace.c.
#
# `ip netns exec` changes more than the network: it makes a mount namespace and a new sysfs on /sys, and what was mounted
# below /sys is not there any more. /proc/self/cgroup still names the program's control group, and its limits are in
# force, but /sys/fs/cgroup is empty: runtimes that read their limit of memory or processors there find none and take
# the whole computer's, and objects pinned below /sys/fs/bpf are not found. What the program mounts is seen by no other.
# `nsenter --net` keeps all mounts, and with them the first namespace's /sys/class/net.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes namespaces' >&2; exit 2; }
mountpoint -q /sys/fs/cgroup || { echo 'no control groups are mounted here' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

cat >inside <<'END'
mkdir -p /run/netns
# Names of its own: nothing of them is seen outside.
mount -t tmpfs none /run/netns
export PATH=$PWD/tree/bin:$PATH
ip netns add red
ip link add name outer type veth peer name inner netns red
cat >look <<'LOOK'
echo "$1: $(ls /sys/fs/cgroup | grep -c . | sed 's/^[1-9].*/some/') entries in /sys/fs/cgroup, \
$(grep -c / /proc/self/cgroup | sed 's/^[1-9].*/some/') groups in /proc/self/cgroup, \
inner in /sys/class/net: $(test -e /sys/class/net/inner && echo yes || echo no)"
LOOK
sh look 'first namespace'
ip netns exec red sh look 'ip netns exec'
nsenter --net=/run/netns/red sh look 'nsenter --net'
END
unshare --net --mount bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
first namespace: some entries in /sys/fs/cgroup, some groups in /proc/self/cgroup, inner in /sys/class/net: no
ip netns exec: 0 entries in /sys/fs/cgroup, some groups in /proc/self/cgroup, inner in /sys/class/net: yes
nsenter --net: some entries in /sys/fs/cgroup, some groups in /proc/self/cgroup, inner in /sys/class/net: no
END
diff expected seen
