#!/usr/bin/env bash
# BIRD 2.0.12 (Debian 12, bird2 2.0.12-7) on Linux 6.18 (seen).
#
# A route set by hand is left on a router (`ip route add 10.5.0.0/16 via 10.0.0.77`); BIRD, with `learn`, knows it with
# preference 10, and has a better one, here a static route with preference 200: `birdc show route` stars its own. The
# packets go by the other. BIRD does not replace an alien route, it adds its own beside it with metric 32 (the kernel
# protocol's default), and that of `ip route add` is 0, which the kernel takes first. `krt_metric = 5` set on a route
# changes nothing, also without a word: BIRD shows the 5 and writes 32. With `metric 0` in `protocol kernel` the two
# clash: BIRD's is refused (EEXIST in its log), and the star becomes an exclamation mark.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download bird2=2.0.12-7 libssh-gcrypt-4=0.10.6-0+deb12u3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
cat >conf <<'END'
router id 10.0.0.1;
protocol device {}
protocol kernel { learn; ipv4 { import all; export all; }; }
protocol static {
  ipv4;
  route 10.5.0.0/16 via 10.0.0.2;
  route 10.9.0.0/16 via 10.0.0.2 { krt_metric = 5; };
}
END
cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
ip link add name eth0 type veth peer name other
ip link set dev eth0 up
ip link set dev other up
ip address add 10.0.0.1/24 dev eth0
ip route add 10.5.0.0/16 via 10.0.0.77
tree/usr/sbin/bird -f -c conf -s control -P pid 2>log &
bird=$!
until ip route show proto bird | grep -q '10\.9'; do kill -0 "$bird"; done
show() { tree/usr/sbin/birdc -s control show route "$@"; }
echo "BIRD: $(show 10.5.0.0/16 | grep -A 1 '\*' | sed -n 's/.*via \([0-9.]*\).*/\1/p')"
echo "kernel: $(ip route get 10.5.0.1 | sed -n 's/.*via \([0-9.]*\).*/\1/p')"
echo "BIRD's metric: $(show all 10.9.0.0/16 | sed -n 's/.*metric: //p'), kernel's: $(ip route show 10.9.0.0/16 |
  grep -o 'metric [0-9]*')"
kill "$bird"
wait "$bird" || :
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
printf '%s\n' 'BIRD: 10.0.0.2' 'kernel: 10.0.0.77' "BIRD's metric: 5, kernel's: metric 32" | diff - seen
