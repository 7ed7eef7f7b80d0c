import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';

const fromC = { from: 'c', to: '10.0.2.2' };
const https: TraceProbe = { kind: 'http', port: 443, url: 'https://10.0.2.2/' };
const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });

const certificate = (name: string, key: string, file: string) =>
  `openssl req -x509 -newkey rsa:2048 -nodes -keyout ${key} -out ${file} -days 2 -subj /CN=${name} 2>/dev/null`;

/** curl begins TLS only where it has authorities to trust. */
const authorities = `${routed} mkdir -p /etc/ssl/certs
${certificate('authority', '/run/a.key', '/etc/ssl/certs/ca-certificates.crt')}
`;

/** A TLS server of openssl on s, with a certificate that it signed itself. */
const tls = (options: string) => `${authorities} ${certificate('s', '/run/s.key', '/run/s.pem')}
ip netns exec s openssl s_server -accept 443 -key /run/s.key -cert /run/s.pem ${options} >/dev/null 2>&1 </dev/null &
until ip netns exec s ss -Hltn sport = :443 | grep -q :443; do :; done`;

/** The router accepts connections to port 80 in the server's place, and opens them anew (nft's synproxy). */
const synproxy = `nft -f - <<'END'
table inet m {
  chain p { type filter hook prerouting priority raw; iifname v1 tcp dport 80 tcp flags syn notrack; }
  chain f { type filter hook forward priority 0; ct state invalid,untracked synproxy mss 1460 wscale 7 timestamp sack-perm; ct state invalid drop; }
}
END
sysctl -qw net.netfilter.nf_conntrack_tcp_loose=0`;

const page: TraceProbe = { kind: 'http', port: 80, url: 'http://10.0.2.2/' };

/** A program on port 80 of s that reads a request, and does this with its connection. */
const each = (then: string) => `ip netns exec s python3 -I -c '
import socket, struct, time
s = socket.socket(); s.setsockopt(1, 2, 1); s.bind(("", 80)); s.listen(5)
while True:
    k, _ = s.accept(); k.recv(4096); ${then}' >/dev/null 2>&1 </dev/null &
until ip netns exec s ss -Hltn sport = :80 | grep -q :80; do :; done`;

/** What servers and proxies make of a connection that was opened. */
export const serverSituations: Record<string, Situation> = {
  'a web server that speaks no TLS': {
    done: `${authorities} serve s 443`,
    ...{
      ...fromC,
      probe: https,
      end: 'delivered answer-broken s',
      says: /handshake fails: wrong version number/,
    },
  },
  'a server whose certificate no authority signed': {
    done: tls('-www'),
    ...{
      ...fromC,
      probe: https,
      end: 'delivered answer-broken s',
      says: /certificate of the server: self-signed/,
    },
    never: /netns exec s curl/,
  },
  'a server that ends TLS with an alert': {
    done: tls('-www -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256'),
    ...{ ...fromC, probe: https, end: 'delivered answer-broken s', says: /handshake fails: .*alert/ },
  },
  'a client without authorities, in the words of its program': {
    done: `${routed} serve s 443; rm /etc/ssl/certs/ca-certificates.crt`,
    ...{ ...fromC, probe: https, end: 'delivered  s', says: /program in c says: .*certificate file/ },
  },
  'a web server that takes requests and answers none': {
    done: `${routed} ${each('time.sleep(60)')}`,
    ...{ ...fromC, probe: page, end: 'answer-lost answer-missing s', says: /python3 has the request/ },
  },
  'a web server whose answer stops in the middle': {
    done: `${routed} ${each('k.send(b"HTTP/1.1 200 OK\\r\\nContent-Length: 5000\\r\\n\\r\\nabc"); time.sleep(60)')}`,
    ...{ ...fromC, probe: page, end: 'answer-lost answer-missing s' },
    says: /the answer begins \(HTTP\/1\.1 200 OK\)/,
  },
  'a web server that closes without an answer': {
    done: `${routed} ${each('k.close()')}`,
    ...{ ...fromC, probe: page, end: 'answer-lost answer-missing s', says: /closes the connection without/ },
  },
  'a web server that resets the connection of a request': {
    done: `${routed} ${each('k.setsockopt(1, 13, struct.pack("ii", 1, 0)); k.close()')}`,
    ...{ ...fromC, probe: page, end: 'refused answer-missing s', says: /resets the connection instead/ },
  },
  'a rule that resets connections at a word of their request': {
    done: `${routed} serve s 80; ip netns exec s iptables -A INPUT -p tcp --dport 80 -m string --string GET --algo bm -j REJECT --reject-with tcp-reset`,
    ...{ ...fromC, probe: page, end: 'refused rejected-by-rule s', says: /--string "?.?"?GET/, cured: true },
  },
  'a name server whose answers carry another identifier': {
    done: `${routed} ip netns exec s python3 -I -c '
import socket
a = socket.socket(2, 2); a.bind(("", 53))
while True:
    d, w = a.recvfrom(512); a.sendto(b"\\0\\0" + d[2:], w)' >/dev/null 2>&1 </dev/null &
      until ip netns exec s ss -Hlun sport = :53 | grep -q :53; do :; done`,
    ...{ ...fromC, probe: { kind: 'dns', name: 'a.example' }, end: 'answer-lost answer-ignored c' },
    says: /dig in c does not take it/,
  },
  'a proxy of connections in front of a closed port': {
    done: `${routed} ${synproxy}`,
    ...{ ...fromC, probe: tcp(80), end: 'refused no-listener s', says: /tcp port 80 in s/, cured: true },
  },
  'a proxy of connections in front of a web server that does not run': {
    done: `${routed} ${synproxy}`,
    ...{ ...fromC, probe: { kind: 'http', port: 80, url: 'http://10.0.2.2/' } },
    ...{ end: 'refused no-listener s', says: /tcp port 80 in s/, never: /sent none back/, cured: true },
  },
};
