#!/usr/bin/env bash
# pyspf 2.0.14 (Debian 12, python3-spf 2.0.14-3, with python3-dns 3.2.1-2), Mail::SPF 2.9.0 (libmail-spf-perl 2.9.0-5
# with libnet-dns-perl 1.36-1+deb12u1, libnetaddr-ip-perl 4.079+dfsg-2+b1, liberror-perl 0.17029-2, liburi-perl
# 5.17-1), BIND 9.18 (bind9 1:9.18.49-1~deb12u3, as installed) to answer.
#
# `v=spf1 a:one a:two a:three ip6:2001:db8::/32 -all`: three hosts, each with an address, and the network of the rest.
# A mail from any of the hosts passes; one from an address of the network is a permanent error in both libraries,
# behind which a receiver may refuse it. For a client of IPv6 the mechanism `a` asks for AAAA (RFC 7208, section 5),
# a host of IPv4 has none, that is a void lookup (section 4.6.4), and the third of these is an error. So is a client of
# IPv4 where the hosts have IPv6 alone. The domain's names all exist, the ten lookups are not near, and a check made
# from IPv4 sees nothing. The same record with the network first passes.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no root, another BIND, no packages).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
[ "$(dpkg-query -W -f '${Version}' bind9 2>/dev/null)" = 1:9.18.49-1~deb12u3 ] ||
  { echo 'bind9 is not here as stated' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download python3-spf=2.0.14-3 python3-dns=3.2.1-2 libmail-spf-perl=2.9.0-5 \
  libnet-dns-perl=1.36-1+deb12u1 libnetaddr-ip-perl=4.079+dfsg-2+b1 liberror-perl=0.17029-2 liburi-perl=5.17-1 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
cat >zone <<'END'
$TTL 300
@ SOA ns host 1 3600 600 86400 300
@ NS ns
ns A 127.0.0.1
one A 192.0.2.1
two A 192.0.2.2
three A 192.0.2.3
last TXT "v=spf1 a:one.corp.test a:two.corp.test a:three.corp.test ip6:2001:db8::/32 -all"
first TXT "v=spf1 ip6:2001:db8::/32 a:one.corp.test a:two.corp.test a:three.corp.test -all"
END
cat >conf <<END
options {
  directory "$work"; pid-file "pid"; session-keyfile "key"; recursion no;
  listen-on { 127.0.0.1; }; listen-on-v6 { none; };
};
controls { };
zone "corp.test" { type primary; file "zone"; };
END
cat >check.py <<'END'
import sys
sys.path.insert(0, "tree/usr/lib/python3/dist-packages")
sys.modules["dns"] = None  # of its two resolvers, the one that was brought
import DNS, spf
DNS.defaults["server"] = ["127.0.0.1"]
spf.DNS.defaults["server"] = ["127.0.0.1"]
print(*spf.check2(sys.argv[1], "user@" + sys.argv[2], "mail.test"))
END
cat >check.pl <<'END'
use Mail::SPF;
my $resolver = Net::DNS::Resolver->new(nameservers => ['127.0.0.1'], recurse => 0);
my $request = Mail::SPF::Request->new(scope => 'mfrom', identity => "user\@$ARGV[1]", ip_address => $ARGV[0]);
my $result = Mail::SPF::Server->new(dns_resolver => $resolver)->process($request);
print $result->code, ' ', $result->local_explanation, "\n";
END
cat >inside <<'END'
ip link set lo up
/usr/sbin/named -g -c conf 2>log &
server=$!
trap 'kill "$server"; wait "$server" || :' EXIT
until ss -Hlun sport = :53 | grep -q 127.0.0.1; do kill -0 "$server"; done
export PERL5LIB=$PWD/tree/usr/share/perl5:$(echo "$PWD"/tree/usr/lib/*-linux-gnu/perl5/5.*)
for record in last first; do
  for client in 192.0.2.3 2001:db8::25; do
    echo "network $record, $client: pyspf $(/usr/bin/python3 check.py $client $record.corp.test)"
    echo "network $record, $client: Mail::SPF $(/usr/bin/perl check.pl $client $record.corp.test |
      sed "s/ is authorized .*//; s/ [a-z]*\.corp\.test: / /")"
  done
done
END
unshare --net bash -eu inside | tee seen
cat >expected <<'END'
network last, 192.0.2.3: pyspf pass sender SPF authorized
network last, 192.0.2.3: Mail::SPF pass 192.0.2.3
network last, 2001:db8::25: pyspf permerror SPF Permanent Error: Void lookup limit of 2 exceeded
network last, 2001:db8::25: Mail::SPF permerror Maximum void DNS look-ups limit (2) exceeded
network first, 192.0.2.3: pyspf pass sender SPF authorized
network first, 192.0.2.3: Mail::SPF pass 192.0.2.3
network first, 2001:db8::25: pyspf pass sender SPF authorized
network first, 2001:db8::25: Mail::SPF pass 2001:db8::25
END
diff expected seen
