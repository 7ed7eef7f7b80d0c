#!/usr/bin/env bash
# FRR 8.4.4 (Debian 12, frr 8.4.4-1.1~deb12u2 with libyang2 2.1.30-2), its bgpd; BIRD 2.0.12 (bird2 2.0.12-7) as the
# peer; see route_match_local_pref in bgpd/bgp_routemap.c.
#
# A route of another AS comes without LOCAL_PREF, and the router gives it the default, 100 (RFC 4271, section 5.1.5, and
# `bgp default local-preference`). A route map that lets in what has it, `match local-preference 100`, lets nothing in:
# the map sees the attribute as it came, not there, and holds that for 0, so `match local-preference 0` matches every
# such route. `set local-preference +50`, to prefer one of two peers, makes 50 of it; the route of the other one is
# compared with its 100, and wins.
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
protocol static { ipv4; route 10.1.0.0/16 unreachable; }
template bgp peer {
  multihop; passive;
  ipv4 { export all; import none; next hop self; };
}
protocol bgp two from peer { local 10.0.0.2 port 1790 as 65002; neighbor 10.0.0.12 as 65001; }
protocol bgp three from peer { local 10.0.0.3 port 1790 as 65003; neighbor 10.0.0.13 as 65001; }
END
# Asks bgpd at its terminal port, until both peers have sent their route, then says what it has of each of them.
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
        for peer in b"10.0.0.2", b"10.0.0.3":
            ask(b"show bgp ipv4 unicast neighbors " + peer + b" received-routes json")["receivedRoutes"]["10.1.0.0/16"]
        paths = ask(b"show bgp ipv4 unicast json")["routes"]["10.1.0.0/16"]
        # Of two with different preferences the better one is found a little later.
        best = [path["peerId"] for path in paths if path.get("selectionReason") == "Local Pref"]
        if best or len({path.get("locPrf") for path in paths}) == 1:
            print(*sorted(f"from {path['peerId']} with {path.get('locPrf', 'none')};" for path in paths),
                  "the best:", *best or ["not by preference"])
            sys.exit()
    except (OSError, KeyError, ValueError):
        pass
    time.sleep(0.1)
sys.exit(2)
END
cat >inside <<'END'
# bgpd keeps a directory there.
mount -t tmpfs none /var/tmp
ip link set lo up
for host in 1 2 3 12 13; do ip address add 10.0.0.$host/32 dev lo; done
tree/usr/sbin/bird -f -c bird.conf -s control -P bird.pid 2>bird.log &
bird=$!
bgpd=
trap 'kill $bird $bgpd; wait $bird $bgpd || :' EXIT
# takes CASE LINE...: what bgpd takes from the peer with these lines of configuration
takes() {
  printf '%s: ' "$1"
  shift
  {
    printf '%s\n' "$@" 'router bgp 65001' 'bgp router-id 10.0.0.1' 'no bgp ebgp-requires-policy'
    for peer in 2 3; do
      printf "neighbor 10.0.0.$peer %s\n" "remote-as 6500$peer" 'port 1790' ebgp-multihop 'timers connect 1' \
        "update-source 10.0.0.1$peer"
    done
    echo 'address-family ipv4 unicast'
    for peer in 2 3; do echo "neighbor 10.0.0.$peer soft-reconfiguration inbound"; done
    printf '%s\n' 'neighbor 10.0.0.2 route-map IN in' 'line vty' 'no login'
  } >conf
  tree/usr/lib/frr/bgpd -S -Z -n -p 0 -f "$PWD/conf" -i "$PWD/bgpd.pid" --vty_socket "$PWD" --log "file:$PWD/log" \
    -A 127.0.0.1 -P 2605 >/dev/null 2>&1 &
  bgpd=$!
  /usr/bin/python3 -I ask.py || { echo 'no session of BGP' >&2; exit 2; }
  kill $bgpd
  wait $bgpd || :
  bgpd=
  rm -f bgpd.pid
}
map='route-map IN permit 10'
takes 'match 100' "$map" 'match local-preference 100'
takes 'match 0' "$map" 'match local-preference 0'
takes 'no set' "$map"
takes 'set 150' "$map" 'set local-preference 150'
takes 'set +50' "$map" 'set local-preference +50'
END
unshare --net --mount --propagation private bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
match 100: from 10.0.0.3 with none; the best: not by preference
match 0: from 10.0.0.2 with none; from 10.0.0.3 with none; the best: not by preference
no set: from 10.0.0.2 with none; from 10.0.0.3 with none; the best: not by preference
set 150: from 10.0.0.2 with 150; from 10.0.0.3 with none; the best: 10.0.0.2
set +50: from 10.0.0.2 with 50; from 10.0.0.3 with none; the best: 10.0.0.3
END
diff expected seen
