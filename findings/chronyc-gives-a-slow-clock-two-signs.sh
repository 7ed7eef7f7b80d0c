#!/usr/bin/env bash
# chrony 4.3 (Debian 12, 4.3-2+deb12u3); chronyd -x, which leaves the clock alone.
#
# A clock that is behind and loses time: `chronyc tracking` says "0.5 seconds slow of NTP time" and "Frequency ... ppm
# slow". `chronyc -c tracking`, for programs, has the two without their words and with opposite signs: behind is
# positive, too low a rate is negative. `chronyc -c sources` has the offset of the same clock negative (chronyc(1):
# positive means ahead of the source), `chronyc ntpdata` positive. Whoever learned the sign from one column and
# corrects or alarms by the next has it the wrong way round.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download chrony=4.3-2+deb12u3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x chrony_*.deb tree
! ldd tree/usr/sbin/chronyd tree/usr/bin/chronyc | grep -q 'not found' ||
  { echo 'chrony lacks libraries here' >&2; exit 2; }

# A time server that is half a second ahead of this machine's clock, and each second a millisecond more.
cat >server.py <<'END'
import socket, struct, time
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 12300))
start = time.time()
while True:
    question, client = server.recvfrom(200)
    real = time.time()
    now = real + 0.5 + (real - start) * 1e-3 + 2208988800
    stamp = struct.pack(">II", int(now), int(now % 1 * 2**32))
    server.sendto(struct.pack(">BBbb8x4s", 0x24, 1, 0, -20, b"GPS") + stamp + question[40:48] + stamp * 2, client)
END
cat >inside <<'END'
ip link set lo up
/usr/bin/python3 -I server.py &
server=$!
chronyd=
trap 'kill $server $chronyd; wait $server $chronyd || :' EXIT
ask() { tree/usr/bin/chronyc -n -h "$PWD/control" "$@" 2>/dev/null; }
# started OPTION: chronyd with that server
started() {
  printf '%s\n' "server 127.0.0.1 port 12300 minpoll -2 maxpoll -2 iburst $1" "bindcmdaddress $PWD/control" \
    "pidfile $PWD/pid" 'cmdport 0' >conf
  tree/usr/sbin/chronyd -x -d -u root -f conf >log 2>&1 &
  chronyd=$!
  end=$((SECONDS + 30))
}
sign() { [[ $1 == -* ]] && echo negative || echo positive; }

started ''
until ask tracking | grep -q 'Frequency *: [1-9][0-9]*\.[0-9]* ppm slow'; do
  [ "$SECONDS" -lt "$end" ] || { echo 'chronyd has not found the rate' >&2; exit 2; }
done
ask tracking | sed -n 's/^\(System time\|Frequency\) *: [0-9.]* /tracking, \1: /p'
IFS=, read -ra column < <(ask -c tracking)
echo "tracking -c, system time: $(sign "${column[4]}")"
echo "tracking -c, frequency: $(sign "${column[7]}")"
kill $chronyd
wait $chronyd || :

# Not to be followed, so that what is measured stays.
started noselect
until [ "$(ask -c sources | cut -d, -f6)" != 0 ] && ask ntpdata 127.0.0.1 | grep -q 'Offset *: .[0-9]*\.[1-9]'; do
  [ "$SECONDS" -lt "$end" ] || { echo 'chronyd has asked nothing' >&2; exit 2; }
done
echo "sources -c, offset: $(sign "$(ask -c sources | cut -d, -f9)")"
echo "ntpdata, offset: $(sign "$(ask ntpdata 127.0.0.1 | sed -n 's/^Offset *: //p')")"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
tracking, System time: seconds slow of NTP time
tracking, Frequency: ppm slow
tracking -c, system time: positive
tracking -c, frequency: negative
sources -c, offset: negative
ntpdata, offset: positive
END
diff expected seen
