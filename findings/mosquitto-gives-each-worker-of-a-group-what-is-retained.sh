#!/usr/bin/env bash
# mosquitto 2.0.11 (Debian 12, mosquitto, mosquitto-clients and libmosquitto1 2.0.11-1.2+deb12u2, with libdlt2 2.18.8-6
# and libcjson1 1.7.15-1+deb12u4).
#
# Workers share a subscription, `$share/workers/jobs/#`, so that each message goes to one of them. What is retained on
# jobs/1 is for new subscriptions that are not shared (MQTT 5.0, section 3.3.1.3): a worker that joins should not get
# it, or one of the group should. mosquitto sends it to each worker that joins, and to the same one again when it
# comes back, so that a job is done as many times as there are workers and restarts. A message that is sent while they
# are there goes to one.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 mosquitto-clients=2.0.11-1.2+deb12u2 \
  libmosquitto1=2.0.11-1.2+deb12u2 libdlt2=2.18.8-6 libcjson1=1.7.15-1+deb12u4 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
! ldd tree/usr/sbin/mosquitto tree/usr/bin/mosquitto_sub | grep -q 'not found' ||
  { echo 'libraries are lacking' >&2; exit 2; }

cat >conf <<'END'
listener 1883 127.0.0.1
allow_anonymous true
user root
END
cat >inside <<'END'
ip link set lo up
tree/usr/sbin/mosquitto -c conf >log 2>&1 &
broker=$!
workers=
trap 'kill $workers $broker 2>/dev/null; wait $workers $broker || :' EXIT
end=$((SECONDS + 20))
send() { tree/usr/bin/mosquitto_pub -V mqttv5 "$@" 2>/dev/null; }
until send -r -t jobs/1 -m retained; do [ "$SECONDS" -lt "$end" ] || { echo 'no broker' >&2; exit 2; }; done
# work NAME: a worker of the group, which also has a topic of its own
work() {
  tree/usr/bin/mosquitto_sub -V mqttv5 -i $1 -t '$share/workers/jobs/#' -t $1 -F '%t %p' >>$1 2>/dev/null &
  workers="$workers $!"
  last=$!
  ready $1
}
# ready NAME: until it has what was sent to its own topic now, and so all that was sent to it before
turn=0
ready() {
  turn=$((turn + 1))
  until grep -q "^$1 $turn$" $1; do
    [ "$SECONDS" -lt "$end" ] || exit 2
    send -t $1 -m $turn
  done
}
times() { for name in ann bob; do echo -n " $name $(grep -c "$1" $name || :)"; done; }
work ann
work bob
echo "joined, retained:$(times 'jobs/1 retained')"
send -t jobs/2 -m sent
ready ann
ready bob
echo "there, sent: $(cat ann bob | grep -c 'jobs/2 sent') in all"
kill $last
wait $last || :
work bob
echo "bob came back, retained:$(times 'jobs/1 retained')"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen log >&2; exit "$status"; }
cat seen
cat >expected <<'END'
joined, retained: ann 1 bob 1
there, sent: 1 in all
bob came back, retained: ann 1 bob 2
END
diff expected seen
