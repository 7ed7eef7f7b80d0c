#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), its nft and its legacy form alike, on Linux 6.18 (seen).
#
# `iptables-restore --noflush` is to leave what is there (iptables-restore(8): "don't flush the previous contents of
# the table"). The line `:WEB - [0:0]`, which iptables-save writes for every chain of a table, makes the chain where
# there is none; where there is one, it empties it, --noflush or not. A built-in chain keeps its rules, and takes the
# policy and counters of its line: `:INPUT ACCEPT [0:0]` undoes `iptables -P INPUT DROP`. So a part of a saved file
# that is added to a running firewall replaces some of it. To add to a chain, the file must not name it with `:`.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iptables_*.deb tree

cat >inside <<'END'
export XTABLES_LIBDIR=$(echo "$PWD"/tree/usr/lib/*-linux-gnu/xtables) XTABLES_LOCKFILE=$PWD/lock
# added FORM LINE...: what there is after the lines are added to a chain with a rule of its own
added() {
  tables=tree/usr/sbin/xtables-$1-multi
  $tables iptables -N WEB 2>/dev/null || { echo "no iptables of the $1 form here" >&2; exit 2; }
  $tables iptables -A WEB -s 192.0.2.1 -j ACCEPT
  $tables iptables -A INPUT -j WEB
  $tables iptables -P INPUT DROP
  printf '%s\n' '*filter' "${@:2}" '-A WEB -s 192.0.2.2 -j ACCEPT' COMMIT |
    $tables iptables-restore --noflush
  hosts=$($tables iptables -S WEB | grep -o '192\.0\.2\.[0-9]' | paste -sd' ')
  jumps=$($tables iptables -S INPUT | grep -c 'INPUT -j WEB')
  echo "$1, '${*:2}': WEB has $hosts; $jumps jump, $($tables iptables -S INPUT | grep -- '-P')"
  $tables iptables -F
  $tables iptables -X
}
for form in nft legacy; do
  added $form
  added $form ':WEB - [0:0]'
  added $form ':INPUT ACCEPT [0:0]'
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
for form in nft legacy; do
  cat <<END
$form, '': WEB has 192.0.2.1 192.0.2.2; 1 jump, -P INPUT DROP
$form, ':WEB - [0:0]': WEB has 192.0.2.2; 1 jump, -P INPUT DROP
$form, ':INPUT ACCEPT [0:0]': WEB has 192.0.2.1 192.0.2.2; 1 jump, -P INPUT ACCEPT
END
done | diff - seen
