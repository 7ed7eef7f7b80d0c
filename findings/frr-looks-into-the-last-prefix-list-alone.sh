#!/usr/bin/env bash
# FRR 8.4.4 (Debian 12, frr 8.4.4-1.1~deb12u2 with libyang2 2.1.30-2), its bgpd; BIRD 2.0.12 (bird2 2.0.12-7) as the
# peer; see route_map_add_match in lib/routemap.c.
#
# An entry of a route map with two lines, `match ip address prefix-list A` and `match ip address prefix-list B`: one
# of both is enough where a router takes several lists (`match ip address prefix-list A B` of Cisco's), or both are
# needed. In FRR it is neither: the second line takes the place of the first, without a word, also when both come from
# one file, so that of A nothing is let in. `match ip address ACL` beside a prefix list is another kind, and there both
# must match. A list more is an entry more.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download frr=8.4.4-1.1~deb12u2 libyang2=2.1.30-2 libc-ares2=1.18.1-3 bird2=2.0.12-7 \
  libssh-gcrypt-4=0.10.6-0+deb12u3 >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu):$(echo "$PWD"/tree/usr/lib/*-linux-gnu/frr)
! ldd tree/usr/lib/frr/bgpd tree/usr/sbin/bird | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >bird.conf <<'END'
router id 10.0.0.2;
protocol device {}
protocol static { ipv4; route 10.1.0.0/16 unreachable; route 192.0.2.0/24 unreachable; }
protocol bgp {
  local 10.0.0.2 port 1790 as 65002; neighbor 10.0.0.1 as 65001; multihop; passive;
  ipv4 { export all; import none; next hop self; };
}
END
# Asks bgpd at its terminal port, until it answers and has both of the peer's routes, then says which it took.
cat >ask.py <<'END'
import json, socket, sys, time
end = time.time() + 20
def ask(command):
    with socket.create_connection(("127.0.0.1", 2605), 5) as vty:
        vty.sendall(b"terminal length 0\n" + command + b"\nexit\n")
        text = b"".join(iter(lambda: vty.recv(65536), b"")).decode("latin-1").replace("\r", "")
    return json.loads(text[text.index("{", text.index(command.decode())):text.rindex("}") + 1])
while time.time() < end:
    try:
        if len(ask(b"show bgp ipv4 unicast neighbors 10.0.0.2 received-routes json")["receivedRoutes"]) == 2:
            print(*sorted(ask(b"show bgp ipv4 unicast json")["routes"]) or ["nothing"])
            sys.exit()
    except (OSError, KeyError, ValueError):
        time.sleep(0.1)
sys.exit(2)
END
cat >inside <<'END'
# bgpd keeps a directory there.
mount -t tmpfs none /var/tmp
ip link set lo up
ip address add 10.0.0.1/32 dev lo
ip address add 10.0.0.2/32 dev lo
tree/usr/sbin/bird -f -c bird.conf -s control -P bird.pid 2>bird.log &
bird=$!
bgpd=
trap 'kill $bird $bgpd; wait $bird $bgpd || :' EXIT
# takes CASE LINE...: what bgpd takes from the peer with these lines of configuration
takes() {
  printf '%s: ' "$1"
  shift
  printf '%s\n' "$@" 'router bgp 65001' 'bgp router-id 10.0.0.1' 'no bgp ebgp-requires-policy' \
    'neighbor 10.0.0.2 remote-as 65002' 'neighbor 10.0.0.2 port 1790' 'neighbor 10.0.0.2 ebgp-multihop' \
    'neighbor 10.0.0.2 update-source 10.0.0.1' 'neighbor 10.0.0.2 timers connect 1' 'address-family ipv4 unicast' \
    'neighbor 10.0.0.2 route-map IN in' 'neighbor 10.0.0.2 soft-reconfiguration inbound' 'line vty' 'no login' >conf
  tree/usr/lib/frr/bgpd -S -Z -n -p 0 -f "$PWD/conf" -i "$PWD/bgpd.pid" --vty_socket "$PWD" --log "file:$PWD/log" \
    -A 127.0.0.1 -P 2605 >/dev/null 2>&1 &
  bgpd=$!
  /usr/bin/python3 -I ask.py || { echo 'no session of BGP' >&2; exit 2; }
  kill $bgpd
  wait $bgpd || :
  bgpd=
  rm -f bgpd.pid
}
a='ip prefix-list A permit 10.1.0.0/16'
b='ip prefix-list B permit 192.0.2.0/24'
acl='access-list C permit 192.0.2.0/24'
map='route-map IN permit 10'
takes 'A' "$a" "$b" "$map" 'match ip address prefix-list A'
takes 'A, then B' "$a" "$b" "$map" 'match ip address prefix-list A' 'match ip address prefix-list B'
takes 'B, then A' "$a" "$b" "$map" 'match ip address prefix-list B' 'match ip address prefix-list A'
takes 'A, and an access list of B' "$a" "$acl" "$map" 'match ip address prefix-list A' 'match ip address C'
takes 'A in one entry, B in another' "$a" "$b" "$map" 'match ip address prefix-list A' \
  'route-map IN permit 20' 'match ip address prefix-list B'
END
unshare --net --mount --propagation private bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
A: 10.1.0.0/16
A, then B: 192.0.2.0/24
B, then A: 10.1.0.0/16
A, and an access list of B: nothing
A in one entry, B in another: 10.1.0.0/16 192.0.2.0/24
END
diff expected seen
