#!/usr/bin/env bash
# dnsmasq 2.90 (Debian 12, dnsmasq-base 2.90-4~deb12u2); asked with dig of bind9-dnsutils, and with a program linked
# with musl 1.2.3 (musl-dev 1.2.3-1, built with tcc).
#
# `address=/web.corp.test/192.0.2.9` answers A. Beside `local=/corp.test/` (our zone, ask nobody else about it), which
# many configurations have, the question for AAAA of the same name gets NXDOMAIN: there is no such name, though A is
# answered. NXDOMAIN is said of a name, not of a type (RFC 2308), and musl takes it so: a program in Alpine finds no
# address at all, at once; glibc takes the A. Without any local= line the AAAA gets REFUSED, and musl gives up after
# 5 s. Only `local=/web.corp.test/`, the name itself, gives NOERROR without a record, and both find the address.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no root, the packages are not to be had).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null || :; rm -rf "$work"' EXIT
cd "$work"
apt-get -q -o APT::Sandbox::User=root download dnsmasq-base=2.90-4~deb12u2 musl-dev=1.2.3-1 \
  tcc=0.9.27+git20200814.62c30a4a-1 libtcc-dev=0.9.27+git20200814.62c30a4a-1 >/dev/null 2>&1 ||
  { echo 'the packages cannot be fetched' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >find.c <<'END'
#include <netdb.h>
#include <stdio.h>
int main(int count, char **words) {
  struct addrinfo *found;
  int failed = getaddrinfo(words[1], 0, 0, &found);
  puts(failed ? gai_strerror(failed) : "found");
  return 0;
}
END
tcc=$(echo tree/usr/lib/*/tcc) musl=$(echo tree/usr/lib/*-musl)
tree/usr/bin/tcc -B "$tcc" -nostdinc -nostdlib -static -I "$(echo tree/usr/include/*-linux-musl)" -I "$tcc/include" \
  -o find "$musl/crt1.o" "$musl/crti.o" find.c "$musl/libc.a" "$tcc/libtcc1.a" "$musl/crtn.o"

# A namespace of its own, in which 127.0.0.1 is the only name server.
echo 'nameserver 127.0.0.1' >resolv.conf
cat >inside <<'END'
ip link set lo up
mount --bind resolv.conf /etc/resolv.conf
ask() { # LOCAL...: the lines beside address=
  printf '%s\n' user=root no-hosts no-resolv "pid-file=$PWD/pid" address=/web.corp.test/192.0.2.9 "$@" >conf
  tree/usr/sbin/dnsmasq -C conf
  a=$(dig +short @127.0.0.1 web.corp.test A)
  status=$(dig @127.0.0.1 web.corp.test AAAA | sed -n 's/.*status: \([A-Z]*\),.*/\1/p')
  glibc=$(getent ahosts web.corp.test >/dev/null && echo found || echo nothing)
  echo "${*:-no local= line}: A $a, AAAA $status, glibc: $glibc, musl: $(./find web.corp.test)"
  kill "$(cat pid)"
  while kill -0 "$(cat pid 2>/dev/null)" 2>/dev/null; do sleep 0.05; done
}
ask
ask local=/corp.test/
ask local=/web.corp.test/
END
unshare --net --mount sh -eu inside | tee seen
printf '%s\n' 'no local= line: A 192.0.2.9, AAAA REFUSED, glibc: found, musl: Try again' \
  'local=/corp.test/: A 192.0.2.9, AAAA NXDOMAIN, glibc: found, musl: Name does not resolve' \
  'local=/web.corp.test/: A 192.0.2.9, AAAA NOERROR, glibc: found, musl: found' | diff - seen
