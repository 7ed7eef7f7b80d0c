#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen); read: nft_meta_get_eval_skugid in
# net/netfilter/nft_meta.c.
#
# A host whose output chain accepts `meta skuid 65534` and drops the rest lets that user's program connect and send.
# The program hands over 4 MB, closes and ends, all without an error: the end of it is still in the socket's buffer.
# From close on the socket has no owner: neither `meta skuid` nor `meta skuid !=` matches the packets, so what is left,
# the retransmissions and the FIN are dropped. The server has a part of the data and waits for the rest. A program that
# waits for the peer's end before it closes loses nothing, and neither does one whose established connections are
# accepted first.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >receive.py <<'END'
import socket
server = socket.create_server(("10.0.0.2", 80))
peer = server.accept()[0]
peer.settimeout(4)
got = 0
try:
    while data := peer.recv(65536):
        got += len(data)
    print("all of it" if got == 4000000 else "not all", "and the end")
except TimeoutError:
    print("a part of it, then silence" if 0 < got < 4000000 else f"{got} bytes")
END
cat >send.py <<'END'
import socket, sys
peer = socket.create_connection(("10.0.0.2", 80))
peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8000000)
peer.sendall(bytes(4000000))
if sys.argv[1] == "wait":
    peer.shutdown(socket.SHUT_WR)
    peer.recv(1)
peer.close()
END
cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
nft=tree/usr/sbin/nft
mount -t tmpfs run /run
ip netns add server
ip link add name eth0 type veth peer name eth0 netns server
ip address add 10.0.0.1/24 dev eth0
ip link set dev eth0 up
ip -n server address add 10.0.0.2/24 dev eth0
ip -n server link set dev eth0 up
# A slow line: what is handed over is not yet sent.
tc qdisc add dev eth0 root tbf rate 40mbit burst 32k latency 50ms || { echo 'no tbf here' >&2; exit 2; }
rules() { # FIRST-RULE
  $nft -f - <<RULES
table inet t
delete table inet t
table inet t {
  chain out {
    type filter hook output priority 0; policy drop;
    $1
    meta skuid 65534 accept
    meta skuid != 65534 counter
  }
}
RULES
}
transfer() { # HOW
  ip netns exec server /usr/bin/python3 -I receive.py >got &
  receiver=$!
  until ip netns exec server ss -Hltn sport = :80 | grep -q :80; do :; done
  code=0
  setpriv --reuid 65534 --clear-groups /usr/bin/python3 -I send.py "$1" || code=$?
  wait "$receiver"
  other=$($nft list table inet t | grep -c 'skuid != 65534 counter packets 0 ' || :)
  echo "the program ends with $code; the server has $(cat got); packets of another owner: $([ "$other" = 1 ] &&
    echo no || echo yes)"
}
rules ''
transfer close
rules ''
transfer wait
rules 'ct state established accept'
transfer close
END
unshare --net --mount --pid --fork --kill-child --mount-proc bash -eu inside >seen ||
  { status=$?; cat seen; exit "$status"; }
cat seen
printf '%s\n' \
  'the program ends with 0; the server has a part of it, then silence; packets of another owner: no' \
  'the program ends with 0; the server has all of it and the end; packets of another owner: no' \
  'the program ends with 0; the server has all of it and the end; packets of another owner: no' |
  diff - seen
