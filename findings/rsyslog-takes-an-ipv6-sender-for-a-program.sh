#!/usr/bin/env bash
# rsyslog 8.2302.0 (Debian 12, rsyslog 8.2302.0-1+deb12u2 with libestr0 0.1.11-1 and libfastjson4 1.2304.0-1);
# syslog-ng 3.38.1 (syslog-ng-core 3.38.1-5+deb12u1) beside it.
#
# A message's HOSTNAME "will contain the hostname, the IPv4 address, or the IPv6 address of the originator" (RFC 3164,
# section 4.1.2). rsyslog reads `2001:db8::1 app: up` as a message of the program "2001" on whatever host the packet
# came from (a relay, or localhost), with the text "db8::1 app: up": files by %hostname% are those of the relay, and
# no rule for "app" sees it. syslog-ng reads host, program and text as they are; an IPv4 address both do. And of a
# program's path, `/usr/sbin/cron[3]:` as FreeBSD's cron has it, rsyslog's programname is empty: it ends at the first
# slash; of postfix/smtpd it is postfix.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download rsyslog=8.2302.0-1+deb12u2 libestr0=0.1.11-1 libfastjson4=1.2304.0-1 \
  syslog-ng-core=3.38.1-5+deb12u1 libivykis0=0.42.4-1 libnet1=1.1.6+dfsg-3.2 libpcre3=2:8.39-15 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
lib=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
LD_LIBRARY_PATH=$lib:$PWD/tree/usr/lib/syslog-ng:$(echo "$PWD"/tree/lib/*-linux-gnu)
export LD_LIBRARY_PATH
rsyslogd=$PWD/tree/usr/sbin/rsyslogd syslogng=$PWD/tree/usr/sbin/syslog-ng
! ldd "$rsyslogd" "$syslogng" | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >rsyslog.conf <<END
module(load="$lib/rsyslog/imudp.so")
template(name="parts" type="string" string="rsyslog: host %hostname%, program '%programname%', text '%msg%'\n")
input(type="imudp" address="127.0.0.1" port="5141")
*.* action(type="omfile" file="$work/by-rsyslog" template="parts")
END
cat >syslog-ng.conf <<END
@version: 3.38
options { keep-hostname(yes); };
source s { network(transport(udp) ip("127.0.0.1") port(5142)); };
destination d {
  file("$work/by-syslog-ng" template("syslog-ng: host \$HOST, program '\$PROGRAM', text '\$MSG'\n"));
};
log { source(s); destination(d); };
END
cat >inside <<'END'
ip link set lo up
"$1" -n -f rsyslog.conf -i "$PWD/rsyslog.pid" -M "$3/rsyslog" 2>errors &
rsyslog=$!
"$2" -F --no-caps -f syslog-ng.conf -R "$PWD/persist" -p "$PWD/syslog-ng.pid" -c "$PWD/syslog-ng.ctl" \
  --module-path="$PWD/tree/usr/lib/syslog-ng/3.38" 2>>errors &
syslogng=$!
trap 'kill $rsyslog $syslogng; wait $rsyslog $syslogng || :' EXIT
end=$((SECONDS + 30))
bound() { ss -Hlun | grep -q ':5141 ' && ss -Hlun | grep -q ':5142 '; }
until bound; do [ "$SECONDS" -lt "$end" ] || { cat errors >&2; exit 2; }; done
for message in '192.0.2.9 app: up' '2001:db8::1 app: up' 'box /usr/sbin/cron[3]: up' 'box postfix/smtpd[3]: up'; do
  for port in 5141 5142; do printf '<13>Nov 29 10:00:00 %s' "$message" >/dev/udp/127.0.0.1/$port; done
done
all() { [ "$(cat by-rsyslog by-syslog-ng 2>/dev/null | wc -l)" = 8 ]; }
until all; do [ "$SECONDS" -lt "$end" ] || { cat errors >&2; exit 2; }; done
paste -d '\n' by-rsyslog by-syslog-ng
END
unshare --net bash -eu inside "$rsyslogd" "$syslogng" "$lib" >seen || exit
cat seen
cat >expected <<'END'
rsyslog: host 192.0.2.9, program 'app', text ' up'
syslog-ng: host 192.0.2.9, program 'app', text 'up'
rsyslog: host localhost, program '2001', text 'db8::1 app: up'
syslog-ng: host 2001:db8::1, program 'app', text 'up'
rsyslog: host box, program '', text ' up'
syslog-ng: host box, program '/usr/sbin/cron', text 'up'
rsyslog: host box, program 'postfix', text ' up'
syslog-ng: host box, program 'postfix/smtpd', text 'up'
END
diff expected seen
