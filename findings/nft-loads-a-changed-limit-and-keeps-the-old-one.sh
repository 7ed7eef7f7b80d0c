#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen); read: nf_tables_newobj in
# net/netfilter/nf_tables_api.c.
#
# A rules file that begins with `flush table` is loaded again after an edit: `nft -f` exits 0 and says nothing. Rules
# are replaced. A named limit with a new rate keeps its old one, for its kind has no update in the kernel, and an
# object that is there already is passed over in silence; so are a named ct timeout and a ct expectation. A named
# quota, written the same way beside it, does change. `flush table` leaves sets and policies too: an element that the
# file no longer has stays, and a chain whose `policy drop` was taken out of the file still drops.
# `delete table` before the table's lines (behind `add table`, for the first load) gives what the file says.
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

# file FIRST-LINE POLICY RATE QUOTA ELEMENTS
file() {
  cat <<END
$1
table inet t {
  limit slow { rate $3; }
  quota most { $4; }
  set known { type ipv4_addr; elements = { $5 }; }
  chain in {
    type filter hook input priority 0; $2
    icmp type echo-request limit name "slow" accept
    icmp type echo-request drop
    accept
  }
}
END
}
file '' 'policy drop;' '1/hour burst 1 packets' '100 mbytes' '192.0.2.1, 192.0.2.2' >first
file 'flush table inet t' '' '1000/second burst 1000 packets' '200 mbytes' '192.0.2.2' >edited
file 'delete table inet t' '' '1000/second burst 1000 packets' '200 mbytes' '192.0.2.2' >afresh

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
nft=tree/usr/sbin/nft
ip link set lo up
have() { # NAME: what there is after the file is loaded
  code=0
  said=$($nft -f "$1" 2>&1) || code=$?
  table=$($nft list table inet t)
  answers=$({ ping -n -q -c 5 -i 0.2 -W 0.5 127.0.0.1 || :; } | grep -o '[0-9]* received')
  echo "$1: exit $code${said:+, $said}; $(echo "$table" | grep -oE '1(000)?/(hour|second)'), $(echo "$table" |
    grep -o '[0-9]* mbytes'), $(echo "$table" | grep -oE 'policy [a-z]+'), elements: $(echo "$table" |
    grep -o '192\.0\.2\.[0-9]' | wc -l); $answers of 5 pings"
}
have first
have edited
have afresh
END
unshare --net bash -eu inside | tee seen
printf '%s\n' 'first: exit 0; 1/hour, 100 mbytes, policy drop, elements: 2; 1 received of 5 pings' \
  'edited: exit 0; 1/hour, 200 mbytes, policy drop, elements: 2; 0 received of 5 pings' \
  'afresh: exit 0; 1000/second, 200 mbytes, policy accept, elements: 1; 5 received of 5 pings' | diff - seen
