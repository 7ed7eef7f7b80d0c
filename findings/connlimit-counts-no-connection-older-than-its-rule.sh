#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), nftables 1.0.6 (1.0.6-2+deb12u2) on Linux 6.18 (seen); see nf_conncount_count in
# net/netfilter/nf_conncount.c.
#
# `-m connlimit --connlimit-above 2` matches, says iptables-extensions(8), "if the number of existing connections is
# above" 2. A host with three connections open is to get no fourth: it gets a fourth and a fifth. The rule counts the
# connections whose packets it has seen, so with `--syn` none that is older than the rule, however long it stays.
# Loading the same rules again begins at nothing once more. `ct count over 2` of nftables counts in the same way.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export XTABLES_LIBDIR=$LD_LIBRARY_PATH/xtables
ip link set lo up
exec /usr/bin/python3 -I connect.py
END
cat >connect.py <<'END'
import socket, subprocess, sys

server = socket.create_server(("127.0.0.1", 8000), backlog=64)
opened = []

def more():
    """How many connections more are let in, up to 9."""
    for count in range(9):
        client = socket.socket()
        client.settimeout(5)
        try:
            client.connect(("127.0.0.1", 8000))
        except OSError:
            return count
        opened.append(client)
    return 9

def load(command):
    program, *words = command.split()
    if subprocess.run(["tree/usr/sbin/" + program, *words]).returncode:
        print("no such rule in this kernel", file=sys.stderr)
        sys.exit(2)

def close():
    while opened:
        opened.pop().close()

limit = "INPUT -p tcp --syn --dport 8000 -m connlimit --connlimit-above 2 -j REJECT --reject-with tcp-reset"
count = "add rule t input tcp dport 8000 tcp flags syn ct count over 2 reject with tcp reset"
tables = "xtables-nft-multi iptables"
ways = {
    "connlimit": (f"{tables} -A INPUT -m conntrack --ctstate INVALID -j DROP", f"{tables} -A {limit}",
                  f"{tables} -R {limit.replace('INPUT', 'INPUT 2')}", f"{tables} -F"),
    "ct count": ("nft add table t;add chain t input { type filter hook input priority 0; }", f"nft {count}",
                 f"nft flush chain t input;{count}", "nft delete table t"),
}
for name, (begin, rule, again, end) in ways.items():
    load(begin)
    for _ in range(3):
        opened.append(socket.create_connection(("127.0.0.1", 8000)))
    load(rule)
    print(f"{name}: 3 open, then the rule, let in: {more()}")
    load(again)
    print(f"{name}: {len(opened)} open, the rule loaded again, let in: {more()}")
    close()
    load(end)
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
connlimit: 3 open, then the rule, let in: 2
connlimit: 5 open, the rule loaded again, let in: 2
ct count: 3 open, then the rule, let in: 2
ct count: 5 open, the rule loaded again, let in: 2
END
diff expected seen
