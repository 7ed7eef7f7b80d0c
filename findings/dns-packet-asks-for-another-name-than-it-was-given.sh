#!/usr/bin/env bash
# dns-packet 5.6.1 (npm; the codec of multicast-dns and bonjour-service), BIND 9.18 (bind9 and bind9-dnsutils
# 1:9.18.49-1~deb12u3, as installed) to answer.
#
# A service's instance is one label of any text, dots too: "Printer 2.0" in `Printer\0322\.0._ipp._tcp.corp.test`
# (RFC 6763, sections 4.1.1 and 4.3). dns-packet reads a label's bytes into a string without escaping its dots (it
# does escape them in the mailbox of an SOA), and writes a string as a label for each dot: what it read is another name
# when it writes it. A browser of services made with it sees the PTR, asks for the SRV of the very name that it was
# given, and is told NXDOMAIN; dig, with the name escaped, gets the port. No error, no warning.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no root, another BIND, no package).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
for package in bind9 bind9-dnsutils; do
  [ "$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null)" = 1:9.18.49-1~deb12u3 ] ||
    { echo "$package is not here as stated" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" dns-packet@5.6.1 >/dev/null 2>&1 ||
  { echo 'the package is not to be had' >&2; exit 2; }
cat >zone <<'END'
$TTL 300
@ IN SOA ns john\.doe 1 3600 600 86400 300
@ IN NS ns
ns A 127.0.0.1
_ipp._tcp PTR Printer\0322\.0._ipp._tcp
Printer\0322\.0._ipp._tcp SRV 0 0 631 ns
END
cat >conf <<END
options {
  directory "$work"; pid-file "pid"; session-keyfile "key"; recursion no;
  listen-on { 127.0.0.1; }; listen-on-v6 { none; };
};
controls { };
zone "corp.test" { type primary; file "zone"; };
END
cat >browse.js <<'END'
const { decode, encode } = require('dns-packet');
const socket = require('node:dgram').createSocket('udp4');
const ask = (name, type) =>
  new Promise((resolve) => {
    socket.once('message', (message) => resolve(decode(message)));
    socket.send(encode({ type: 'query', id: 7, questions: [{ name, type }] }), 53, '127.0.0.1');
  });
(async () => {
  const instance = (await ask('_ipp._tcp.corp.test', 'PTR')).answers[0].data;
  console.log(`dns-packet: PTR ${instance}`);
  const { rcode, answers } = await ask(instance, 'SRV');
  console.log(`dns-packet: SRV of it ${rcode}, ${answers.length} answers`);
  console.log(`dns-packet: mailbox ${(await ask('corp.test', 'SOA')).answers[0].data.rname}`);
  socket.close();
})();
END
cat >inside <<'END'
ip link set lo up
/usr/sbin/named -g -c conf 2>log &
server=$!
trap 'kill "$server"; wait "$server" || :' EXIT
until dig +short +time=1 +tries=1 @127.0.0.1 ns.corp.test | grep -qx 127.0.0.1; do kill -0 "$server"; done
instance=$(dig +short +norec @127.0.0.1 _ipp._tcp.corp.test PTR)
echo "dig: PTR $instance"
echo "dig: SRV of it $(dig +short +norec @127.0.0.1 "$instance" SRV)"
node browse.js
END
unshare --net bash -eu inside | tee seen
cat >expected <<'END'
dig: PTR Printer\0322\.0._ipp._tcp.corp.test.
dig: SRV of it 0 0 631 ns.corp.test.
dns-packet: PTR Printer 2.0._ipp._tcp.corp.test
dns-packet: SRV of it NXDOMAIN, 0 answers
dns-packet: mailbox john\.doe.corp.test
END
diff expected seen
