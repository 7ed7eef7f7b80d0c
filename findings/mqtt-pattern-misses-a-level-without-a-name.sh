#!/usr/bin/env bash
# mqtt-pattern 2.1.1 (npm); mosquitto 2.0.11 (Debian 12, mosquitto, mosquitto-clients and libmosquitto1
# 2.0.11-1.2+deb12u2, with libdlt2 2.18.8-6 and libcjson1 1.7.15-1+deb12u4) as the broker.
#
# A level of a topic may be empty, and `+` stands for any one level: "+/+" matches "/finance" (MQTT 5.0, section
# 4.7.1.3). A broker sends `dev//temp` (a device that has no name yet) to whoever subscribed to `dev/+/temp`. The
# client looks with mqtt-pattern which of its subscriptions the message is for, and finds none: matches() is false,
# exec() null, for the very filter that brought it. `dev/7/` is none of `dev/+/+` either. extract() of the same
# library does read the empty name, and fill() makes the topic. Nothing is thrown, the message is just nobody's.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no root, the packages are not to be had).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 mosquitto-clients=2.0.11-1.2+deb12u2 \
  libmosquitto1=2.0.11-1.2+deb12u2 libdlt2=2.18.8-6 libcjson1=1.7.15-1+deb12u4 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact mqtt-pattern@2.1.1 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
! ldd tree/usr/sbin/mosquitto tree/usr/bin/mosquitto_sub | grep -q 'not found' ||
  { echo 'libraries are lacking' >&2; exit 2; }

cat >conf <<'END'
listener 1883 127.0.0.1
allow_anonymous true
user root
END
cat >match.js <<'END'
const pattern = require('mqtt-pattern');
for (const line of require('fs').readFileSync(0, 'utf8').trimEnd().split('\n')) {
  const [filter, topic] = line.split(' ');
  console.log(`${filter}: broker sends ${topic}, matches ${pattern.matches(filter, topic)},`,
    `exec ${JSON.stringify(pattern.exec(filter, topic))}`);
}
const named = 'dev/+id/temp';
console.log(`extract ${JSON.stringify(pattern.extract(named, 'dev//temp'))}, fill ${pattern.fill(named, { id: '' })}`);
END
cat >inside <<'END'
ip link set lo up
tree/usr/sbin/mosquitto -c conf >log 2>&1 &
broker=$!
trap 'kill $broker; wait $broker || :' EXIT
end=$((SECONDS + 20))
# Kept by the broker, so that a client that subscribes later gets them.
for topic in dev/7/temp dev//temp dev/7/ /finance; do
  until tree/usr/bin/mosquitto_pub -r -t "$topic" -m 1 2>/dev/null; do
    [ "$SECONDS" -lt "$end" ] || { echo 'no broker' >&2; exit 2; }
  done
done
# asks FILTER COUNT
asks() { tree/usr/bin/mosquitto_sub -t "$1" -C "$2" -W 10 -F "$1 %t" 2>/dev/null; }
asks dev/+/temp 2
asks dev/+/+ 3
asks +/+ 1
END
unshare --net bash -eu inside >sent || { status=$?; cat log >&2; exit "$status"; }
LC_ALL=C sort sent | node match.js | tee seen
cat >expected <<'END'
+/+: broker sends /finance, matches false, exec null
dev/+/+: broker sends dev//temp, matches false, exec null
dev/+/+: broker sends dev/7/, matches false, exec null
dev/+/+: broker sends dev/7/temp, matches true, exec {}
dev/+/temp: broker sends dev//temp, matches false, exec null
dev/+/temp: broker sends dev/7/temp, matches true, exec {}
extract {"id":""}, fill dev//temp
END
diff expected seen
