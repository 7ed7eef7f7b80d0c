#!/usr/bin/env bash
# strongSwan 5.9.8 (Debian 12, 5.9.8-5+deb12u6: charon and swanctl), iproute2 6.1, Linux 6.
#
# Traffic selectors of IKEv2 are ranges: swanctl.conf takes 10.1.0.10-10.1.0.20 for addresses and tcp/5000-5010 for
# ports (of the ports swanctl.conf(5) says that no kernel backend supports ranges, and not what becomes of them). The
# kernel's policies have a prefix and a mask. charon installs the smallest of them that holds the range, without a
# word: 10.1.0.0/27, the ports 4992 to 5023, and for tcp/1024-65535 every port. `swanctl --list-pols` goes on to show
# the ranges. `ip xfrm policy` shows the /27, but of the ports the value without its mask, as if it were the port
# 4992 alone. So a datagram of 10.1.0.25 asks for the tunnel, and one to port 22 does where 1024 and up were named:
# charon writes "creating acquire job" for both. 10.1.0.40 and port 5030 are left alone.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
command -v python3 >/dev/null || { echo 'no python3 here' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
version=5.9.8-5+deb12u6
apt-get -q download strongswan-swanctl=$version strongswan-charon=$version libstrongswan=$version \
  strongswan-libcharon=$version libgmp10=2:6.2.1+dfsg1-1.1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >charon.conf <<END
charon {
  load = random nonce aes sha1 sha2 hmac gmp kernel-netlink socket-default vici
  install_routes = no
  filelog {
    log {
      path = $work/log
      default = 1
      flush_line = yes
    }
  }
  plugins {
    vici {
      socket = unix://$work/vici
    }
  }
}
END
child() { printf '      %s {\n        local_ts = %s\n        remote_ts = %s\n        start_action = trap\n      }\n' "$@"; }
{
  printf 'connections {\n  far {\n    local_addrs = 10.0.0.1\n    remote_addrs = 10.0.0.2\n'
  printf '    local {\n      auth = psk\n    }\n    remote {\n      auth = psk\n    }\n    children {\n'
  child addresses 10.1.0.10-10.1.0.20 10.2.0.0/24
  child ports 10.3.0.0/24 '10.4.0.0/24[tcp/5000-5010]'
  child high 10.5.0.0/24 '10.6.0.0/24[tcp/1024-65535]'
  printf '    }\n  }\n}\n'
} >swanctl.conf

cat >inside <<'END'
ip link set lo up
ip link add wire type veth peer name far
ip link set wire up
ip link set far up
ip address add 10.0.0.1/24 dev wire
for address in 10.1.0.25 10.1.0.40 10.3.0.1 10.5.0.1; do ip address add $address/32 dev lo; done
for net in 2 4 6; do ip route add 10.$net.0.0/24 via 10.0.0.2; done
ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev wire
# charon looks for its plugins in /usr/lib/ipsec alone.
mount -t overlay -o "lowerdir=$PWD/tree/usr/lib:/usr/lib" none /usr/lib || exit 77
mount -t tmpfs none /run
export STRONGSWAN_CONF=$PWD/charon.conf LD_LIBRARY_PATH=/usr/lib/ipsec
timeout 50 /usr/lib/ipsec/charon >out 2>&1 &
server=$!
trap 'kill $server; wait $server || :' EXIT
tries=0
until [ -S vici ]; do kill -0 $server; [ $((tries += 1)) -lt 100 ]; sleep 0.1; done
control() { tree/usr/sbin/swanctl "$@" --uri "unix://$PWD/vici" 2>/dev/null; }
control --load-conns --file swanctl.conf >loaded
control --list-pols --trap | sed -n 's/^ *local: */swanctl: from /p; s/^ *remote: */swanctl: to /p' | sort
ip xfrm policy list dir out | sed -n 's/^src \(10.[135].*[^ ]\) *$/kernel: from \1/p' | sort
send() {
  python3 - "$@" <<'PYTHON'
import socket, sys
kind, source, target, port = sys.argv[1:]
one = socket.socket(type=getattr(socket, kind))
one.setblocking(False)
one.bind((source, 0))
try:
    one.connect((target, int(port)))
    if kind == 'SOCK_DGRAM':
        one.send(b'x')
except OSError:
    pass
PYTHON
}
# charon is asked once for each policy: what should not ask comes first.
send SOCK_DGRAM 10.1.0.40 10.2.0.1 53
send SOCK_DGRAM 10.1.0.25 10.2.0.1 53
send SOCK_STREAM 10.3.0.1 10.4.0.1 5030
send SOCK_STREAM 10.3.0.1 10.4.0.1 5020
send SOCK_STREAM 10.5.0.1 10.6.0.1 22
asked() { sed -nE 's/.*creating acquire job for policy ([0-9.]+).*=== ([0-9.]+).*\[(tcp|udp)\/(\w+)\].*/asks for the tunnel: \1 to \2, \3 \4/p' log; }
tries=0
until asked | grep -q '10.5.0.1 '; do [ $((tries += 1)) -lt 50 ]; sleep 0.1; done
asked | sort -u
END
code=0
unshare --net --mount timeout 60 bash -eu inside >seen || code=$?
[ $code -ne 77 ] || { echo 'no overlay file system here' >&2; exit 2; }
cat seen
[ $code -eq 0 ] || { tail -n 20 log; exit 1; }
cat >expected <<'END'
swanctl: from 10.1.0.10..10.1.0.20
swanctl: from 10.3.0.0/24
swanctl: from 10.5.0.0/24
swanctl: to 10.2.0.0/24
swanctl: to 10.4.0.0/24[tcp/5000-5010]
swanctl: to 10.6.0.0/24[tcp/1024-65535]
kernel: from 10.1.0.0/27 dst 10.2.0.0/24
kernel: from 10.3.0.0/24 dst 10.4.0.0/24 proto tcp dport 4992
kernel: from 10.5.0.0/24 dst 10.6.0.0/24 proto tcp
asks for the tunnel: 10.1.0.25 to 10.2.0.1, udp domain
asks for the tunnel: 10.3.0.1 to 10.4.0.1, tcp 5020
asks for the tunnel: 10.5.0.1 to 10.6.0.1, tcp ssh
END
diff expected seen
