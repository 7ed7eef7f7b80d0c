import type { Template } from '../../core/explain/template.ts';
import type { TraceWords } from '../../core/explain/trace/words.ts';
import type { Ladder } from '../../core/explain/words.ts';
import type { GapCode } from '../../core/path/recording/gap.ts';
import { unrouted } from './routes.ts';
import { notes } from './rules.ts';

export const traces: TraceWords = {
  ends: {
    delivered: [
      '전달됨: 응답이 {from}에 돌아왔습니다. {renamed} 다음부터는 패킷이 보이지 않았습니다. {renamed}에 원래 ICMP 식별자를 쓰는 연결이 이미 있어서 출발지 NAT가 다른 식별자를 붙였기 때문입니다.',
      '전달됨: 실습의 노드가 아닌 {behind} 뒤의 호스트가 응답했고, 그 응답이 {from}에 돌아왔습니다.',
      '전달됨: {node}[({by})]의 응답[({answer})]이 {from}에 돌아왔습니다.',
    ],
    refused: '거부됨: {by}에서 거부했습니다.',
    dropped: '패킷이 {node}에서 버려졌습니다.',
    lost: '사라짐: {to} 쪽으로 가다가 {place}에서 마지막으로 보였습니다.[ 다음에는 {next}에서 보여야 합니다.] 추적만으로는 이유를 알 수 없습니다.',
    'answer-lost':
      '응답이 사라짐: 요청은 도착했지만, 응답은 {place}에서 마지막으로 보였습니다.[ 다음에는 {next}에서 보여야 합니다.]',
  },
  unanswered: '응답 없음: 요청은 {node}[({by})]에 도착했지만, {node}에서 돌려보낸 응답이 없습니다.',
  unrouted,
  byKernel: '커널이 직접 에코에 응답',
  nftables: '{node}의 nftables 규칙이 버립니다: {family} 계열의 체인 {chain}.',
  notes,
  unsaid: {
    'error-lost':
      '{node}에서 오류 메시지를 보냈지만 {errorLost}에서 마지막으로 보였습니다. 보낸 쪽은 계속 기다리게 됩니다.',
    'after-redirect':
      '{client}에는 오류 메시지가 오지 않아 보낸 쪽은 계속 기다립니다. {node}에서 방금 리다이렉트를 보냈고, 커널은 한 노드에 1초 동안 보내는 오류의 수를 제한합니다(net.ipv4.icmp_ratelimit).',
    'no-way-back':
      '{node}에는 자신의 오류 메시지를 {client}(으)로 보낼 경로가 없어, 보낸 쪽은 계속 기다립니다.',
    'rate-limit':
      '{client}에는 오류 메시지가 오지 않아 보낸 쪽은 계속 기다립니다. {node}의 커널은 한 노드에 1초 동안 보내는 오류의 수를 제한하는데(icmp_ratelimit), 앞서 다른 오류를 보냈습니다.',
  },
  asked: '{service} 프로토콜의 질문을 보냈습니다.',
  truncated:
    '{truncated}의 응답은 UDP 데이터그램에 다 들어가지 않아 레코드 없이 왔고(TC), {from}이(가) TCP로 다시 묻습니다.',
  spoken: '{node}의 프로그램 출력: "{line}".',
  relay:
    '{node}의 docker-proxy는 데이터그램을 자기 소켓으로 컨테이너에 다시 보냅니다. 이 두 번째 길은 TCP일 때만 따라가므로, {node}에서 컨테이너까지는 따로 추적하세요.',
  reasons: {
    ttl: [
      '{dst}(으)로 가는 길에 TTL이 다 되었습니다. {setter}의 규칙이 TTL을 정했습니다: `{rule}`. 라우터마다 1씩 줄이고, 0이 되면 패킷을 버립니다.',
      '{dst}(으)로 가는 길에 TTL이 다 되었습니다. {sender}의 경로가 패킷의 TTL을 {initial}(으)로 정합니다(`{limited}`). 라우터마다 1씩 줄이고, 0이 되면 패킷을 버립니다.',
      '{dst}(으)로 가는 길에 TTL이 다 되었습니다. {sender}이(가) 패킷의 TTL을 {initial}(으)로 정합니다({ttlKey}, 보통 {usual}). 라우터마다 1씩 줄이고, 0이 되면 패킷을 버립니다.',
      '{dst}(으)로 가는 길에 TTL이 다 되었습니다. 라우터마다 1씩 줄이고, 0이 되면 패킷을 버립니다.',
    ],
    diverted: [
      '{node}에서 {cameBy}(으)로 들어온 패킷을 브리지나 IP 계층이 보기 전에 그대로 {leftBy}(으)로 내보냅니다. nftables 규칙이 하는 일입니다: `{forwarder}`, {family} {table} 테이블의 {chainName} 체인.',
      '{node}에서 {cameBy}(으)로 들어온 패킷을 브리지나 IP 계층이 보기 전에 그대로 {leftBy}(으)로 내보냅니다. tc 필터(mirred)나 eBPF 프로그램이 하는 일이며, `{exec}tc filter show dev {cameBy} ingress` 명령으로 목록을 확인합니다.',
    ],
    mtu: [
      '패킷은 {length}바이트이고 단편화가 금지되어 있는데, {node}의 경로에 MTU가 {mtu}바이트로 적혀 있습니다: `{narrowRoute}`. 라우터가 이를 알려 주었으므로 보낸 쪽은 이제 더 작은 패킷을 보냅니다.',
      '패킷은 {length}바이트이고 단편화가 금지되어 있는데, {link}의 MTU는 {mtu}바이트입니다. 라우터가 이를 알려 주었으므로 보낸 쪽은 이제 더 작은 패킷을 보냅니다.',
    ],
    'mtu-here': [
      '패킷은 {length}바이트이고 조각으로 나눌 수 없습니다. {node}에는 {dst}(으)로 가는 길이 최대 {stale}바이트라는, 전에 라우터가 알린 값이 남아 있습니다(`{ip} route get {dst}` 명령으로 확인합니다). 지금은 길 위의 모든 인터페이스가 이 패킷을 받을 수 있습니다. 보내는 쪽 커널은 그 값을 받은 지 10분이 지나 잊을 때까지 이 패킷을 거부합니다.',
      '패킷은 {length}바이트이고 단편화가 금지되어 있는데, {link}의 MTU는 {mtu}바이트입니다. 보내는 쪽 커널이 거부하므로 아무것도 나가지 않습니다.',
      '패킷은 {length}바이트이고 단편화가 금지되어 있는데, 라우터가 알린 대로 {dst}(으)로 가는 경로의 MTU는 {pathMtu}바이트입니다(`{ip} route get {dst}` 명령으로 확인합니다). {narrowNode}의 {narrowLink} MTU가 {narrowMtu}바이트이기 때문입니다. 보내는 쪽 커널이 거부하므로 아무것도 나가지 않습니다.',
      '패킷은 {length}바이트이고 단편화가 금지되어 있는데, {dst}(으)로 가는 경로의 MTU는 {pathMtu}바이트입니다. 라우터가 알려 주었거나 경로에 적혀 있는 값입니다(`{ip} route get {dst}`로 보입니다). 보내는 쪽 커널이 거부하므로 아무것도 나가지 않습니다.',
    ],
    'mtu-unheard':
      '패킷은 {length}바이트이고 단편화가 금지되어 있는데, {link}의 MTU는 {mtu}바이트입니다. 라우터가 이를 알리지만 {deaf}의 규칙이 그 메시지를 버립니다: `{rule}`. 그래서 보낸 쪽은 더 작은 패킷을 보내야 한다는 것을 알지 못합니다.',
    'other-source':
      '{expected} 주소로 요청했는데 {observed} 주소에서 응답이 와서 받는 프로그램이 없습니다. 모든 주소에서 수신 대기하는 UDP 서버는 요청받은 주소가 아니라 경로에 맞는 주소로 응답합니다.',
    'kept-connection': [
      '{router}의 conntrack에 이 연결({connection})이 전부터 남아 있어 {keptTo}(으)로 보냅니다. 지금 규칙은 새 연결을 {ruledTo}(으)로 보내지만, nat 테이블은 연결의 첫 패킷에만 적용됩니다.',
      '{router}의 conntrack에 이 연결({connection})이 전부터 남아 있어 {keptTo}(으)로 보냅니다. 지금은 그렇게 하는 규칙이 없지만, nat 테이블은 연결의 첫 패킷에만 적용됩니다.',
      '{router}의 conntrack에 이 연결({connection})이 전부터 남아 있어 출발지 {keptFrom}(으)로 나갑니다. 지금 규칙은 새 연결의 출발지를 {ruledFrom}(으)로 바꾸지만, nat 테이블은 연결의 첫 패킷에만 적용됩니다.',
    ],
    'service-silent':
      '모든 {service} 서버가 이해하는 질문을 보냈고 {by}에서 받았지만 응답이 없습니다. 이 클라이언트에는 응답하지 않도록 설정되어 있거나(접근 규칙과 로그를 확인하세요), {by}은(는) {service} 서버가 아닙니다.',
    'service-one-way':
      '{service} 메시지를 보냈습니다. {service} 서버는 메시지를 받기만 하고 응답하지 않으므로 응답이 없는 것이 정상입니다. 로그를 확인하세요.',
    'question-unknown':
      'UDP {port} 포트에 보낼 질문을 알지 못해 임의의 바이트를 보냈습니다. 이를 이해하지 못하는 서버는 응답하지 않을 수 있으므로, 응답이 없다는 것은 데이터그램이 {by}에 도착했다는 것만 말해 줍니다.',
    'answer-missing': [
      '연결은 정상이고 응답이 시작됩니다({stalled}). 그 뒤로는 오지 않습니다. {by}이(가) 연결을 열어 둔 채, 클라이언트가 포기할 때까지 아무것도 보내지 않습니다.',
      '{by}이(가) 연결과 요청을 받은 뒤 응답 대신 연결을 리셋합니다({reset}).',
      '{by}이(가) 연결과 요청을 받은 뒤 응답 없이 연결을 닫습니다({closed}).',
      '연결은 정상이고 {by}이(가) 요청을 받았습니다. 클라이언트가 기다리는 동안 응답을 보내지 않습니다. 로그와, 그 프로그램이 무엇을 기다리는지 확인하세요.',
    ],
    'answer-ignored':
      '응답은 돌아왔지만 {from}의 {program}이(가) 받아들이지 않습니다. 보낸 것과 다른 식별자나 다른 질문이 들어 있어 응답으로 치지 않습니다.',
  },
  nat: {
    changed: '{why} {changes}',
    side: '{side} {change}',
    byRule: '{target} 규칙({place})에 따라',
    byNft: '`{rule}` 규칙(nft {place})에 따라',
    byConntrack: 'conntrack이 기억하는 연결대로',
    unseen: '추적에서 보지 못한 규칙에 따라',
  },
  packet: {
    icmp: {
      'v4 0': '에코 응답',
      'v4 3': 'ICMP 목적지 도달 불가',
      'v4 5': 'ICMP 리다이렉트',
      'v4 8': '에코 요청',
      'v4 11': 'ICMP 시간 초과',
      'v6 1': 'ICMPv6 목적지 도달 불가',
      'v6 2': 'ICMPv6 패킷이 너무 큼',
      'v6 3': 'ICMPv6 시간 초과',
      'v6 128': '에코 요청',
      'v6 129': '에코 응답',
    },
    unreachable: {
      'v4 0': '네트워크',
      'v4 1': '호스트',
      'v4 2': '프로토콜',
      'v4 3': '포트',
      'v4 4': '단편화 필요',
      'v4 9': '네트워크 접근 금지',
      'v4 10': '호스트 접근 금지',
      'v4 13': '관리자가 금지',
      'v6 0': '경로 없음',
      'v6 1': '관리자가 금지',
      'v6 2': '출발지 주소의 범위를 벗어남',
      'v6 3': '주소',
      'v6 4': '포트',
      'v6 5': '출발지 주소가 정책에 맞지 않음',
      'v6 6': '거부 경로',
    },
    query: 'DNS 질의',
    response: 'DNS 응답',
    datagram: '데이터그램',
    payload: '{flags}, {bytes}바이트',
    again: '{name}, 재전송',
    fragment: '{name}, {offset}바이트부터의 단편({length}바이트)',
  },
};

/** 추적에서 볼 수 없었던 것. */
export const gaps: Record<GapCode, Template> = {
  'node-unwatched': '{node}에서는 아무것도 지켜보지 못했습니다({error}). 그 노드의 홉이 빠져 있습니다.',
  'rules-untraced': '패킷이 {node}에서 {family} 계열의 어느 규칙을 만났는지 추적하지 못했습니다({error}).',
  'reports-lost':
    '{node}에 대해 커널이 알린 내용을 다 읽지 못했습니다({error}). 규칙이 빠져 있을 수 있습니다.',
  'frames-lost':
    '{node}의 트래픽이 너무 많아 프레임 {count}개를 잡지 못했습니다. 홉이 빠져 있을 수 있습니다.',
  'frames-over': '추적은 프레임을 8 MiB까지만 보관합니다. {node}에서 그 뒤에 보인 것은 빠져 있습니다.',
};

/** 커널의 drop reason이 뜻하는 것(enum skb_drop_reason, include/net/dropreason-core.h). */
export const drops: Record<string, string> = {
  IP_RPFILTER: '역방향 경로 필터',
  NETFILTER_DROP: '규칙이나 conntrack이 버림',
  OTHERHOST: '프레임이 다른 MAC 주소로 가는 것',
  IP_CSUM: 'IP 헤더의 체크섬이 틀림',
  TCP_CSUM: '세그먼트의 체크섬이 틀림',
  UDP_CSUM: '데이터그램의 체크섬이 틀림',
  IP_INHDR: 'IP 헤더가 올바르지 않음',
  IP_NOPROTO: '이 프로토콜을 처리하는 프로그램이 노드에 없음',
  NO_SOCKET: '기다리는 소켓이 없음',
  SOCKET_FILTER: '소켓의 필터가 버림',
  SOCKET_RCVBUFF: '소켓의 버퍼가 가득 참',
  PKT_TOO_BIG: 'MTU보다 긺',
  IP_OUTNOROUTES: '경로가 없음',
  IP_INNOROUTES: '경로가 없음',
  IP_INVALID_SOURCE: '출발지가 보낼 수 없는 주소임',
  IP_INVALID_DEST: '목적지가 받을 수 없는 주소임',
  IP_LOCALNET: '루프백 주소는 노드 밖에서 유효하지 않음',
  IP_LOCAL_SOURCE: '출발지가 노드 자신의 주소임',
  QDISC_DROP: '인터페이스의 큐가 가득 참',
  TC_INGRESS: '인터페이스의 tc 필터가 들어온 것을 버림',
  TC_EGRESS: '인터페이스의 tc 필터가 나가는 것을 버림',
  XDP: '인터페이스의 XDP 프로그램이 버림',
  NEIGH_FAILED: '다음 홉에서 응답하지 않음',
  NEIGH_QUEUEFULL: '다음 홉의 MAC 주소를 기다리는 패킷이 너무 많음',
  NEIGH_CREATEFAIL: '이웃 테이블이 가득 참',
  VXLAN_ENTRY_EXISTS: '이 MAC 주소는 터널의 다른 상대 뒤에 있음',
  VXLAN_NO_REMOTE: '이 MAC 주소로 보낼 터널 상대를 모름',
  UNICAST_IN_L2_MULTICAST: '한 주소로 가는 패킷이 여럿에게 가는 프레임으로 옴',
  DEV_READY: '인터페이스가 올라와 있지 않음',
  IPV6DISABLED: '노드에서 IPv6가 꺼져 있음',
  BRIDGE_INGRESS_STP_STATE: '브리지 포트가 forwarding 상태가 아님',
  BRIDGE_NO_EGRESS_PORT: '브리지가 내보낼 포트가 없음',
  XFRM_POLICY: 'IPsec 정책이 거부함(`ip xfrm policy` 명령으로 확인)',
  IP_TUNNEL_ECN: '터널 안팎의 ECN 비트가 서로 맞지 않음',
  TCP_OLD_SEQUENCE: '오래된 세그먼트임',
  TCP_INVALID_SEQUENCE: '시퀀스 번호가 윈도 밖임',
  TCP_RFC7323_PAWS: '타임스탬프가 이미 본 것보다 오래됨',
};

/** 패킷이 지나가는 경로. */
export const paths = {
  'other-path': {
    what: '{from}에서 {to}(으)로 가는 패킷의 경로: {observed}. 지나가야 할 노드: {missed}[, 순서: {expected}].',
    why: '패킷을 다음에 어디로 보낼지는 지나가는 노드마다 스스로 정합니다. 각 노드의 라우팅 테이블이 모여 경로가 됩니다.',
    where:
      '`hoplab trace {from} {to}` 명령으로 경로를, 각 노드에서 `ip route get {to}` 명령으로 그 이유를 확인합니다.',
    idea: '패킷을 다른 곳으로 보내는 첫 노드를 찾아 경로를 고치세요.',
  },
  'enters-node': {
    what: '{from}에서 {to}(으)로 가는 패킷이 {entered}에 들어옵니다({observed}). 그곳을 지나지 않아야 합니다.',
    why: '경로에 있는 노드는 패킷을 볼 수 있고 바꿀 수 있으며, 고장 나면 통신이 끊깁니다.',
    where:
      '`hoplab trace {from} {to}` 명령으로 경로를, 각 노드에서 `ip route get {to}` 명령으로 그 이유를 확인합니다.',
    idea: '{entered} 바로 앞 노드에서 어느 경로나 규칙이 패킷을 그곳으로 보내는지 확인하세요.',
  },
  'other-way-back': {
    what: '패킷이 가는 경로는 {way}인데, 응답이 돌아오는 경로는 {observed}입니다.',
    why: '응답이 다른 길로 돌아오면 conntrack, NAT, 역방향 경로 필터는 연결의 절반만 봅니다.',
    where:
      '`hoplab trace {from} {to}` 명령으로 두 경로를, 받는 노드와 라우터에서 `ip route` 명령으로 응답이 가는 곳을 확인합니다.',
    idea: '받는 노드나 중간 라우터에서 응답이 나가는 경로를 고치세요.',
  },
} as const satisfies Record<string, Ladder>;

/** What carries packets inside others. */
export const tunnels = {
  'wrong-tunnel-end': {
    what: [
      '{node}의 {link}은(는) 패킷을 {unowned}에서 보내도록(local) 되어 있지만 {node}에 없는 주소입니다. 그래서 커널이 보내지 않습니다.',
      '{node}의 {link}은(는) 패킷을 {nowhere}(으)로 보내는데, 그 주소를 가진 노드가 없습니다. 이 터널의 다른 끝은 {expected}({owner})입니다.',
      '{node}의 {link}은(는) 모두에게 가는 프레임을 그룹 {group}(으)로 보냅니다. 라우터는 그룹으로 가는 패킷을 스스로 전달하지 않는데, 다른 끝인 {expected}({owner})은(는) 다른 네트워크에 있습니다.',
      '{node}의 {link}은(는) {mac}(으)로 가는 프레임을 {observed}(으)로 보내는데, {mac}은(는) {expected}({owner}) 뒤에 있습니다.',
      '{node}의 {link}에는 모두에게 가는 프레임을 위한 항목({mac})이 없고 remote도 없습니다. 그래서 {unasked}에 대한 질문이 나가지 않습니다. {unasked}은(는) {expected}({owner}) 뒤에 있습니다.',
      '{node}의 {forgets}은(는) MAC 주소를 학습하지 않고(nolearning), {expected}({owner})을(를) 가리키는 항목도 없습니다. 그래서 {owner}에 대한 응답이 나가지 않습니다.',
      '{node}의 {link}에는 {mac}(으)로 보낼 상대 주소가 없습니다.',
    ],
    why: [
      '터널의 패킷은 노드 자신의 패킷입니다. 출발지({unowned})는 노드에 있는 주소여야 합니다.',
      'VXLAN 인터페이스는 포워딩 데이터베이스(FDB)에서 MAC 주소를 찾아, 거기 적힌 상대에게 프레임을 UDP에 담아 보냅니다.',
    ],
    where: [
      '`{ip} -d link show dev {link}` 명령으로 터널의 양쪽 끝을({unowned}이(가) 자기 쪽), `{ip} -br addr` 명령으로 {node}의 주소를 확인합니다.',
      '`{exec}bridge fdb show dev {link}` 명령으로 어느 MAC 주소가 어느 상대 뒤에 있는지 확인합니다.',
    ],
    idea: [
      '터널의 자기 쪽 끝을 {unowned} 대신 {node}의 주소로 바꾸거나, {node}에 그 주소를 추가하세요.',
      '{mac} 항목이 {expected}을(를) 가리키게 하세요.',
      '{mac}이(가) 어느 상대 뒤에 있는지 적으세요.',
    ],
  },
  'tunnel-unheard': {
    what: [
      '{sender}은(는) 터널({kind}) 패킷을 {source}에서 {address}(으)로 보내는데, {node}에는 받는 터널이 없습니다. 받으려면 remote가 {source}여야 합니다.[ 키 {key}도 맞아야 합니다.][ {node}의 터널: {observed}.]',
      '{sender}은(는) VXLAN {id} 패킷을 {address}의 UDP 포트 {port}(으)로 보내는데, {node}에는 이 패킷을 받는 인터페이스가 없습니다.[ {node}의 VXLAN 인터페이스: {observed}.]',
    ],
    why: [
      '터널({kind})은 자신의 양쪽 끝(local과 remote) 사이에 오가는, 자신의 키를 가진 패킷만 받습니다. 다른 패킷은 커널이 버립니다.',
      'VXLAN 인터페이스는 자신의 UDP 포트로 온, 자신의 번호(VNI)를 가진 패킷만 받습니다. 다른 패킷은 아무에게도 알리지 않고 버립니다.',
    ],
    where: [
      '`{ip} -d link show type {kind}` 명령으로 {node}의 터널의 양쪽 끝을 보고 {sender}의 것과 비교하세요.',
      '`{ip} -d link show type vxlan` 명령으로 {node}의 VXLAN 인터페이스의 번호와 포트를 보고 {sender}의 것과 비교하세요.',
    ],
    idea: [
      '{node}의 터널이 {source}(으)로 이어지게 하고 {sender}와(과) 같은 키를 쓰세요. 또는 반대쪽 {kind} 터널의 주소를 remote로 하여 {sender}을(를) 다시 만드세요.',
      '{node}의 VXLAN 인터페이스({observed})를 {sender}와 같은 번호와 포트로 만드세요. 둘 다 나중에 바꿀 수 없으므로, 인터페이스를 지우고 다시 추가해야 합니다.',
      '{node}에는 VXLAN 인터페이스가 없습니다. 터널의 반대쪽 끝이 다른 노드에 있다면, 그 노드의 주소를 `remote`로 하여 {sender}을(를) 다시 만드세요.',
    ],
  },
  'no-peer': {
    what: [
      '{node}의 {link}에 {homeless}을(를) 맡은 피어가 있지만 엔드포인트가 없습니다. 피어가 먼저 보내기 전에는 {node}이(가) 보낼 수 없습니다.',
      '{node}의 {link}에는 {endpoint}에 키가 {foreign}인 피어가 있지만, {owner}에 있는 그 인터페이스의 키는 {expected}입니다.',
      '{node}의 {link}은(는) 패킷을 {owner}의 {endpoint}(으)로 보내는데, 그 포트에서 수신하는 WireGuard 인터페이스가 없습니다.[ 수신하는 포트: {closed}.]',
      '{node}의 {link}에는 {stranger}의 공개 키를 가진 피어가 없어서, 거기서 오는 패킷을 버립니다.',
      '{node}의 {link}은(는) {sender}에게서 {observed}에서 온 패킷만 받는데, 이 패킷의 출발지는 {unlet}입니다.',
      '{node}의 {link}에는 허용 IP(allowed IPs)에 {address}이(가) 들어 있는 피어가 없습니다.[ 있는 피어: {observed}.]',
    ],
    why: [
      'WireGuard는 설정한 엔드포인트로, 또는 피어의 마지막 패킷이 온 곳으로 보냅니다. {homeless}에는 둘 다 없습니다.',
      '공개 키는 피어가 핸드셰이크에서 증명하는 것입니다. 키가 {expected}이(가) 아니면 응답이 오지 않습니다.',
      'WireGuard 인터페이스는 UDP 포트 하나(listen-port)에서 수신합니다. 다른 포트({endpoint})로 온 것은 받지 않습니다.',
      '양쪽은 서로의 공개 키를 알아야 합니다. WireGuard는 모르는 키({stranger})의 패킷에 응답하지 않습니다.',
      '피어의 허용 IP는 그 피어가 쓸 수 있는 출발지이기도 합니다. 출발지가 다른 패킷({unlet})은 버립니다.',
      'WireGuard는 패킷의 목적지로 피어를 고릅니다. 허용 IP에 목적지가 들어 있는 피어가 없으면 `Required key not available` 오류가 납니다.',
    ],
    where: '`{exec}wg show {link}` 명령으로 피어의 엔드포인트, 허용 IP, 마지막 핸드셰이크를 확인하세요.',
    idea: [
      '{homeless}을(를) 맡은 피어에 엔드포인트를 설정하거나, 반대쪽이 먼저 보내게 하세요.',
      '피어를 키가 {expected}인 피어로 바꾸세요.',
      '엔드포인트를 {owner}이(가) 수신하는 포트로 바꾸세요(지금은 {endpoint}).',
      '{stranger}을(를) 피어로 추가하세요. 공개 키와 함께 허용 IP에 {whole}을(를) 넣으세요.',
      '{node}에서 그 피어의 허용 IP에 {unlet}을(를) 추가하세요.',
      '{address} 또는 그 네트워크를, 그 주소가 있는 쪽 피어의 허용 IP에 추가하세요.',
    ],
  },
} as const satisfies Record<string, Ladder>;
