#!/usr/bin/env bash
# unbound 1.17.1 (Debian 12, 1.17.1-2+deb12u4, as installed), glibc 2.36 as the client.
#
# `local-data: "www.corp.example. CNAME web.corp.example."` beside the address of web, both of unbound's own data: the
# question for www's A is answered with the CNAME and nothing behind it, NOERROR, although the same server has the
# address of web. A resolver's client does not go on from there: that is the resolver's work (RFC 1034, sections 5.2.2
# and 5.3.3), so glibc finds no address at once. `dig www` looks as if it worked. The same lines as a zone file
# (auth-zone) give the address. unbound.conf(5) sends "CNAME support" to a stub zone, and unbound takes the line.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no root, another unbound).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
[ "$(dpkg-query -W -f '${Version}' unbound 2>/dev/null)" = 1.17.1-2+deb12u4 ] ||
  { echo 'unbound is not here as stated' >&2; exit 2; }
command -v dig >/dev/null || { echo 'no dig here' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >zone <<'END'
$ORIGIN corp.example.
$TTL 300
@ SOA web host 1 3600 600 86400 300
@ NS web
www CNAME web
web A 192.0.2.1
END
echo 'nameserver 127.0.0.1' >resolv.conf
cat >inside <<'END'
ip link set lo up
mount --bind resolv.conf /etc/resolv.conf
# asked NAME: what the server answers with the lines on standard input
asked() {
  {
    printf '%s\n' 'server:' 'interface: 127.0.0.1' 'username: ""' 'chroot: ""' "directory: \"$PWD\"" \
      'do-daemonize: no' "pidfile: \"$PWD/pid\"" 'use-syslog: no' 'module-config: "iterator"'
    cat
  } >conf
  unbound -c conf >log 2>&1 &
  server=$!
  until dig +short +time=1 +tries=1 @127.0.0.1 web.corp.example | grep -qx 192.0.2.1; do kill -0 "$server"; done
  status=$(dig @127.0.0.1 www.corp.example | sed -n 's/.*status: \([A-Z]*\),.*/\1/p')
  answer=$(dig +short @127.0.0.1 www.corp.example | paste -sd' ')
  echo "$1: $status, $answer; glibc: $(getent hosts www.corp.example | sed -n '1s/ .*//p' | grep . || echo nothing)"
  kill "$server"
  wait "$server" || :
}
asked local-data <<LINES
local-zone: "corp.example." static
local-data: "www.corp.example. CNAME web.corp.example."
local-data: "web.corp.example. A 192.0.2.1"
LINES
asked auth-zone <<LINES
auth-zone:
name: "corp.example."
zonefile: "zone"
LINES
END
unshare --net --mount bash -eu inside | tee seen
cat >expected <<'END'
local-data: NOERROR, web.corp.example.; glibc: nothing
auth-zone: NOERROR, web.corp.example. 192.0.2.1; glibc: 192.0.2.1
END
diff expected seen
