import t from 'tap';
import type { CheckArguments } from '../../src/core/check/check.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { checkStep } from '../../src/session/checker.ts';
import { short } from '../support/judged.ts';
import { sh, workplace } from '../support/machines.ts';

const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };
const asked = { from: 'red', to: '10.0.0.2', port: 443, name: 'www.example', trust: '/root/ca.pem' };

async function ask(machine: Machine, more: Partial<CheckArguments['tls']> = {}): Promise<Verdict> {
  const args: CheckArguments['tls'] = { ...asked, expect: 'accepted', ...more };
  const check = { id: 'tls', kind: 'tls' as const, args, needs: [], until: null };
  const [verdict] = await checkStep(machine, step, [check]);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

/** An authority, a stranger, and servers of all sorts on host, each with a port of its own. */
const network = `cd /root; ip netns add red; ip -n red link set lo up; ip link set lo up
ip link add name to-red type veth peer name eth0 netns red
ip -n red addr add 10.0.0.1/24 dev eth0; ip addr add 10.0.0.2/24 dev to-red
ip link set to-red up; ip -n red link set eth0 up
key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
for ca in ca stranger; do
  openssl req -x509 $key -days 9 -subj /CN=$ca -keyout $ca.key -out $ca.pem
done
sign() { # NAME AUTHORITY SAN DATES...
  openssl req $key -subj /CN=$1 -keyout $1.key -out $1.csr
  echo "subjectAltName=$3" >$1.ext
  openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -extfile $1.ext -out $1.pem $4 $5
}
sign good ca DNS:www.example,IP:10.0.0.2 -days 9
sign alien stranger DNS:www.example -days 9
sign old ca DNS:www.example -days 0
port=443
for one in good alien old; do
  setsid openssl s_server -accept $port -www -quiet -cert $one.pem -key $one.key </dev/null >/dev/null 2>&1 &
  until nc -z 10.0.0.2 $port; do sleep 0.05; done
  port=$((port+1))
done
nginx
setsid nc -lk 450 </dev/null >/dev/null 2>&1 &
until ss -ltn | grep -q :450; do sleep 0.05; done`;

t.test('certificates that are right and wrong, and what is no TLS at all', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, network);
    await sh(
      machine,
      `cd /root; cat >slow.py <<'END'
import socket, ssl, time
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('good.pem', 'good.key')
server = socket.create_server(('10.0.0.2', 460))
while True:
    peer = server.accept()[0]
    time.sleep(1)
    try:
        context.wrap_socket(peer, server_side=True).close()
    except OSError:
        pass
END
      setsid python3 -I slow.py </dev/null >/dev/null 2>&1 &
      until ss -ltn | grep -q :460; do sleep 0.05; done`,
    );
    t.equal(
      short(await ask(machine, { port: 460 })),
      'pass',
      'a server that takes a second for its handshake',
    );
    const right = await ask(machine);
    t.equal(short(right), 'pass', JSON.stringify(right));
    t.match(right.evidence[0], {
      on: 'red',
      command: 'openssl s_client -connect 10.0.0.2:443 -servername www.example -CAfile /root/ca.pem',
      output: /Subject Alternative Name: DNS:www\.example[\s\S]*Verification: OK/,
    });
    t.match(
      await sh(machine, 'curl -sS https://10.0.0.2/ 2>&1 || :', 'red'),
      /\(60\) .*unable to get local issuer/,
      'curl has the authorities of the VM to believe, and this one is none of them',
    );
    t.equal(short(await ask(machine, { name: '10.0.0.2' })), 'pass', 'an address is a name, too');
    t.equal(short(await ask(machine, { name: 'good' })), 'fail certificate-name red', 'a subject is none');
    const alien = await ask(machine, { port: 444 });
    t.equal(short(alien), 'fail certificate-untrusted red');
    t.match(alien.values, { issuer: 'CN=stranger', observed: /unable to get local issuer certificate/ });
    t.equal(short(await ask(machine, { port: 444, trust: '/root/stranger.pem' })), 'pass');
    t.equal(short(await ask(machine, { trust: '/root/none.pem' })), 'fail certificate-untrusted red');
    t.equal(short(await ask(machine, { trust: '/root/good.key' })), 'fail certificate-untrusted red');
    t.equal(short(await ask(machine, { port: 445 })), 'fail certificate-expired red');
    t.equal(
      short(await ask(machine, { port: 445, trust: '/root/stranger.pem' })),
      'fail certificate-untrusted red',
    );
    t.equal(short(await ask(machine, { port: 80 })), 'fail no-tls red');
    t.equal(short(await ask(machine, { port: 450 })), 'fail no-tls red', 'it listens and says nothing');
    t.equal(short(await ask(machine, { port: 446 })), 'fail no-listener host');
    t.equal(short(await ask(machine, { to: '10.9.9.9' })), 'fail no-route red');
    const control = { from: 'red', to: '10.0.0.2' };
    t.equal(short(await ask(machine, { port: 444, expect: 'certificate-untrusted', control })), 'pass');
    t.equal(
      short(await ask(machine, { port: 444, expect: 'certificate-expired', control })),
      'fail other-reason red',
    );
    await sh(machine, 'iptables -A INPUT -p tcp --dport 443 -j DROP');
    t.equal(short(await ask(machine)), 'fail dropped-by-rule host');
  }),
);
