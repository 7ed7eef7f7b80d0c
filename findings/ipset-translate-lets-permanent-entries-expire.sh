#!/usr/bin/env bash
# ipset 7.17 (Debian 12, 7.17-1), nftables 1.0.6 (1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# In a set of ipset with a default timeout an entry with `timeout 0` stays for good (ipset(8): zero means the entry
# is permanent), and `ipset save` writes it so. `ipset-translate restore` makes `timeout 0s` of it, nft takes that
# without a word as no timeout of its own, and the entry gets the set's default: what was to be there always is gone
# after some minutes. Nothing tells; the translated file, read by a person, looks right.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download ipset=7.17-1 libipset13=7.17-1 nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
ipset=tree/usr/sbin/ipset nft=tree/usr/sbin/nft
$ipset create hosts hash:ip timeout 2 2>/dev/null || { echo 'no ipset in this kernel' >&2; exit 2; }
$ipset add hosts 192.0.2.1 timeout 0
$ipset add hosts 192.0.2.2 timeout 600
$ipset save >saved
# As the man page has it: the name of the program says what is to be done.
ln -s "$PWD/$ipset" ipset-translate
./ipset-translate restore <saved >translated
echo "translated: $(grep -o '192.0.2.1[^}]*' translated)"
code=0
said=$($nft -f translated 2>&1) || code=$?
echo "nft: exit $code${said:+, $said}"
end=$((SECONDS + 10))
while $nft get element inet global hosts '{ 192.0.2.1 }' >/dev/null 2>&1 && [ "$SECONDS" -lt "$end" ]; do :; done
for host in 192.0.2.1 192.0.2.2; do
  old=$($ipset -q test hosts $host && echo there || echo gone)
  new=$($nft get element inet global hosts "{ $host }" >/dev/null 2>&1 && echo there || echo gone)
  echo "$host: ipset $old, nft $new"
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
printf '%s\n' 'translated: 192.0.2.1 timeout 0s ' 'nft: exit 0' '192.0.2.1: ipset there, nft gone' \
  '192.0.2.2: ipset there, nft there' | diff - seen
