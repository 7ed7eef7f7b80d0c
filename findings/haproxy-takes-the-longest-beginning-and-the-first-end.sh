#!/usr/bin/env bash
# HAProxy 2.6.12 (Debian 12, 2.6.12-1+deb12u4, as installed), curl to ask.
#
# A map of paths to backends, looked up with map_beg, takes the longest key that fits, wherever it stands: /api/v2 wins
# over /api above it. The same file of names, looked up with map_end (or map_dom, and paths with map_dir or map_sub),
# takes the first line that fits: `.test` above `.corp.test` gets every host of corp.test. The kinds that HAProxy can
# index (str, beg, ip: the narrowest network too) are trees, the others are lists in the order of the file. A map that
# was sorted by name, or made by a program in any order, is right with one converter and wrong with its neighbour.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no root, another HAProxy).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
[ "$(dpkg-query -W -f '${Version}' haproxy 2>/dev/null)" = 2.6.12-1+deb12u4 ] ||
  { echo 'haproxy is not here as stated' >&2; exit 2; }
command -v curl >/dev/null || { echo 'no curl here' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf '%s\n' '/api wide' '/api/v2 narrow' >paths
printf '%s\n' '.test wide' '.corp.test narrow' >names
printf '%s\n' '10.0.0.0/8 wide' '10.1.0.0/16 narrow' >networks
for list in paths names networks; do tac $list >$list-turned; done
cat >conf <<END
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend f
  bind 127.0.0.1:8080
END
# Twice: with the wide key above, and below.
for order in '' -turned; do
  {
    printf '  http-request return status 200 content-type text/plain lf-string "'
    printf '%s' "map_beg %[path,map_beg($work/paths$order)], map_dir %[path,map_dir($work/paths$order)], "
    printf '%s' "map_ip %[req.hdr(address),map_ip($work/networks$order)], "
    printf '%s' "map_end %[req.hdr(host),map_end($work/names$order)], "
    printf '%s' "map_dom %[req.hdr(host),map_dom($work/names$order)]"
    printf '" if { req.hdr(order) above%s }\n' "$order"
  } >>conf
done
cat >inside <<'END'
ip link set lo up
haproxy -db -f conf >log 2>&1 &
server=$!
until ss -Hltn sport = :8080 | grep -q 8080; do kill -0 "$server"; done
for order in above above-turned; do
  echo "$order: $(curl -s -H "order: $order" -H 'host: www.corp.test' -H 'address: 10.1.2.3' 127.0.0.1:8080/api/v2/x)"
done
kill "$server"
wait "$server" || :
END
unshare --net bash -eu inside | tee seen
cat >expected <<'END'
above: map_beg narrow, map_dir wide, map_ip narrow, map_end wide, map_dom wide
above-turned: map_beg narrow, map_dir narrow, map_ip narrow, map_end narrow, map_dom narrow
END
diff expected seen
