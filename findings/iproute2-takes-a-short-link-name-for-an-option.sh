#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, package iproute2 6.1.0-3).
#
# `ip link add NAME type veth peer name OTHER` looks whether NAME begins an option before it takes it for a name:
# of one or two letters it often does. Seen, each in a namespace of its own:
#   n    exit 0, and the link that is made is called veth0: `n` was `name`, its value lost to `type`'s default
#   a    "type" is invalid lladdr (`address`)         t    Invalid "txqueuelen" value
#   d    argument of "dynamic" must be ...             l    either "dev" is duplicate, or "peer" is a garbage
#   g v  the link is made by that name
# A name behind `name` is taken as it is, whatever it is: `ip link add name n type veth ...`.
# Exit: 0 as stated, 1 if it is otherwise.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1
dpkg -x iproute2_*.deb tree
ip=$work/tree/bin/ip
"$ip" -V

# made WORDS...: what is there after `ip link add WORDS... type veth peer name zz`, and how that ended
made() {
  unshare --net bash -c 'ip=$1; shift
    "$ip" link add "$@" type veth peer name zz 2>error && code=0 || code=$?
    names=$("$ip" -o link | sed -E "s/^[0-9]+: ([^@:]+).*/\1/" | grep -vE "^(lo|zz)$" | tr "\n" " ")
    echo "exit $code, made: ${names:-nothing }$(head -n 1 error)"' bash "$ip" "$@"
}
wrong=0
expect() { # PATTERN WORDS...
  local pattern=$1 seen
  shift
  seen=$(made "$@")
  printf '%-8s %s\n' "$*" "$seen"
  [[ $seen =~ $pattern ]] || wrong=1
}
expect '^exit 0, made: veth0 ' n
expect '^exit [1-9].*nothing.*lladdr' a
expect '^exit [1-9].*nothing.*txqueuelen' t
expect '^exit [1-9].*nothing.*dynamic' d
expect '^exit [1-9].*nothing.*duplicate' l
expect '^exit 0, made: g ' g
expect '^exit 0, made: v ' v
expect '^exit 0, made: n ' name n
expect '^exit 0, made: a ' name a
exit "$wrong"
