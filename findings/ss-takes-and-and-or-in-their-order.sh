#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); read: the grammar in misc/ssfilter.y, which has one level.
#
# ss(8) says that in a filter `and` binds closer than `or`, and that two conditions without a word between them are
# joined by `and`. ss takes them from left to right: `sport = :8080 or sport = :9090 and dst 192.0.2.1` is (8080 or
# 9090) and that address, so that a listener on 8080, which the first condition alone would show, is not there. Written
# the other way round, `sport = :9090 and dst 192.0.2.1 or sport = :8080`, the same conditions show it. Only `not` binds
# as the manual says. Parentheses are taken as they stand.
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
import socket, subprocess
subprocess.run(["tree/bin/ip", "link", "set", "lo", "up"], check=True)
listeners = []
for port in 8080, 9090:
    listeners.append(socket.create_server(("127.0.0.1", port)))
def shown(words):
    out = subprocess.run(["tree/bin/ss", "-Htan", words], capture_output=True, text=True, check=True).stdout
    found = sorted(line.split()[3].split(":")[1] for line in out.splitlines())
    print(f"{words}: {' '.join(found) or 'none'}")
shown("sport = :8080 or sport = :9090 and dst 192.0.2.1")
shown("sport = :8080 or sport = :9090 dst 192.0.2.1")
shown("sport = :9090 and dst 192.0.2.1 or sport = :8080")
shown("sport = :8080 or ( sport = :9090 and dst 192.0.2.1 )")
shown("not sport = :8080 or sport = :8080")
END
unshare --net python3 inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
sport = :8080 or sport = :9090 and dst 192.0.2.1: none
sport = :8080 or sport = :9090 dst 192.0.2.1: none
sport = :9090 and dst 192.0.2.1 or sport = :8080: 8080
sport = :8080 or ( sport = :9090 and dst 192.0.2.1 ): 8080
not sport = :8080 or sport = :8080: 8080 9090
END
diff expected seen
