#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3), radvd 2.19 (1:2.19-1+b1) on Linux 6.18 (seen); see rt6_score_route in
# net/ipv6/route.c.
#
# A host has a static default route, `ip -6 route add default via fe80::99`. A router on its link advertises itself: its
# default route comes beside the static one, with the same metric, 1024, and which of the two is taken the router says
# in its advertisement (RFC 4191): of medium preference it stays the second, with AdvDefaultPreference high all of the
# host's packets go by it. `ip -6 route` lists the static route first in both cases. In the other order, with the
# advertised route there already, the same command is refused: File exists, though it names another gateway. A metric
# of its own (`metric 100`) keeps the static route the first, and is taken at any time.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download radvd=1:2.19-1+b1 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x radvd_*.deb tree
! ldd tree/usr/sbin/radvd | grep -q 'not found' || { echo 'radvd lacks libraries here' >&2; exit 2; }

cat >inside <<'END'
unshare --net sleep infinity &
host=$!
radvd=
trap 'kill $host $radvd; wait $host $radvd 2>/dev/null || :' EXIT
end=$((SECONDS + 60))
# until COMMAND...: waits for it
await() { until "$@"; do [ "$SECONDS" -lt "$end" ] || { echo "not seen: $*" >&2; exit 2; }; done; }
apart() { [ "$(readlink /proc/$host/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
await apart
on_host() { nsenter --target $host --net "$@"; }
ip link add rt0 type veth peer name eth0 netns $host
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
ip address add fe80::1/64 dev rt0 nodad
ip link set rt0 up
on_host ip link set eth0 up
settled() { on_host ip -6 -o address show dev eth0 | grep inet6 | grep -vq tentative; }
await settled
# advertises PREFERENCE: until the host has the router's default route
advertises() {
  printf '%s\n' 'interface rt0 {' 'AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4;' \
    "AdvRASrcAddress { fe80::1; }; AdvDefaultPreference $1; };" >radvd.conf
  tree/usr/sbin/radvd --nodaemon --config radvd.conf --pidfile "$PWD/radvd.pid" --logmethod stderr 2>radvd.log &
  radvd=$!
  await heard
}
heard() { on_host ip -6 route show default | grep -q 'proto ra'; }
gone() { ! heard; }
# Its last words are an advertisement of lifetime 0.
silent() { kill $radvd; wait $radvd || :; radvd=; await gone; }
way() { on_host ip -6 route get 2001:4860::1 | sed 's/.* \(via [^ ]*\) .*/\1/'; }
listed() { on_host ip -6 route show default | sed 's/ dev.*//; s/default //' | xargs; }
for preference in low medium high; do
  on_host ip -6 route add default via fe80::99 dev eth0
  advertises $preference
  echo "advertised with preference $preference: listed $(listed), taken $(way)"
  on_host ip -6 route del default via fe80::99
  if [ $preference = high ]; then
    echo "added behind it: $(on_host ip -6 route add default via fe80::99 dev eth0 2>&1 | sed 's/.*: //')"
    on_host ip -6 route add default via fe80::99 dev eth0 metric 100
    echo "added behind it with metric 100: taken $(way)"
  fi
  silent
done
END
unshare --net --pid --fork --mount-proc bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
advertised with preference low: listed via fe80::99 via fe80::1, taken via fe80::99
advertised with preference medium: listed via fe80::99 via fe80::1, taken via fe80::99
advertised with preference high: listed via fe80::99 via fe80::1, taken via fe80::1
added behind it: File exists
added behind it with metric 100: taken via fe80::99
END
diff expected seen
