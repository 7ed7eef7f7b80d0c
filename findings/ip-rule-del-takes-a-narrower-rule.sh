#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); read: rule_find in net/core/fib_rules.c.
#
# `ip rule del` compares only what it is given: a selector that the command leaves out is not "none" but "any". With
# `from 10.0.0.0/8 lookup 200` and, of lower preference, `from 10.0.0.0/8 iif eth0 lookup 300` or `from 10.0.0.0/8
# fwmark 1 lookup 100`, the words that made the first one without its table (`ip rule del from 10.0.0.0/8`) remove
# another: exit 0, no word. Rules added without a preference stand in reverse order, so the latest goes first. Even
# all the words of a rule remove a narrower one with the same table: `ip rule del from 10.0.0.0/8 table 200` takes
# `from 10.0.0.0/8 to 10.9.0.0/16 table 200`. Only the preference names a rule.
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
ip=tree/bin/ip
# beside NARROWER-RULE DELETED-WORDS
beside() {
  $ip rule add from 10.0.0.0/8 table 200 || { echo 'no rules here' >&2; exit 2; }
  $ip rule add $1
  code=0
  $ip rule del $2 || code=$?
  echo "'$2' beside '$1': exit $code"
  $ip rule show | sed -n 's/.*:[[:space:]]*\(from 10.*[^ ]\) *$/  left: \1/p'
  while $ip rule del from 10.0.0.0/8 2>/dev/null; do :; done
}
beside 'from 10.0.0.0/8 iif lo table 300' 'from 10.0.0.0/8'
beside 'from 10.0.0.0/8 fwmark 1 table 100' 'from 10.0.0.0/8'
beside 'from 10.0.0.0/8 to 10.9.0.0/16 table 200' 'from 10.0.0.0/8 table 200'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
'from 10.0.0.0/8' beside 'from 10.0.0.0/8 iif lo table 300': exit 0
  left: from 10.0.0.0/8 lookup 200
'from 10.0.0.0/8' beside 'from 10.0.0.0/8 fwmark 1 table 100': exit 0
  left: from 10.0.0.0/8 lookup 200
'from 10.0.0.0/8 table 200' beside 'from 10.0.0.0/8 to 10.9.0.0/16 table 200': exit 0
  left: from 10.0.0.0/8 lookup 200
END
diff expected seen
