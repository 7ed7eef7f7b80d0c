#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); read: sockstat_seq_show in net/ipv4/proc.c.
#
# In /proc/net/sockstat `inuse` and `tw` of TCP are of the network namespace, `orphan`, `alloc` and `mem` of the whole
# kernel: two scopes in one line. `ss -s` takes what of `alloc` is not in use for closed sockets. In a namespace without
# a socket it speaks of as many closed ones as all other namespaces have open; a leak of sockets is looked for in the
# container that has none.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

cat >inside <<'END'
import re, socket, subprocess
def closed_elsewhere():
    out = subprocess.run(["unshare", "--net", "tree/bin/ss", "-s"], capture_output=True, text=True, check=True).stdout
    counts = re.search(r"^TCP: +(\d+) \(estab (\d+), closed (\d+)", out, re.M)
    return [int(count) for count in counts.groups()]
total, established, closed = closed_elsewhere()
listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(2000)]
more, established, closed_now = closed_elsewhere()
# The kernel sums what each processor counted from time to time.
grew = closed_now - closed
print(f"an empty namespace while another one opens 2000 listeners: {'2000' if 1800 <= grew <= 2200 else grew} more closed")
print(f"established there: {established}")
END
ulimit -n 4096
unshare --net sh -c 'tree/bin/ip link set dev lo up && python3 inside' >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
an empty namespace while another one opens 2000 listeners: 2000 more closed
established there: 0
END
diff expected seen
