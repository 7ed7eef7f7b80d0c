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
    done: `${routed} serve s 443`,
    ...{ ...fromC, probe: https, end: 'delivered  s', says: /program in c says: .*certificate file/ },
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
