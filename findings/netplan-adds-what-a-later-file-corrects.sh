#!/usr/bin/env bash
# netplan 0.106 (Debian 12, netplan.io 0.106-2+deb12u1), its generator for systemd-networkd.
#
# A later file in /etc/netplan corrects an interface of an earlier one: another MTU, the right prefix length of the
# address, another name server and gateway. The MTU is replaced. Lists are joined: the interface gets the address with
# both lengths and asks the old name server first, and there are two default routes. Of these the generator complains
# in words that begin with Error, writes both and exits 0. A file can take nothing out of a list: who corrects an
# address must edit the file that has it.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download netplan.io=0.106-2+deb12u1 libnetplan0=0.106-2+deb12u1 >/dev/null 2>&1 ||
  { echo 'the package is not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH

mkdir -p root/etc/netplan
umask 077
cat >root/etc/netplan/50-made-at-set-up.yaml <<'END'
network:
  version: 2
  ethernets:
    eth0:
      mtu: 1500
      addresses: [10.0.0.5/16]
      nameservers: { addresses: [10.0.0.53] }
      routes: [{ to: default, via: 10.0.0.1 }]
END
cat >root/etc/netplan/90-correction.yaml <<'END'
network:
  version: 2
  ethernets:
    eth0:
      mtu: 1400
      addresses: [10.0.0.5/24]
      nameservers: { addresses: [10.0.0.54] }
      routes: [{ to: default, via: 10.0.0.2 }]
END
code=0
tree/usr/libexec/netplan/generate --root-dir root 2>complaint || code=$?
{
  echo "exit $code, complains: $(grep -o 'Error: Conflicting default route' complaint)"
  grep -hE '^(MTUBytes|Address|DNS|Gateway)=' root/run/systemd/network/*.network
} >seen
cat seen
cat >expected <<'END'
exit 0, complains: Error: Conflicting default route
MTUBytes=1400
Address=10.0.0.5/16
Address=10.0.0.5/24
DNS=10.0.0.53
DNS=10.0.0.54
Gateway=10.0.0.1
Gateway=10.0.0.2
END
diff expected seen
