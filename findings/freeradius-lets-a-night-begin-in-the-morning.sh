#!/usr/bin/env bash
# FreeRADIUS 3.2.1 (Debian 12, 3.2.1+dfsg-4+deb12u1), with the clock of libfaketime (0.9.10-2.1).
#
# Login-Time := "Fr2200-0600" is Friday from 22:00 to midnight and, before that, Friday from midnight to 06:00: the
# hours behind midnight belong to the day that is named, not to the night that begins on it. On Saturday at 01:00 the
# user is refused; on Friday at 01:00, in Thursday's night, he comes in. "Wk2200-0600" (Monday to Friday) has Monday
# from 00:00, in Sunday's night, and ends on Friday at midnight. The README of the package (section 3c) has an example
# of that kind, "Wk2305-0855,Sa,Su2305-1655", and no word on which morning is meant. (The manual of GNU Radius, for the
# same format, speaks of weekdays before 8:55 and after 23:05.) The README also says that the Session-Timeout is 1800
# for "Al0800-1800" at 17:30. It is 1860: the minute named last counts, and at 18:00:30 the user still comes in.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download freeradius=3.2.1+dfsg-4+deb12u1 freeradius-common=3.2.1+dfsg-4+deb12u1 \
  freeradius-utils=3.2.1+dfsg-4+deb12u1 libfreeradius3=3.2.1+dfsg-4+deb12u1 libfaketime=0.9.10-2.1 libtalloc2=2.4.0-f2 \
  libct4=1.3.17+ds-2 libgdbm6=1.23-3 libpcre3=2:8.39-15 libwbclient0=2:4.17.12+dfsg-0+deb12u4 libjson-c5=0.16-2 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
libraries=$(echo "$PWD"/tree/usr/lib/*-linux-gnu):$(echo "$PWD"/tree/lib/*-linux-gnu):$PWD/tree/usr/lib/freeradius
! LD_LIBRARY_PATH=$libraries ldd tree/usr/sbin/freeradius tree/usr/bin/radclient | grep -q 'not found' ||
  { echo 'libraries are lacking' >&2; exit 2; }

mkdir conf
cat >conf/radiusd.conf <<END
libdir = $work/tree/usr/lib/freeradius
raddbdir = $work/conf
run_dir = $work
security {
  allow_vulnerable_openssl = yes
}
proxy_requests = no
client here {
  ipaddr = 127.0.0.1
  secret = none
  require_message_authenticator = no
}
modules {
  logintime {
  }
  files {
    filename = $work/conf/users
  }
}
instantiate {
  logintime
}
server default {
  listen {
    type = auth
    ipaddr = 127.0.0.1
    port = 1812
  }
  authorize {
    files
    update control {
      Auth-Type := Accept
    }
    logintime
  }
}
END
cat >conf/users <<END
friday Login-Time := "Fr2200-0600"
week Login-Time := "Wk2200-0600"
day Login-Time := "Al0800-1800"
END
cat >inside <<'END'
ip link set lo up
words=tree/usr/share/freeradius
clock=$(echo "$PWD"/tree/usr/lib/*-linux-gnu/faketime/libfaketime.so.1)
at() { # TIME USER...: what the server says at that time
  TZ=UTC LC_ALL=C date -d "$1" '+%a %H:%M:%S'
  TZ=UTC LD_LIBRARY_PATH=$libraries LD_PRELOAD=$clock FAKETIME="@$1" timeout 60 \
    tree/usr/sbin/freeradius -f -l stdout -d conf -D $words >>log 2>&1 &
  server=$!
  trap 'kill $server' EXIT
  until ss -Hlun sport = :1812 | grep -q 1812; do kill -0 $server; sleep 0.1; done
  shift
  for user; do
    echo "User-Name = $user" | LD_LIBRARY_PATH=$libraries tree/usr/bin/radclient -x -D $words 127.0.0.1 auth none \
      >answer 2>&1 || :
    echo "  $user: $(
      sed -n 's/^Received Access-\([A-Z][a-z]*\).*/\1/p; s/^\t\(Session.*\)/\1/p' answer | xargs
    )"
  done
  kill $server
  wait $server || :
  trap - EXIT
}
at '2026-11-24 17:30:00' day
at '2026-11-24 18:00:30' day
at '2026-11-27 01:00:00' friday week
at '2026-11-27 23:00:00' friday week
at '2026-11-28 01:00:00' friday week
at '2026-11-29 23:00:00' week
at '2026-11-30 01:00:00' week
END
libraries=$libraries unshare --net bash -eu inside >seen || { cat seen log; exit 1; }
cat seen
cat >expected <<'END'
Tue 17:30:00
  day: Accept Session-Timeout = 1860
Tue 18:00:30
  day: Accept Session-Timeout = 60
Fri 01:00:00
  friday: Accept Session-Timeout = 18060
  week: Accept Session-Timeout = 18060
Fri 23:00:00
  friday: Accept Session-Timeout = 3600
  week: Accept Session-Timeout = 3600
Sat 01:00:00
  friday: Reject
  week: Reject
Sun 23:00:00
  week: Reject
Mon 01:00:00
  week: Accept Session-Timeout = 18060
END
diff expected seen
