#!/usr/bin/env bash
# Linux 6.18 (seen), 5.x to 6.x (read: devinet_init_net in net/ipv4/devinet.c, addrconf_init_net in
# net/ipv6/addrconf.c); tools: util-linux 2.38.1 (Debian 12, 2.38.1-5+deb12u3), whose unshare makes the namespaces.
#
# A new network namespace takes net.ipv4.conf.{all,default} from the machine's FIRST namespace, not from the one
# whose process makes it: with net.core.devconf_inherit_init_net at its default, 0. Seen in a namespace with
# rp_filter 1 and forwarding on in both families, of a namespace made there: rp_filter and ip_forward as the machine
# has them; IPv6 forwarding 0, for IPv6 takes nothing from anywhere. So on Debian 13 (rp_filter 2) or beside Docker
# (ip_forward 1) every namespace, nested or not, begins with that. The sysctl is there in the first namespace only.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here (the sysctl is not 0, no root).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
[ "$(cat /proc/sys/net/core/devconf_inherit_init_net)" = 0 ] || { echo 'devconf_inherit_init_net is not 0' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download util-linux=2.38.1-5+deb12u3 >/dev/null 2>&1
dpkg -x util-linux_*.deb tree
unshare=$work/tree/usr/bin/unshare

values='cd /proc/sys/net; cat ipv4/conf/default/rp_filter ipv4/ip_forward ipv6/conf/all/forwarding | xargs'
first=$(sh -c "$values")
# The maker's namespace is given the opposite of what the machine has.
nested=$("$unshare" --net sh -c '
  cd /proc/sys/net
  other() { [ "$(cat "$1")" = 0 ] && echo 1 >"$1" || echo 0 >"$1"; }
  other ipv4/conf/default/rp_filter; other ipv4/ip_forward; echo 1 >ipv6/conf/all/forwarding
  sh -c "$2"; exec "$1" --net sh -c "$2"; ' sh "$unshare" "$values")
{ read -r maker; read -r made; } <<<"$nested"
inherits=$("$unshare" --net sh -c 'ls /proc/sys/net/core/devconf_inherit_init_net 2>&1 || :')
echo "                       rp_filter ip_forward ipv6-forwarding"
echo "the machine's first:   $first"
echo "the maker's namespace: $maker"
echo "the one made in it:    $made"
echo "the sysctl inside:     $inherits"
[ "${made% *}" = "${first% *}" ] && [ "${made##* }" = 0 ] && [ "${made% *}" != "${maker% *}" ] &&
  [[ $inherits == *'No such file'* ]]
