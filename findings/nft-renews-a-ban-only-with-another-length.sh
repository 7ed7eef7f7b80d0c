#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# An element that is in a set is added again, as a program does that bans an address once more: `add element t s
# { 10.0.0.1 timeout 4s }`, 3 seconds after the same command. Exit 0, and the ban ends with the first 4 seconds: the
# time is not begun anew. With another length, 5s, it is: the ban goes on. And without a length it is changed too: in
# a set with a default the hour of the first command becomes the default's 2 seconds, in a set without one the ban of
# 2 seconds becomes one for good. A comment that comes with the second command is dropped without a word.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
nft=tree/usr/sbin/nft
$nft 'add table t; add set t plain { type ipv4_addr; flags timeout; }; add set t short { type ipv4_addr; timeout 2s; }' ||
  { echo 'no nftables here' >&2; exit 2; }
there() { $nft get element t $1 "{ $2 }" >/dev/null 2>&1 && echo 'still there' || echo gone; }

for second in 4s 5s; do $nft "add element t plain { 10.0.0.${second%s} timeout 4s }"; done
sleep 3
for second in 4s 5s; do $nft "add element t plain { 10.0.0.${second%s} timeout $second }"; done
sleep 2
for second in 4s 5s; do echo "4s, after 3 s $second, after 5 s: $(there plain 10.0.0.${second%s})"; done

$nft 'add element t short { 10.0.0.6 timeout 1h }; add element t plain { 10.0.0.7 timeout 2s comment "first" }'
$nft 'add element t short { 10.0.0.6 }; add element t plain { 10.0.0.7 comment "second" }'
sleep 3
echo "1h, then the default of 2s, after 3 s: $(there short 10.0.0.6)"
echo "2s, then no length, after 3 s: $(there plain 10.0.0.7), comment$($nft list set t plain | grep -o ' "[a-z]*"')"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
4s, after 3 s 4s, after 5 s: gone
4s, after 3 s 5s, after 5 s: still there
1h, then the default of 2s, after 3 s: gone
2s, then no length, after 3 s: still there, comment "first"
END
diff expected seen
