import type { Reason } from '../../core/verdict/reasons.ts';
import type { glossary as english } from '../en/reasons.ts';

/** 그 이유가 언제 나오는지 한 문장으로. */
export const reasons: Record<Reason, string> = {
  'netns-missing': '네트워크 네임스페이스가 없습니다',
  'netns-present': '없어야 할 네트워크 네임스페이스가 있습니다',
  'container-missing': '컨테이너가 실행되고 있지 않습니다',
  'pod-missing': '파드가 없거나 파드에 네트워크가 없습니다',
  'link-missing': '인터페이스가 없거나 다른 노드에 있습니다',
  'link-present': '없어야 할 인터페이스가 있습니다',
  'wrong-kind': '인터페이스의 종류가 다릅니다',
  'wrong-peer': '케이블의 반대쪽 끝이나 부모 인터페이스가 다릅니다',
  'link-down': '인터페이스가 꺼져 있습니다',
  'link-up': '꺼져 있어야 할 인터페이스가 켜져 있습니다',
  'no-carrier': '인터페이스는 켜져 있지만 케이블의 반대쪽 끝이 꺼져 있습니다',
  'not-attached': '인터페이스가 그 브리지의 포트가 아닙니다',
  'no-address': '인터페이스나 보내는 쪽에 그 주소가 없습니다',
  'address-present': '없어야 할 주소가 있습니다',
  'wrong-prefix': '주소는 있지만 프리픽스 길이가 다릅니다',
  'duplicate-address': '한 회선에 있는 여러 노드가 같은 주소를 씁니다',
  'no-route': '보내는 쪽이나 가는 길의 라우터에 그 주소로 가는 경로가 없습니다',
  'route-present': '없어야 할 경로가 있습니다',
  'wrong-gateway': '경로의 게이트웨이나 인터페이스가 다릅니다',
  'wrong-device': '주소가 다른 인터페이스에 있습니다',
  'neighbour-silent': '찾는 주소를 가진 호스트가 같은 회선에 없습니다(ARP, 이웃 탐색)',
  'question-ignored': '호스트가 ARP 요청을 받고도 응답하지 않습니다(arp_ignore, arp_filter, NOARP)',
  'question-dropped': '규칙이 ARP 요청이나 응답을 버립니다',
  'proxy-silent': '라우터가 뒤쪽 호스트를 대신해 ARP에 응답해야 하는데(proxy_arp) 응답하지 않습니다',
  'port-state': '스패닝 트리가 브리지의 포트를 막고 있거나, 포트가 잠겨 있습니다',
  'port-isolated': '브리지의 두 포트가 서로 격리되어 있습니다',
  'other-vlan': '브리지의 포트가 그 VLAN에 속하지 않거나, 그 태그가 달린 프레임을 받는 인터페이스가 없습니다',
  'not-flooded': '브리지가 MAC 주소를 모르고, 포트는 모르는 주소의 프레임을 받지 않습니다',
  'port-hairpin': '패킷이 들어온 포트로 다시 나가야 합니다',
  'wrong-port': '브리지의 포워딩 데이터베이스에 MAC 주소가 다른 포트 뒤에 있는 것으로 적혀 있습니다',
  'frame-too-long': '패킷이 가는 길의 MTU보다 길고 단편화할 수 없습니다',
  'path-mtu': '도착하는 가장 큰 패킷의 크기가 예상과 다릅니다',
  'duplicate-mac': '한 회선에 있는 여러 인터페이스가 같은 MAC 주소를 씁니다',
  'wrong-mac': '이웃 테이블에 다른 인터페이스의 MAC 주소가 있습니다',
  'wrong-tunnel-end': '터널이 어느 노드에도 없는 주소로 보내거나, 자기 것이 아닌 주소에서 보냅니다',
  'tunnel-unheard': '터널의 패킷은 노드에 도착하지만 받는 터널이 그곳에 없습니다(다른 노드, VNI, 포트)',
  'no-peer':
    'WireGuard에 목적지를 맡은 피어가 없거나, 피어가 수신하지 않는 곳으로 보내거나, 피어에게서 그런 패킷을 받지 않습니다',
  'lower-link': 'VLAN, macvlan, 터널 아래의 인터페이스가 꺼져 있거나 캐리어가 없습니다',
  'neighbour-missing': '이웃 테이블에 그 주소가 없습니다',
  'neighbour-present': '이웃 테이블에 없어야 할 주소가 있습니다',
  'wrong-value': 'sysctl의 값이 다릅니다',
  'forwarding-off': '가는 길의 노드가 패킷을 포워딩하지 않습니다',
  'rule-missing': '그런 규칙이 없습니다',
  'rule-present': '없어야 할 규칙이 있습니다',
  'dropped-by-rule': '규칙이나 기본 정책이 패킷을 버립니다',
  'rejected-by-rule': '규칙이 패킷을 거부하고 알려 줍니다',
  'route-refuses': '경로나 정책 규칙이 패킷을 거부합니다(unreachable, prohibit, blackhole)',
  'routing-loop': '라우터들이 TTL이 0이 될 때까지 패킷을 서로에게 돌립니다',
  'reply-not-routed': '요청은 도착하지만 응답이 돌아올 길이 없습니다',
  'service-port': '서비스 주소나 서비스용 범위의 주소로 온 패킷에 맞는 규칙이 노드에 없습니다',
  'not-translated': '변환되어야 할 주소가 변환되지 않습니다',
  'wrong-translation':
    '주소가 예상과 다른 주소로 변환되거나, 그대로여야 하는데 변환됩니다. 또는 응답에 필요한 변환이 없습니다(헤어핀)',
  'translated-otherwise': '`translated` 목록에 없는 곳에서, 또는 한 번 더 변환됩니다',
  'rule-not-met': '변환되지만 다른 규칙에 따른 것입니다',
  'other-path': '패킷이 다른 길로 갑니다',
  'enters-node': '가지 않아야 할 노드에 패킷이 들어갑니다',
  'other-way-back': '응답이 요청과 다른 길로 오거나 다른 주소에서 옵니다',
  'rp-filter': '역방향 경로 필터가 버립니다. 출발지로 가는 길이 다른 인터페이스입니다',
  'loopback-only': '루프백 주소를 쓰는 패킷이 회선에 나왔습니다(route_localnet)',
  'no-free-port': '변환에 쓸 출발지 포트가 남아 있지 않습니다',
  'other-zone': '응답을 다른 conntrack 존에서 찾습니다',
  'proxy-unrouted': '투명 프록시가 패킷을 가로채지만 자신에게 전달하는 경로가 없습니다',
  'proxy-unheard': '투명 프록시가 패킷을 가로채지만 그곳에서 수신 대기하는 프로그램이 없습니다',
  'queue-full': '인터페이스의 큐가 패킷을 버립니다(tc)',
  'ipsec-refuses': 'IPsec 정책이 패킷을 거부하거나, 그 패킷에 쓸 SA(state)가 없습니다',
  'kernel-drop': '커널이 패킷을 버립니다. 이유는 커널이 알려 준 이름 그대로입니다',
  'no-listener': '포트에서 수신 대기하는 프로그램이 없습니다',
  'port-closed': '프로그램이 그 포트의 다른 주소에서 수신 대기합니다',
  'listener-full': '프로그램이 그 포트에서 수신 대기하지만 기다리는 연결을 받지 않습니다',
  'answer-broken':
    '웹 서버의 응답이 중간에 끊기거나, HTTP가 아니거나, 클라이언트가 받아들이는 TLS가 아닙니다',
  'wrong-status': '웹 서버가 다른 상태 코드로 응답합니다',
  'wrong-body': '응답에 그 내용이 없습니다',
  'wrong-source': '받는 쪽이 본 출발지 주소가 예상과 다르고, 둘 다 보낸 쪽의 주소가 아닙니다',
  'no-tls': '포트는 열려 있지만 TLS 핸드셰이크가 실패합니다',
  'certificate-name': '다른 이름의 인증서입니다',
  'certificate-untrusted': '신뢰하지 않는 기관이 서명한 인증서입니다',
  'certificate-expired': '인증서의 유효 기간이 아닙니다',
  'some-unanswered': '일부 요청에만 응답합니다',
  'unknown-backend': '목록에 없는 백엔드가 응답합니다',
  'backend-idle': '요청을 하나도 받지 못하는 백엔드가 있습니다',
  'share-too-small': '백엔드가 가중치보다 적은 요청을 받습니다',
  'share-too-large': '백엔드가 가중치보다 많은 요청을 받습니다',
  'several-backends': '하나여야 하는데 여러 백엔드가 응답합니다',
  'clock-unsynchronised': '시간 서버가 자기 시계도 맞지 않다고 말합니다',
  'wrong-offset': '서버가 알려 주는 시간이 허용된 것보다 더 어긋납니다',
  'wrong-stratum': '시간 서버의 stratum이 다릅니다',
  'time-source-missing': 'chronyd가 그 시간 원본을 모릅니다',
  'time-source-state': 'chronyd가 아는 시간 원본의 상태가 다릅니다',
  'wrong-mail-answer': '메일 서버가 다른 코드나 내용으로 응답합니다',
  'process-missing': '노드에 그런 프로세스가 없습니다',
  'wrong-user': '프로세스가 다른 사용자로 실행됩니다',
  'capability-missing': '프로세스에 capability가 없습니다',
  'capability-present': '프로세스에 없어야 할 capability가 있습니다',
  'not-permitted': '커널이 명령을 허용하지 않습니다(EPERM, EACCES)',
  'wrong-exit': '명령의 종료 코드가 다릅니다',
  'wrong-output': '명령이 그 내용을 출력하지 않습니다',
  'unexpected-reply': '실패해야 하는데 성공합니다',
  'other-reason': '실패하지만 다른 이유로 실패합니다',
  'name-unknown': '물어본 곳 모두 그 이름을 모릅니다(NXDOMAIN)',
  'no-name-server': '/etc/resolv.conf에 서버가 없습니다',
  'name-server-silent': '네임 서버가 응답하지 않습니다',
  'name-server-refuses': '네임 서버가 응답을 거부합니다(REFUSED)',
  'name-server-fails': '네임 서버가 알아내지 못했습니다(SERVFAIL)',
  'record-missing': '이름은 있지만 그 유형의 레코드가 없습니다',
  'wrong-answer': '이름의 값이 다릅니다',
  'wrong-name-server': '다른 네임 서버가 응답했습니다',
  'not-cached': '서버가 방금 받은 응답을 다시 물었습니다',
  'one-family-only':
    '이름이 IPv4와 IPv6 중 하나로만 찾아지고, 서버가 다른 질의를 거부하거나 없다고 하거나 응답하지 않습니다',
  'queries-lost': '응답을 받지 못한 질의가 너무 많습니다',
  'rate-too-low': '다른 서버와 비교해 초당 응답하는 질의가 너무 적습니다',
  'latency-too-high': '다른 서버와 비교해 응답이 너무 오래 걸립니다',
  'entry-missing': '파일이나 커널의 테이블(정책 규칙, conntrack, FDB, VLAN)에 그런 항목이 없습니다',
  'entry-present': '파일이나 커널의 테이블에 없어야 할 항목이 있습니다',
  'wrong-entry': '파일, 커널의 테이블, 인터페이스(MTU, 터널)의 그 자리에 다른 값이 있습니다',
  'listener-present': '포트에서 수신 대기하지 않아야 할 프로그램이 수신 대기합니다',
  'wrong-process': '포트에서 다른 프로그램이 수신 대기합니다',
  'no-answer':
    '응답이 없고, 보이는 상태로는 설명되지 않습니다. 중간 라우터의 MTU보다 큰 `ping`도 이 이유로 실패하므로 MTU는 `mtu`로 검사합니다',
  'control-failed': '실패를 증명할 대조 검사도 실패해서 아무것도 증명하지 못합니다',
  'tool-failed': '물어봐야 할 프로그램이 실패했습니다',
};

const reasonIn = (code: string) => (code in reasons ? reasons[code as keyof typeof reasons] : code);

/** 판정이 언어 없이 적어 둔 짧은 말(`via b1; symmetric`, `exit 0`)을 우리말로. */
export const terms = (text: string): string => text.split('; ').map(term).join(', ');

function term(text: string): string {
  const [, past] = /^not via (.*)$/.exec(text) ?? [];
  if (past !== undefined) return `${past}을(를) 거치지 않음`;
  const [, through] = /^via ([\w-]+(?:, [\w-]+)*)$/.exec(text) ?? [];
  if (through !== undefined) return `${through} 경유`;
  const [, expected = '', there = ''] = /^([a-z-]+)( \(\S+\))?$/.exec(text) ?? [];
  if (expected in reasons) return `${reasonIn(expected)}${there}`;
  if (text === 'symmetric') return '돌아오는 길도 같음';
  const [, at, reason] = /^end: (\S+)(?: \((.*)\))?$/.exec(text) ?? [];
  if (at !== undefined) return `${at}에서 끝남${reason === undefined ? '' : ` (${reasonIn(reason)})`}`;
  return text.replace(/^exit (\d+), (.+)$/, 'exit $1(출력에 `$2`)').replace(/^exit (\d+)/, '종료 코드 $1');
}

/** `up`, `carrier`, `peer blue:veth-blue` 같은 인터페이스의 속성을 우리말로. */
const properties: [RegExp, string][] = [
  [/ carrier\b/, ', 캐리어 있음'],
  [/ no-carrier\b/, ', 캐리어 없음'],
  [/ (up|down)\b/, ', $1 상태'],
  [/ master (\S+)/, ', $1의 포트'],
  [/ peer (\S+)/, ', 반대쪽 끝 $1'],
  [/ mtu (\S+)/, ', MTU $1'],
  [/ parent (\S+)/, ', $1 위에 만듦'],
  [/ (id|local|remote|dstport|group|mode|key|ttl) (\S+)/g, ', $1 $2'],
];

export function facts(kind: string, text: string): string {
  if (text === '-') return '없음';
  if (kind === 'http')
    return text.replace(/^\d+/, '상태 코드 $&').replace(/\bclient (\S+)$/, '클라이언트 주소 $1');
  if (kind === 'address') return text.replace(/^(\S+) on (\S+)$/, '$2의 $1');
  if (kind !== 'link') return text;
  const said = properties.reduce((now, [from, to]) => now.replace(from, to), text);
  return said.replace(/^([^,\s]+) ([^,\s]+)/, '$1($2)');
}

/** 실습에 나오는 용어: 글에서 쓰는 이름들, 쌍점 뒤에 뜻. */
export const glossary: Record<keyof typeof english, string> = {
  arp: 'ARP: 같은 네트워크의 모든 호스트에 “이 IPv4 주소를 가진 호스트는?” 하고 물어 MAC 주소를 알아내는 프로토콜입니다.',
  bridge: '브리지, bridge: 커널 안의 스위치입니다. MAC 주소를 보고 포트 사이에서 프레임을 전달합니다.',
  broadcast: '브로드캐스트, broadcast: 한 네트워크의 모든 호스트에 한꺼번에 보내는 패킷이나 프레임입니다.',
  capability:
    'capability: root의 권한을 나눈 조각입니다. 예를 들어 NET_ADMIN이 있으면 네트워크를 바꿀 수 있습니다. 프로세스는 그중 일부만 가질 수 있습니다.',
  carrier:
    '캐리어, carrier: 반대쪽 끝에서 오는 신호입니다. 인터페이스가 켜져 있어도 반대쪽이 꺼져 있으면 없습니다.',
  chain:
    '체인, chain: 패킷이 차례로 지나는 방화벽 규칙의 목록입니다. 먼저 결정하는 규칙에서 끝나고, 없으면 체인의 기본 정책을 따릅니다.',
  'cluster-ip':
    'ClusterIP, 클러스터 IP: 클러스터 안에서 쓰는 서비스의 주소입니다. 이 주소를 가진 인터페이스는 없고, 노드의 규칙이 파드 주소로 변환합니다.',
  cni: 'CNI: 컨테이너 런타임이 새 컨테이너나 파드에 네트워크를 만들어 줄 플러그인을 부르는 규격입니다.',
  conntrack:
    'conntrack, 연결 추적: 커널이 연결을 기억하는 기능입니다. 어느 패킷이 어느 연결인지 알고, 응답의 NAT를 되돌립니다.',
  coredns: 'CoreDNS: 쿠버네티스 클러스터의 네임 서버입니다.',
  'default-gateway': '기본 게이트웨이, 기본 경로: 다른 경로가 맞지 않는 패킷을 모두 받는 라우터입니다.',
  dnat: 'DNAT: 패킷의 목적지를 바꾸는 NAT입니다. 예를 들어 공개한 포트에서 컨테이너로 바꿉니다.',
  endpoint: '엔드포인트, endpoint: 서비스 뒤에 있는 파드 하나의 주소와 포트입니다.',
  fdb: 'FDB, 포워딩 데이터베이스: 브리지가 어느 MAC 주소가 어느 포트 뒤에 있는지 적어 두는 테이블입니다.',
  forwarding:
    '포워딩, ip_forward: 라우터처럼 다른 호스트로 가는 패킷을 넘겨주는 일입니다. 리눅스는 ip_forward가 1일 때만 합니다.',
  gateway: '게이트웨이: 호스트가 자기 네트워크 밖으로 가는 패킷을 넘기는 라우터입니다.',
  hairpin:
    '헤어핀, hairpin: 들어온 쪽으로 다시 나가는 패킷입니다. 예를 들어 컨테이너가 자신이 공개한 포트로 접속할 때 생깁니다.',
  icmp: 'ICMP: ping이 쓰는 프로토콜이며, ‘호스트로 가는 경로 없음’이나 ‘시간 초과’ 같은 오류도 알립니다.',
  ingress:
    '인그레스, Ingress: 밖에서 오는 HTTP 요청을 어느 서비스로 보낼지 정하는 쿠버네티스 오브젝트입니다.',
  interface: '인터페이스: 커널이 보는 케이블의 한쪽 끝, 브리지, 터널입니다. `ip link`의 한 줄입니다.',
  iptables:
    'iptables: 커널의 패킷 필터와 NAT를 다루는 명령입니다. 테이블 안에 체인이, 체인 안에 규칙이 있습니다.',
  'kube-proxy':
    'kube-proxy: 쿠버네티스 노드마다 실행되며, 서비스를 파드로 변환하는 규칙을 쓰는 프로그램입니다.',
  kubelet: 'kubelet: 쿠버네티스 노드마다 실행되며, 파드를 시작하고 지켜보는 프로그램입니다.',
  'link-local':
    '링크 로컬, link-local: 한 네트워크 안에서만 쓰는 주소입니다. IPv6 인터페이스에는 모두 fe80::/10의 주소가 있습니다.',
  loopback:
    '루프백, loopback: 127.0.0.1이 있는 `lo` 인터페이스입니다. 호스트가 자기 자신과 통신할 때 쓰며 네임스페이스마다 따로 있습니다.',
  mac: 'MAC 주소: 프레임에 쓰는 인터페이스의 주소입니다. 한 네트워크 안에서만 쓰며 라우터를 지날 때마다 바뀝니다.',
  masquerade:
    'MASQUERADE, 마스커레이드: 나가는 인터페이스의 주소로 바꾸는 SNAT입니다. 여러 호스트가 주소 하나를 함께 씁니다.',
  mtu: 'MTU: 인터페이스가 나누지 않고 보내는 가장 긴 패킷의 바이트 수입니다.',
  nat: 'NAT, 네트워크 주소 변환: 패킷이 지나는 길에서 출발지나 목적지를 바꾸고, 응답에서는 되돌리는 일입니다.',
  neighbour:
    '이웃 테이블, ARP 테이블, 이웃: 연결된 네트워크의 주소마다 MAC 주소를 적어 두는 커널의 테이블입니다.',
  netns:
    '네트워크 네임스페이스, 네임스페이스, netns: 한 커널 안의 독립된 네트워크입니다. 인터페이스, 주소, 경로, 규칙이 모두 따로 있습니다.',
  'network-policy':
    'NetworkPolicy, 네트워크 정책, 네트워크 폴리시: 어느 파드가 어느 파드로 보낼 수 있는지 정하는 쿠버네티스 오브젝트입니다. 네트워크 애드온이 규칙으로 만듭니다.',
  'node-port': 'NodePort, 노드 포트, 노드포트: 클러스터의 모든 노드가 서비스 하나를 위해 여는 포트입니다.',
  nxdomain: 'NXDOMAIN: ‘그런 이름은 없다’는 DNS 응답입니다.',
  pod: '파드, pod: 쿠버네티스의 가장 작은 단위로, 네트워크 네임스페이스와 주소를 함께 쓰는 컨테이너들입니다.',
  prefix:
    '프리픽스 길이, 프리픽스, 서브넷, CIDR: 한 네트워크의 주소가 함께 쓰는 앞쪽 비트입니다. /24는 앞의 24비트입니다.',
  resolver: '리졸버, resolver: 이름의 주소를 네임 서버에 묻는, 프로그램이나 호스트의 한 부분입니다.',
  'routing-table':
    '라우팅 테이블, 경로: 주소의 범위마다 어느 인터페이스와 게이트웨이로 가는지 적혀 있습니다. 맞는 것 중 프리픽스가 가장 긴 경로를 씁니다.',
  stratum: 'stratum: 정확한 시계까지 시간 서버를 몇 번 거치는지 나타냅니다. 1이 바로 옆입니다.',
  sysctl: 'sysctl: 실행 중에 읽고 바꿀 수 있는 커널 설정입니다. /proc/sys에 있습니다.',
  tls: 'TLS: HTTPS가 쓰는 암호화입니다. 인증서가 서버의 이름을 증명합니다.',
  ttl: 'TTL: 패킷에서는 라우터를 지날 때마다 1씩 줄고 0이 되면 버려집니다. DNS 레코드에서는 캐시해도 되는 시간(초)입니다.',
  veth: 'veth 쌍, veth: 양 끝이 인터페이스인 가상 케이블입니다. 한쪽으로 들어간 것이 다른 쪽으로 나옵니다.',
  vxlan:
    'VXLAN: 프레임을 통째로 UDP 패킷에 담아 나르는 터널입니다. 멀리 있는 호스트도 한 네트워크에 있게 됩니다.',
  zone: '존, zone: 도메인 아래의 이름 중 네임 서버 하나가 맡은 부분입니다.',
};
