#!/usr/bin/env bash
# glossy 0.1.7 (npm); rsyslog 8.2302.0 (Debian 12, rsyslog 8.2302.0-1+deb12u2 with libestr0 0.1.11-1 and libfastjson4
# 1.2304.0-1), its rsyslogd as the sender.
#
# rsyslog forwards with RSYSLOG_TraditionalForwardFormat, or with RSYSLOG_ForwardFormat, whose timestamp has the year,
# the zone and fractions of a second and which otherwise has the form of RFC 3164. glossy, a parser of RFC 3164 and
# 5424, takes the first apart as it should. Of the second, priority, facility and severity are right. The host is a
# word of the text, here the one behind the program, the text is what follows it, and there is no time: host, program
# and time are in `originalMessage` alone, and there is no error.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact glossy@0.1.7 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
apt-get -q download rsyslog=8.2302.0-1+deb12u2 libestr0=0.1.11-1 libfastjson4=1.2304.0-1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done
lib=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
rsyslogd=$PWD/tree/usr/sbin/rsyslogd
! LD_LIBRARY_PATH=$lib ldd "$rsyslogd" | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >rsyslog.conf <<END
module(load="$lib/rsyslog/imudp.so")
input(type="imudp" address="127.0.0.1" port="5141")
*.* action(type="omfwd" target="127.0.0.1" port="5151" protocol="udp" template="RSYSLOG_TraditionalForwardFormat")
*.* action(type="omfwd" target="127.0.0.1" port="5152" protocol="udp" template="RSYSLOG_ForwardFormat")
END
cat >receive.js <<'END'
const dgram = require('node:dgram');
const { Parse } = require('glossy');
const lines = {};
const sockets = Object.entries({ traditional: 5151, forward: 5152 }).map(([name, port]) => {
  const socket = dgram.createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  return socket.on('message', (message) => {
    const { severity, time, host, message: text } = Parse.parse(message);
    lines[name] = `${name}: ${severity}, ${time ? 'a' : 'no'} time, host ${host}, text "${text}"`;
    if (Object.keys(lines).length < 2) return;
    console.log(`${lines.traditional}\n${lines.forward}`);
    for (const other of sockets) other.close();
  });
});
END
cat >inside <<'END'
ip link set lo up
node receive.js >seen &
receiver=$!
end=$((SECONDS + 30))
bound() { ss -Hlun | grep -q ":$1 "; }
until bound 5151 && bound 5152; do [ "$SECONDS" -lt "$end" ] || { echo 'no receiver' >&2; exit 2; }; done
LD_LIBRARY_PATH=$2 "$1" -n -f rsyslog.conf -i "$PWD/rsyslog.pid" -M "$2/rsyslog" 2>errors &
rsyslog=$!
trap 'kill $rsyslog; wait $rsyslog || :; kill $receiver 2>/dev/null || :' EXIT
until bound 5141; do [ "$SECONDS" -lt "$end" ] || { cat errors >&2; exit 2; }; done
printf '<14>Nov 29 10:00:00 web sshd[12]: Accepted key for ann' >/dev/udp/127.0.0.1/5141
until [ -s seen ]; do [ "$SECONDS" -lt "$end" ] || { cat errors >&2; exit 2; }; done
wait $receiver
END
unshare --net bash -eu inside "$rsyslogd" "$lib" || exit
cat seen
cat >expected <<'END'
traditional: info, a time, host web, text "sshd[12]: Accepted key for ann"
forward: info, no time, host Accepted, text "key for ann"
END
diff expected seen
