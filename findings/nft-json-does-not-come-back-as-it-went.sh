#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# `nft -j list ruleset` is what `nft -j -f` reads (libnftables-json(5)), so the one is kept as a copy to be loaded
# by the other. Loaded with exit 0, sets have lost `auto-merge` and `flags dynamic`, which the JSON does not have, and
# their comments, which it has: an update of a list of networks with one that touches an old one is refused from then
# on, and so is a rule that adds to the set. And where a map of verdicts jumps to a chain, the copy is not loaded at
# all: the JSON has maps with their elements before the chains, and is taken in its order. The text of `nft list
# ruleset`, of the same rules, brings back all of it.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
cat >sets <<'END'
table ip t {
  set networks {
    type ipv4_addr
    flags interval
    auto-merge
    comment "list of today"
    elements = { 10.0.0.0/24 }
  }
  set seen {
    type ipv4_addr
    size 10
    flags dynamic
  }
  chain c {
  }
}
END
cat >verdicts <<'END'
table ip t {
  map verdicts {
    type ipv4_addr : verdict
    elements = { 192.0.2.1 : jump office }
  }
  chain office {
  }
  chain c {
    ip saddr vmap @verdicts
  }
}
END
cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
nft=tree/usr/sbin/nft
# copied FILE OPTION: the rules of FILE, listed, flushed and loaded again, with or without JSON
copied() {
  local option=${2:-}
  $nft flush ruleset
  $nft -f "$1"
  $nft $option list ruleset >copy
  $nft list ruleset >before
  $nft flush ruleset
  $nft $option -f copy 2>error && echo "${option:-text} of $1: loaded" ||
    echo "${option:-text} of $1: $(sed -n 's/.*Error: //p' error | head -1)"
  $nft list ruleset | diff before - | sed -n 's/^<[[:space:]]*/  lost: /p' || :
}
# tries COMMAND
tries() { $nft "$1" 2>error && echo "  $1: done" || echo "  $1: $(sed -n 's/.*Error: //p' error | head -1)"; }
for option in '' -j; do
  copied sets "$option"
  tries 'add element ip t networks { 10.0.0.0/16 }'
  tries 'add rule ip t c add @seen { ip saddr }'
done
copied verdicts
copied verdicts -j | head -1
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
text of sets: loaded
  add element ip t networks { 10.0.0.0/16 }: done
  add rule ip t c add @seen { ip saddr }: done
-j of sets: loaded
  lost: auto-merge
  lost: comment "list of today"
  lost: flags dynamic
  add element ip t networks { 10.0.0.0/16 }: interval overlaps with an existing one
  add rule ip t c add @seen { ip saddr }: Could not process rule: Operation not supported
text of verdicts: loaded
-j of verdicts: Could not process rule: No such file or directory
END
diff expected seen
