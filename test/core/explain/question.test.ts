import t from 'tap';
import type { Check, CheckArguments, CheckKind } from '../../../src/core/check/check.ts';
import { question } from '../../../src/core/explain/explain.ts';
import { Library } from '../../../src/library/library.ts';
import { everyCheck } from '../../support/every-kind.ts';

type Samples = { [K in CheckKind]?: { args: CheckArguments[K]; en: string; ko: string }[] };

const spread = { from: 'a', url: 'http://10.0.0.9/', requests: 2000, falseAlarm: 1e-6 };
const control = { from: 'a', to: '127.0.0.1' };

/** Forms of the sentences; that every kind has one is held by the compiler. */
const samples: Samples = {
  netns: [
    {
      args: { name: 'red', absent: false },
      en: 'there is a namespace red',
      ko: 'red 네임스페이스가 있습니다',
    },
    {
      args: { name: 'red', absent: true },
      en: 'there is no namespace red',
      ko: 'red 네임스페이스가 없습니다',
    },
  ],
  link: [
    {
      args: { on: 'host', name: 'v-net-0', absent: false, kind: 'bridge', up: true },
      en: 'v-net-0 on host is of kind bridge, up',
      ko: 'host의 v-net-0: 종류는 bridge, 켜짐',
    },
    {
      args: { on: 'red', name: 'veth-red', absent: false, peer: 'blue:veth-blue', carrier: true },
      en: 'veth-red on red is joined to blue:veth-blue',
      ko: 'red의 veth-red: 상대는 blue:veth-blue',
    },
    {
      args: { on: 'host', name: 'eth0', absent: true },
      en: 'there is no eth0 on host',
      ko: 'host에 eth0 인터페이스가 없습니다',
    },
    {
      args: { on: 'host', name: 'eth0', absent: false },
      en: 'host has eth0',
      ko: 'host에 eth0 인터페이스가 있습니다',
    },
  ],
  address: [
    {
      args: { on: 'a', address: '10.0.0.1/24', dev: 'eth0', absent: false },
      en: 'a has 10.0.0.1/24 on eth0',
      ko: 'a의 eth0에 10.0.0.1/24 주소가 있습니다',
    },
  ],
  route: [
    {
      args: { on: 'a', to: '10.0.0.2', absent: false },
      en: 'a has a route to 10.0.0.2',
      ko: 'a에 10.0.0.2로 가는 경로가 있습니다',
    },
  ],
  neighbour: [
    {
      args: { on: 'a', address: '10.0.0.2', absent: true },
      en: 'a does not know 10.0.0.2',
      ko: 'a의 이웃 목록에 10.0.0.2 주소가 없습니다',
    },
  ],
  sysctl: [
    {
      args: { on: 'b', key: 'net.ipv4.ip_forward', value: '1' },
      en: 'net.ipv4.ip_forward = 1 on b',
      ko: 'b의 net.ipv4.ip_forward = 1',
    },
  ],
  rule: [
    {
      args: { on: 'host', like: '-t nat -A PREROUTING -j DNAT --to 10.0.0.1', absent: true },
      en: 'the rule is gone from nat PREROUTING on host',
      ko: 'host의 nat PREROUTING 체인에 그 규칙이 없습니다',
    },
    {
      args: { on: 'host', like: '--insert INPUT -j DROP', absent: false },
      en: 'the rule is in filter INPUT on host',
      ko: 'host의 filter INPUT 체인에 규칙이 있습니다',
    },
  ],
  ping: [
    {
      args: { from: 'a', to: '10.0.0.3', expect: 'reply' },
      en: 'a reaches 10.0.0.3',
      ko: 'a에서 10.0.0.3까지 도달합니다',
    },
    {
      args: { from: 'a', to: '10.0.0.3', expect: 'no-route', control },
      en: 'a does not reach 10.0.0.3',
      ko: 'a에서 10.0.0.3까지 도달하지 못합니다',
    },
  ],
  http: [
    {
      args: { from: 'a', url: 'http://b/', expect: 'answer', status: 200, client: '10.0.0.1' },
      en: 'a opens http://b/, seen there as 10.0.0.1',
      ko: 'a에서 http://b/ 페이지를 엽니다. 서버가 본 주소는 10.0.0.1',
    },
    {
      args: { from: 'a', url: 'http://b/', expect: 'no-listener', status: 200, control },
      en: 'a cannot open http://b/',
      ko: 'a에서 http://b/ 페이지를 열지 못합니다',
    },
  ],
  seen: [
    {
      args: { from: 'a', to: '10.0.0.3', at: 'c', source: '10.0.0.1' },
      en: 'c sees 10.0.0.1 when a sends to 10.0.0.3',
      ko: 'a에서 10.0.0.3으로 보내면 c에는 출발지가 10.0.0.1로 보입니다',
    },
  ],
  path: [
    {
      args: {
        ...{ from: 'a', to: '10.0.0.3', http: 'http://10.0.0.3/wear', upstream: 'proxy' },
        ...{ through: ['r'], ends: { at: 'web' } },
      },
      en: 'what the proxy proxy sends on when a asks http://10.0.0.3/wear ends at web, by way of r',
      ko: 'a에서 http://10.0.0.3/wear에 요청하면 프록시 proxy에서 다시 보낸 패킷이 web에서 끝납니다: r 경유',
    },
    {
      args: {
        ...{ from: 'a', to: '10.0.0.3', through: ['r', 's'], never: ['t'], symmetric: true },
        ...{ translated: [{ at: 'r', chain: 'POSTROUTING' }], source: { at: 's', address: '10.1.0.1' } },
      },
      en: 'a packet from a gets to 10.0.0.3, by way of r, s, never through t, translated at r (POSTROUTING), coming to s from 10.1.0.1, and back the same way',
      ko: 'a에서 보낸 패킷이 10.0.0.3에 도착합니다: r, s 경유, t 거치지 않음, 주소 변환: r(POSTROUTING), s에 도착할 때 출발지 10.1.0.1, 돌아오는 길도 같음',
    },
    {
      args: { from: 'a', to: '10.0.0.3', translated: [], ends: { at: 'r', reason: 'dropped-by-rule' } },
      en: 'a packet from a to 10.0.0.3 ends at r, not translated',
      ko: 'a에서 10.0.0.3으로 보낸 패킷이 r에서 끝납니다: 주소 변환 없음',
    },
  ],
  nat: [
    {
      args: { from: 'lan', to: '10.0.0.3', tcp: 80, at: 'host', destination: '10.1.0.2', port: 8080 },
      en: 'host translates what lan sends to 10.0.0.3: destination 10.1.0.2, port 8080',
      ko: 'lan에서 10.0.0.3으로 보낸 패킷의 주소를 host에서 바꿉니다: 목적지 10.1.0.2 포트 8080',
    },
    {
      args: { from: 'a', to: '10.0.0.3', at: 'host', source: '10.9.0.1', seen: '10.9.0.1' },
      en: 'host translates what a sends to 10.0.0.3: source 10.9.0.1, seen at the other end as 10.9.0.1',
      ko: 'a에서 10.0.0.3으로 보낸 패킷의 주소를 host에서 바꿉니다: 출발지 10.9.0.1, 받는 쪽이 보는 출발지 10.9.0.1',
    },
  ],
  process: [
    {
      args: { on: 'web', name: 'sleep 1', uid: 0, has: ['net_raw'], lacks: ['chown', 'net_admin'] },
      en: '“sleep 1” runs on web, as user 0, with net_raw, without chown, net_admin',
      ko: 'web에서 ‘sleep 1’ 프로세스가 실행 중입니다: 사용자 0, net_raw 있음, chown, net_admin 없음',
    },
    {
      args: { on: 'red', pid: 1 },
      en: 'a process runs on red, with PID 1 of its own',
      ko: 'red에서 프로세스가 실행 중입니다: 자체 PID 1',
    },
  ],
  command: [
    {
      args: { on: 'web', run: 'ip link', as: 'sleep 1', exit: 2 },
      en: '“ip link” is refused on web with the rights of “sleep 1”',
      ko: 'web에서 ‘sleep 1’ 프로세스의 권한으로 ‘ip link’ 명령이 거부됩니다',
    },
    {
      args: { on: 'web', run: 'ip link', exit: 0 },
      en: '“ip link” works on web',
      ko: 'web에서 ‘ip link’ 명령이 성공합니다',
    },
  ],
  dns: [
    {
      args: {
        ...{ from: 'a', name: 'db', type: 'A', recurse: true, answer: ['10.0.0.2'], by: '10.0.0.9' },
        expect: 'answer',
      },
      en: 'a asks for db and gets 10.0.0.2 from 10.0.0.9',
      ko: 'a에서 db의 주소를 물으면 10.0.0.9 서버가 10.0.0.2라고 응답합니다',
    },
    {
      args: {
        ...{ from: 'a', name: 'x.com', type: 'A', server: '10.0.0.9', recurse: false, referral: 'com' },
        expect: 'answer',
      },
      en: 'a asks 10.0.0.9 for x.com and is sent on to the servers of com',
      ko: 'a에서 10.0.0.9에 x.com의 주소를 물으면 com 서버로 안내받습니다',
    },
    {
      args: { from: 'a', name: 'x', type: 'MX', recurse: true, expect: 'name-unknown' },
      en: 'a asks for the MX of x: there is none',
      ko: 'a에서 x의 MX 레코드를 물으면 없다고 합니다',
    },
    {
      args: { from: 'a', name: 'x', type: 'A', recurse: true, expect: 'name-server-refuses' },
      en: 'a asks for x and is refused',
      ko: 'a에서 x의 주소를 물으면 거부당합니다',
    },
    {
      args: { from: 'a', name: 'x', type: 'A', recurse: true, expect: 'name-server-silent' },
      en: 'a asks for x and gets no answer',
      ko: 'a에서 x의 주소를 물으면 응답이 없습니다',
    },
  ],
  resolve: [
    {
      args: { from: 'a', name: 'db', address: '10.0.0.2', libc: 'glibc', expect: 'answer' },
      en: 'a finds db at 10.0.0.2',
      ko: 'a에서 찾은 db의 주소는 10.0.0.2입니다',
    },
    {
      args: { from: 'a', name: 'db', libc: 'musl', expect: 'answer' },
      en: 'a program of musl on a finds db',
      ko: 'a의 musl 프로그램에서 db의 주소를 찾습니다',
    },
    {
      args: { from: 'a', name: 'db', libc: 'glibc', expect: 'name-unknown' },
      en: 'a does not find db',
      ko: 'a에서 db의 주소를 찾지 못합니다',
    },
  ],
  cached: [
    {
      args: { from: 'a', name: 'x.com', type: 'A', at: 'dns' },
      en: 'dns answers a for x.com from its cache',
      ko: 'a에서 x.com의 주소를 물으면 dns에서 캐시로 응답합니다',
    },
  ],
  file: [
    {
      args: { on: 'a', hosts: { address: '10.0.0.2', name: 'db' }, absent: false },
      en: '/etc/hosts on a says that db is 10.0.0.2',
      ko: 'a의 /etc/hosts에 ‘10.0.0.2 db’ 줄이 있습니다',
    },
    {
      args: { on: 'a', nameserver: '10.0.0.9', absent: true },
      en: '/etc/resolv.conf on a does not name the server 10.0.0.9',
      ko: 'a의 /etc/resolv.conf에 네임 서버 10.0.0.9가 없습니다',
    },
    {
      args: { on: 'a', search: 'mycompany.com', absent: false },
      en: '/etc/resolv.conf on a searches in mycompany.com',
      ko: 'a의 /etc/resolv.conf에 검색 도메인 mycompany.com이 있습니다',
    },
    {
      args: { on: 'a', nsswitch: 'dns files', absent: false },
      en: '/etc/nsswitch.conf on a asks for hosts in the order dns files',
      ko: 'a의 /etc/nsswitch.conf에서 호스트를 찾는 순서가 dns files입니다',
    },
    {
      args: { on: 'b', sysctl: { key: 'net.ipv4.ip_forward', value: '1' }, absent: false },
      en: '/etc/sysctl.conf on b sets net.ipv4.ip_forward = 1',
      ko: 'b의 /etc/sysctl.conf에 ‘net.ipv4.ip_forward = 1’ 줄이 있습니다',
    },
  ],
  listener: [
    {
      args: { on: 'dns', protocol: 'udp', port: 53, address: '10.0.0.9', process: 'unbound', absent: false },
      en: 'unbound listens on UDP port 53 of 10.0.0.9 on dns',
      ko: 'dns의 10.0.0.9에서 unbound가 UDP 53번 포트를 열고 기다립니다',
    },
    {
      args: { on: 'web', protocol: 'tcp', port: 80, absent: true },
      en: 'nothing listens on TCP port 80 of web',
      ko: 'web에서 TCP 80번 포트를 열고 기다리는 프로그램이 없습니다',
    },
  ],
  tcp: [
    {
      args: { from: 'a', to: '10.0.0.2', port: 80, expect: 'accepted' },
      en: 'a connects to 10.0.0.2, port 80',
      ko: 'a에서 10.0.0.2의 80번 포트에 연결됩니다',
    },
    {
      args: { from: 'a', to: '10.0.0.2', port: 80, expect: 'port-closed', control },
      en: 'a cannot connect to 10.0.0.2, port 80',
      ko: 'a에서 10.0.0.2의 80번 포트에 연결되지 않습니다',
    },
  ],
  tls: [
    {
      args: {
        from: 'a',
        to: '10.0.0.2',
        port: 443,
        name: 'db.example',
        trust: '/etc/ca.pem',
        expect: 'accepted',
      },
      en: '10.0.0.2 shows a a valid certificate for db.example on port 443, trusted by /etc/ca.pem',
      ko: 'a에서 10.0.0.2의 443번 포트에 TLS로 연결하면 /etc/ca.pem 파일로 신뢰할 수 있는 db.example의 유효한 인증서를 받습니다',
    },
    {
      args: { from: 'a', to: '10.0.0.2', port: 443, expect: 'certificate-expired', control },
      en: 'a cannot open TLS to 10.0.0.2, port 443',
      ko: 'a에서 10.0.0.2의 443번 포트에 TLS로 연결되지 않습니다',
    },
  ],
  distribution: [
    {
      args: { ...spread, spread: 'shares', backends: { b: 2, c: 1 } },
      en: '2000 requests from a for http://10.0.0.9/ are spread over b (2), c (1)',
      ko: 'a에서 http://10.0.0.9/로 보낸 요청 2000개를 백엔드가 나누어 받습니다: b(2), c(1)',
    },
    {
      args: { ...spread, spread: 'every', backends: { b: 1, c: 1 } },
      en: 'each of b, c answers a for http://10.0.0.9/',
      ko: 'a에서 http://10.0.0.9/로 보낸 요청에 모든 백엔드가 응답합니다: b, c',
    },
    {
      args: { ...spread, spread: 'one', backends: { b: 1, c: 1 } },
      en: 'the same one of b, c answers a for http://10.0.0.9/ every time',
      ko: 'a에서 http://10.0.0.9/로 보낸 요청에 항상 같은 백엔드가 응답합니다: b, c',
    },
  ],
};

t.test('words the question of a check in both languages', async (t) => {
  for (const [kind, rows] of Object.entries(samples)) {
    for (const { args, ...words } of rows) {
      t.same(question({ id: 'x', kind, args, needs: [], until: null } as Check), words, kind);
    }
  }
});

t.test('no check of any kind, and none of a shipped lab, is left without its values', async (t) => {
  const library = await Library.read([new URL('../../../labs', import.meta.url).pathname]);
  const checks = library.list().flatMap(({ steps }) => steps.flatMap((step) => step.checks));
  t.ok(checks.length > 100);
  for (const check of [...everyCheck, ...checks]) {
    const { en, ko } = question(check);
    t.notMatch(
      `${en} ${ko}`,
      /undefined|(?<!\/dev\/)null|\[object|\(으\)|\(가\)|\(는\)| {2}/,
      `${check.kind} ${check.id}: ${en} / ${ko}`,
    );
    t.not(en, ko);
  }
});
