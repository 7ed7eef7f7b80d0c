import type { Template } from '../../core/explain/template.ts';
import type { Note } from '../../core/explain/trace/words.ts';
import type { Ladder } from '../../core/explain/words.ts';

/** Netfilter: the effect of rules on a packet. */
export const rules = {
  'rule-missing': {
    what: '{node}에 다음 규칙과 같은 일을 하는 규칙이 없습니다: `{rule}`.[ 가장 비슷한 규칙은 `{near}`입니다.]',
    why: '커널은 규칙에 적힌 대로 패킷을 처리합니다. 어떤 패킷에 적용할지는 테이블, 체인, 프로토콜, 주소가 모두 맞아야 정해집니다.',
    where: '`{exec}iptables -t {table} -S {chain}` 명령으로 그 체인의 규칙을 확인합니다.',
    idea: [
      '{chain} 체인의 규칙은 {engine}의 Docker가 `docker run` 옵션(`-p HOST:CONTAINER`)에 따라 씁니다. 컨테이너를 삭제하고(`docker rm -f`) 올바른 옵션으로 다시 시작하세요. 이 체인에는 규칙을 직접 추가하지 않습니다.',
      '{table} 테이블의 {chain} 체인에 규칙을 추가하세요. 포트를 지정하려면 프로토콜(`-p tcp`)을 먼저 적어야 합니다.',
    ],
  },
  'rule-present': {
    what: '{node}에 없어야 할 규칙이 있습니다: `{observed}`.',
    why: '규칙은 조건에 맞는 모든 패킷에 적용됩니다. 생각하지 못한 패킷에도 적용됩니다.',
    where: '`{exec}iptables -t {table} -S {chain}` 명령으로 그 체인의 규칙을 확인합니다.',
    idea: '그 규칙을 삭제하세요.',
  },
  'dropped-by-rule': {
    what: [
      '서비스 {service}({serviceNamespace} 네임스페이스)는 {sourceRanges}에 있는 주소의 연결만 받는데, {source}은(는) 그 안에 없습니다. {node}에서 kube-proxy의 규칙이 패킷을 버립니다: `{rule}`.',
      '서비스 {service}({serviceNamespace} 네임스페이스)의 엔드포인트가 {node}에 없고 {localPolicy} 값이 Local이므로, kube-proxy는 다른 노드로 보내지 않습니다. 규칙이 패킷을 버립니다: `{rule}`.',
      'Docker는 네트워크끼리 통신하지 못하게 합니다. {node}의 규칙이 한 네트워크에서 다른 네트워크로 가는 패킷({source} -> {destination}, 나가는 브리지 {apart})을 버립니다: `{rule}`.',
      '{internal} 브리지의 네트워크는 내부 전용입니다(`docker network create --internal`). {node}에서 Docker의 규칙이 그 네트워크를 드나드는 패킷({source} -> {destination})을 버립니다: `{rule}`.',
      '{node}의 규칙이 패킷({source} -> {destination})을 {unread}번 큐에 넘기는데, 이 큐를 읽는 프로그램이 없어 커널이 패킷을 버립니다. 규칙: `{rule}`[, {chain} 체인의 {line}번 규칙].',
      '{node}의 규칙이 패킷({source} -> {destination})을 {queue}번 큐에 넘겼지만 패킷이 돌아오지 않습니다. 큐를 읽는 프로그램이 패킷을 버리거나 붙잡고 있습니다. 규칙: `{rule}`[, {chain} 체인의 {line}번 규칙].',
      '{node}의 nftables 체인이 패킷({source} -> {destination})을 버립니다: `{nftRule}`, {family} {table} 테이블의 {chainName} 체인.[ 규칙 하나가 거의 맞습니다: `{nearly}`. `{condition}` 조건 때문에 통과하지 못합니다.][ {node}에 {misnamed} 인터페이스는 없습니다.]',
      '{node}에서[ {legacy}(으)로 정한] {policyChain} 체인의 기본 정책이 패킷({source} -> {destination})을 버립니다. 통과시키는 규칙이 없습니다.[ 규칙 하나가 거의 맞습니다: `{nearly}`. `{condition}` 조건 때문에 통과하지 못합니다.][ {node}에 {misnamed} 인터페이스는 없습니다.][ `{unreached}` 규칙이라면 통과시키지만, 그 앞의 `{stopper}` 규칙에서 패킷이 체인을 벗어납니다.][ `{strangeAccept}` 규칙이라면 통과시키지만 {strangeHook} 체인에 있고, 이 패킷은 {rightHook} 체인을 지납니다.]',
      '{node}의[ {legacy}(으)로 만든] 규칙이 패킷({source} -> {destination})을 버립니다: `{rule}`[, {chain} 체인의 {line}번 규칙].[ 규칙 하나가 거의 맞습니다: `{nearly}`. `{condition}` 조건 때문에 통과하지 못합니다.][ {node}에 {misnamed} 인터페이스는 없습니다.]',
    ],
    why: 'DROP된 패킷은 조용히 사라집니다. 보낸 쪽은 아무 응답도 받지 못하고 기다립니다.',
    where: [
      '`kubectl -n {serviceNamespace} describe service {service}` 명령의 "LoadBalancer Source Ranges"가 {sourceRanges} 값입니다.',
      '`kubectl -n {serviceNamespace} get endpointslices -o wide` 명령으로 {service} 서비스의 엔드포인트를, `kubectl -n {serviceNamespace} get service {service} -o yaml` 명령으로 {localPolicy} 값을 확인합니다.',
      '`docker network inspect {dockerNetwork}` 명령으로 그 네트워크의 컨테이너를 확인합니다. {container}은(는) 목록에 없습니다.',
      '`docker network ls` 명령으로 네트워크를 확인합니다. {engine}에는 네트워크마다 브리지가 하나씩 있습니다.',
      '`{exec}cat /proc/net/netfilter/nfnetlink_queue` 명령의 각 줄은 프로그램이 읽는 큐의 번호로 시작합니다. {unread}번은 없습니다.',
      '`{exec}cat /proc/net/netfilter/nfnetlink_queue` 명령의 각 줄은 프로그램이 읽는 큐의 번호와 그 프로그램의 포트 ID(대개 PID)로 시작합니다. {queue}번이 있습니다.',
      '`{exec}nft -a list chain {family} {table} {nftChain}` 명령으로 체인의 규칙과 기본 정책을 확인합니다.',
      '`{exec}iptables -t {table} -nvL {chainName} --line-numbers` 명령으로 규칙과 기본 정책, 각각의 패킷 수를 확인합니다.',
    ],
    idea: [
      '규칙의 타깃을 `-j {target}`(으)로 바꾸세요.',
      '{service} 서비스의 {sourceRanges}에 {source}의 네트워크를 추가하거나, 그 안의 주소에서 연결하세요. 규칙을 삭제해도 kube-proxy가 다시 만듭니다.',
      '{service} 서비스의 엔드포인트가 있는 노드로 보내거나, {localPolicy} 값을 Cluster로 바꾸세요. 규칙을 삭제해도 kube-proxy가 다시 만듭니다.',
      '{container} 컨테이너를 상대 컨테이너의 네트워크에 연결하세요. 인터페이스는 Docker가 만듭니다. 규칙을 삭제해도 Docker가 다시 만듭니다.',
      '{engine}에서 양쪽을 같은 네트워크에 두세요. 규칙을 삭제해도 Docker가 시작할 때 다시 만듭니다.',
      '{unread}번 큐를 읽는 프로그램을 시작하거나 규칙을 삭제하세요. --queue-bypass(nft: flags bypass)를 쓰면 큐를 읽는 프로그램이 없을 때 패킷이 통과합니다.',
      '{queue}번 큐를 읽는 프로그램이 패킷을 통과시키게 하거나, 규칙을 삭제하세요.',
      '규칙의 인터페이스 이름 {misnamed}을(를) {meantLink}(으)로 고치세요.',
      '{userChain} 체인에 이 패킷을 통과시키는 규칙을 추가하세요. Docker는 이 체인을 가장 먼저 거치고 그 내용은 바꾸지 않습니다. {policyChain} 체인의 기본 정책은 Docker가 정한 것이므로, 바꾸면 컨테이너 네트워크까지 열립니다.',
      '이 패킷을 통과시키는 규칙을 추가하거나, {policyChain} 체인의 기본 정책을 바꾸세요.',
      '그 규칙을 삭제하거나, 그 앞에 이 패킷을 허용하는 규칙을 추가하세요.',
    ],
  },
  'rejected-by-rule': {
    what: [
      '파드 {pod}({podNamespace} 네임스페이스)에 적용되는 네트워크 정책 가운데 패킷({source} -> {destination})을 허용하는 것이 없습니다. 적용되는 정책: {policies}. {node}에서 이를 집행하는 규칙이 패킷을 거부합니다: `{rule}`.',
      '파드 {pod}({podNamespace} 네임스페이스)에 적용되는 네트워크 정책 가운데 패킷({source} -> {destination})을 허용하는 것이 없습니다. {node}에서 이를 집행하는 규칙이 패킷을 거부합니다: `{rule}`.',
      '서비스 {service}({serviceNamespace} 네임스페이스)에 엔드포인트가 없어서, {node}에서 kube-proxy의 규칙이 그리로 가는 패킷을 거부합니다: `{rule}`.',
      '{node}의 nftables 체인이 패킷({source} -> {destination})을 거부합니다: `{nftRule}`, {family} {table} 테이블의 {chainName} 체인.',
      '{node}의[ {legacy}(으)로 만든] 규칙이 패킷({source} -> {destination})을 거부합니다: `{rule}`[, {chain} 체인의 {line}번 규칙].[ 규칙 하나가 거의 맞습니다: `{nearly}`. `{condition}` 조건 때문에 통과하지 못합니다.][ {node}에 {misnamed} 인터페이스는 없습니다.]',
    ],
    why: [
      'REJECT는 패킷을 버리고 보낸 쪽에 알립니다. 이번에는 {quiet}에 오류가 오지 않았습니다. 커널은 1초 동안 보내는 오류의 수를 제한하고, 돌아가는 경로도 있어야 합니다.',
      'REJECT도 패킷을 버리지만 보낸 쪽에 알려 줍니다. 그래서 바로 실패합니다.',
    ],
    where: [
      '`kubectl -n {podNamespace} describe networkpolicy {policy}` 명령으로 정책이 허용하는 파드, 포트, 주소를 확인합니다.',
      '`kubectl -n {podNamespace} describe networkpolicy` 명령으로 각 정책이 허용하는 파드, 포트, 주소를 확인합니다.',
      '`kubectl -n {serviceNamespace} describe service {service}` 명령으로 셀렉터와 엔드포인트를, `kubectl -n {serviceNamespace} get pods --show-labels` 명령으로 그 레이블을 가진 준비된 파드를 확인합니다.',
      '`{exec}nft -a list chain {family} {table} {nftChain}` 명령으로 체인의 규칙을 확인합니다.',
      '`{exec}iptables -t {table} -nvL {chainName} --line-numbers` 명령으로 규칙과 각각의 패킷 수를 확인합니다.',
    ],
    idea: [
      '{pod}에 적용되는 정책이 이 패킷을 허용하게 하거나, 정책이 요구하는 레이블을 클라이언트에 붙이세요. 규칙을 삭제해도 정책에 따라 다시 만들어집니다.',
      '{service} 서비스의 셀렉터가 준비된 파드와 맞게 하세요. 규칙을 삭제해도 kube-proxy가 다시 만듭니다.',
      '규칙의 타깃을 `-j {target}`(으)로 바꾸세요.',
      '그 규칙을 삭제하거나, 그 앞에 이 패킷을 허용하는 규칙을 추가하세요.',
    ],
  },
  'service-port': {
    what: [
      '{address}은(는) 서비스용 주소 범위({serviceRange})에 속하지만 이 주소를 가진 서비스가 없습니다.[ {proxyNode}에 규칙이 있는 서비스: {otherServices}.] 그래서 kube-proxy의 규칙도 없고, {proxyNode}은(는) 패킷을 보통 패킷처럼 라우팅합니다.[ `{forArrivals}` 규칙은 이 패킷을 다른 곳으로 보낼 수 있지만 들어오는 패킷만 봅니다. 이 패킷은 {proxyNode}에서 만들어졌으므로 OUTPUT 체인을 거칩니다.][ `{forOwn}` 규칙은 이 패킷을 다른 곳으로 보낼 수 있지만 {proxyNode}에서 만든 패킷만 봅니다. 이 패킷은 들어온 것이므로 PREROUTING 체인을 거칩니다.]',
      '{address}은(는) 서비스 {service}({serviceNamespace} 네임스페이스)의 주소입니다. {proxyNode}의 KUBE-SERVICES 체인에는 이 주소의 규칙이 있지만, nat 테이블의 {baseChain} 체인에 그 체인으로 가는 규칙이 없습니다. 그래서 {proxyNode}은(는) 패킷을 보통 패킷처럼 라우팅합니다.',
      '{address}은(는) 서비스 {service}({serviceNamespace} 네임스페이스)의 주소이지만 {unruled}에는 이 주소의 규칙이 없습니다({knownAt}에는 있습니다). 그래서 {unruled}은(는) 패킷을 보통 패킷처럼 라우팅합니다.',
      '{address}은(는) 서비스 {service}({serviceNamespace} 네임스페이스)의 주소이며, 이 주소를 가진 인터페이스는 없습니다. kube-proxy의 규칙은 서비스의 포트({servicePorts})에만 적용됩니다. {protocol} 포트 {port}에 맞는 규칙이 없으므로 {proxyNode}은(는) 패킷을 보통 패킷처럼 라우팅합니다.',
      '{address}은(는) 서비스 {service}({serviceNamespace} 네임스페이스)의 주소이며, 이 주소를 가진 인터페이스는 없습니다. kube-proxy의 규칙은 서비스의 포트({servicePorts})에만 적용됩니다. ping에 맞는 규칙이 없으므로 {proxyNode}은(는) 패킷을 보통 패킷처럼 라우팅합니다.',
    ],
    why: '서비스는 호스트가 아닙니다. 서비스의 주소는 포트마다 있는 규칙에만 나오고, 규칙은 연결을 파드로 보냅니다. 그 밖의 패킷에는 아무도 응답하지 않습니다.',
    where: [
      '`kubectl get services -A` 명령으로 모든 서비스와 주소({serviceRange})를 확인합니다.',
      '{proxyNode}에서 `iptables -t nat -S {baseChain}` 명령을 실행하면 KUBE-SERVICES로 가는 규칙이 없습니다.',
      '`kubectl -n {serviceNamespace} get service {service}` 명령으로 포트를 확인합니다. {proxyNode}에서 `iptables -t nat -S KUBE-SERVICES` 명령을 실행하면 포트마다 규칙이 하나씩 있습니다.',
    ],
    idea: [
      '주소가 {address}인 서비스를 만들거나(`--clusterip`), 이미 있는 서비스의 주소로 보내거나, 이 주소를 변환하는 규칙을 직접 추가하세요. 서비스 주소({serviceRange})에는 경로가 필요 없습니다.',
      '{baseChain} 체인에서 KUBE-SERVICES로 가는 규칙을 되돌리세요. kube-proxy는 mangle 테이블의 KUBE-PROXY-CANARY 체인이 없어졌을 때와 시작할 때, 그리고 한 시간마다 이 규칙을 다시 만듭니다.',
      '{unruled}의 kube-proxy가 규칙을 쓰지 않는 이유를 찾으세요. 멈추었거나, 체인의 규칙이 지워졌을 수 있습니다.',
      '{service} 서비스의 포트({servicePorts})로 보내거나, 필요한 포트를 서비스에 추가하세요.',
    ],
  },
  'not-translated': {
    what: [
      '{translator}에서 패킷의 {side}가 {observed} 그대로입니다. {expected}(으)로 바뀌어야 합니다.',
      '패킷의 주소가 가는 길 어디에서도 변환되지 않습니다({unchanged}). 변환되어야 할 곳: {expected}.',
      '패킷이 원래 출발지 주소 {observed} 그대로 도착합니다. {expected}(으)로 바뀌어야 합니다.',
    ],
    why: [
      '요청하는 쪽은 {public} 주소만 압니다. 라우터가 목적지를 뒤에 있는 호스트의 주소로 바꾸고, 응답에서는 되돌려야 합니다.',
      '내부 주소를 본 상대는 그 주소로 응답하지만, 바깥에는 그 주소로 가는 경로가 없습니다. 라우터가 자기 주소로 바꿔 주어야 합니다.',
    ],
    where: [
      '`{exec}iptables -t nat -nvL {chain}` 명령으로 {translator}의 규칙과 각각의 패킷 수를 확인합니다.',
      '{translator}에서 `{exec}iptables -t nat -nvL` 명령으로 규칙과 각각의 패킷 수를 확인합니다.',
      '[{router}에서 `{routerExec}iptables -t nat -nvL POSTROUTING` 명령으로 규칙과 각각의 패킷 수를 확인합니다. ]{node}에서 `tcpdump -n -i any icmp` 명령으로 도착하는 출발지 주소를 확인합니다.',
    ],
    idea: [
      '{translator}의 nat 테이블 {chain} 체인에서 {side}를 변환하세요. 규칙의 조건이 이 패킷에 맞아야 합니다.',
      '{translator}의 nat 테이블에서 변환하세요. 규칙의 조건이 이 패킷에 맞아야 합니다.',
      '라우터의 nat 테이블 POSTROUTING 체인에서 출발지를 변환하세요. 규칙의 조건이 {observed} 주소에 맞아야 합니다.',
    ],
  },
  'wrong-translation': {
    what: [
      '{server}의 응답이 {router}의 브리지를 거쳐 {client}(으)로 바로 갑니다. {hidingKey} 값이 0이므로 브리지는 규칙을 확인하지 않습니다. 목적지 {expected}을(를) {server}(으)로 바꾼 {router}에서 응답의 출발지를 되돌리지 못합니다.',
      '{server}이(가) {client}에 직접 응답합니다. 목적지 {expected}을(를) {server}(으)로 바꾼 {router}을(를) 거치지 않으므로 출발지가 되돌려지지 않습니다.',
      '{translator}에서 {side}가 {observed}(으)로 바뀝니다. {expected}(으)로 바뀌어야 합니다.',
      '패킷의 출발지 주소가 {observed}입니다. 원래 주소 {expected} 그대로여야 합니다.',
    ],
    why: [
      '요청하는 쪽은 {public} 주소만 압니다. 주소나 포트가 다르면 다른 프로그램이 응답하거나 아무도 응답하지 않습니다.',
      '주소를 변환하면 누가 보냈는지 알 수 없게 됩니다. 요청하지 않은 주소에서 온 응답은 버려집니다.',
    ],
    where: [
      '{router}에서 `{routerExec}iptables -t nat -S` 명령으로 변환 규칙을 확인합니다.',
      '`{exec}iptables -t nat -S` 명령으로 변환 규칙을 확인합니다. 중간에 있는 라우터도 확인하세요.',
    ],
    idea: [
      '{router}의 브리지가 패킷을 iptables에 보이게 하거나({hidingKey} = 1), {router}에서 출발지 {client}도 자기 주소로 바꾸게 하세요(마스커레이드).',
      '{router}에서 출발지 {client}도 자기 주소로 바꾸게 하세요(마스커레이드). 그러면 {server}의 응답이 {router}(으)로 갑니다.',
      'nat 테이블의 {chain} 체인에서 {side}를 {observed}(으)로 바꾸는 규칙을 고치세요. 먼저 일치하는 규칙이 적용됩니다.',
      '변환 규칙의 조건을 좁혀 이 패킷에는 적용되지 않게 하세요.',
    ],
  },
  'translated-otherwise': {
    what: '패킷이 변환된 곳: {observed}({changes}).[ 변환되어야 할 곳: {place}.]',
    why: '주소를 변환하면 보낸 쪽이 가려집니다. 한 번 더, 또는 다른 곳에서 변환되면 받는 쪽에는 다른 주소가 보입니다.',
    where:
      '`{exec}iptables -t nat -nvL` 명령으로 {node}의 변환 규칙을, `hoplab trace {from} {to}` 명령으로 전체 경로를 확인합니다.',
    idea: '변환하지 않아야 할 곳의 변환 규칙을 좁히거나 삭제하세요.',
  },
  'rule-not-met': {
    what: '패킷은 변환되지만 다음 규칙에 따른 것이 아닙니다: `{rule}`.[ 패킷을 센 규칙: `{met}`.]',
    why: '먼저 일치하는 규칙이 적용되고, 그 뒤의 규칙은 패킷을 보지 못합니다.',
    where: '`{exec}iptables -t nat -nvL --line-numbers` 명령으로 어느 규칙이 패킷을 셌는지 확인합니다.',
    idea: '규칙을 추가하거나, 패킷을 먼저 가져가는 규칙보다 앞에 두세요.',
  },
  'wrong-source': {
    what: '패킷의 출발지 주소가 {observed}입니다. {expected}(이)여야 합니다.',
    why: '응답은 출발지 주소로 갑니다. 받는 쪽은 그 주소를 보낸 쪽으로 여깁니다.',
    where:
      '보내는 노드에서 `ip route get` 명령으로 선택되는 출발지 주소를, 중간 라우터에서 `iptables -t nat -S POSTROUTING` 명령으로 변환 규칙을 확인합니다.',
    idea: '{observed} 주소를 고른 것이 보내는 노드의 경로인지 라우터의 규칙인지 찾으세요.',
  },
} as const satisfies Record<string, Ladder>;

/** The kernel's handling of a packet between its tables: translation, sockets, queues. */
export const passages = {
  'loopback-only': {
    what: [
      '{node}이(가) 출발지가 루프백 주소 {address}인 패킷을 {leaves}(으)로 내보냅니다. 다른 노드는 모두 이 패킷을 버립니다.',
      '{address}은(는) 루프백 주소입니다. {node}은(는) 이 주소가 {side}인 패킷을 {link}(으)로 들이거나 내보내지 않습니다({key} 값이 0).',
    ],
    why: '127.0.0.0/8 주소는 한 노드 안에서만 유효합니다. 주소를 변환해도 달라지지 않고, route_localnet만이 이를 허용합니다.',
    where: [
      '`{exec}iptables -t nat -S POSTROUTING` 명령으로 {leaves}(으)로 나가는 패킷의 출발지를 바꾸는 규칙을 확인합니다.',
      '`{exec}sysctl {key}` 명령으로 설정을 확인합니다.',
    ],
    idea: [
      '{leaves}(으)로 나가는 패킷의 출발지를 바꾸세요(마스커레이드).',
      '프로그램이 회선의 주소에서 수신 대기하게 하거나, {link}의 route_localnet을 켜고 나가는 패킷의 출발지를 바꾸세요(마스커레이드).',
    ],
  },
  'no-free-port': {
    what: '{node}의 `{rule}` 규칙이 쓸 수 있는 포트가 모두 사용 중입니다: {ports}.',
    why: '같은 목적지로 가는 두 연결은 출발지 주소나 포트가 달라야 합니다. 변환에 쓸 포트가 없으면 커널은 연결을 시작하는 패킷을 버립니다.',
    where: '`{exec}conntrack -L` 명령으로 포트를 잡고 있는 연결을 확인합니다.',
    idea: '규칙이 더 많은 포트를 쓰게 하세요.',
  },
  'other-zone': {
    what: '{node}은(는) 요청을 conntrack {zone}번 존에서, 응답을 {other}번 존에서 추적합니다. 그 존에는 이 연결이 없으므로 변환이 되돌려지지 않습니다.',
    why: '존마다 연결 목록이 따로 있습니다. 패킷은 CT 규칙이 준 존에서 찾고, 규칙이 없으면 0번 존입니다.',
    where: [
      '`{exec}nft -a list chain {family} {table} {nftChain}` 명령으로 존을 정하는 규칙을 확인합니다.',
      '`{exec}iptables -t raw -S` 명령으로 존을 고르는 규칙을 확인합니다.',
    ],
    idea: '양쪽 방향에 같은 존을 주거나, 존을 쓰지 마세요.',
  },
  'proxy-unrouted': {
    what: '{node}의 `{rule}` 규칙은 패킷을 {port}번 포트의 소켓에 주고(TPROXY) {mark} 마크를 붙이지만, 이 마크가 붙은 패킷을 받아들이는 라우팅 정책 규칙이 없어 그대로 포워딩됩니다.',
    why: 'TPROXY는 목적지 주소를 바꾸지 않습니다. 라우팅이 로컬로 판단해야 소켓에 도착하므로, 마크에 대한 규칙과 그 테이블의 local 경로가 필요합니다.',
    where:
      '`{ip} rule` 명령으로 규칙을, `{ip} route show table all type local` 명령으로 local 경로를 확인합니다.',
    idea: '마크에 대한 규칙을 추가하고, 그 규칙이 가리키는 테이블에 모든 주소의 local 경로를 추가하세요.',
  },
  'proxy-unheard': {
    what: '{node}의 `{rule}` 규칙이 패킷을 버립니다. {port}번 포트의 소켓에 주어야 하는데(TPROXY), 거기서 수신 대기하는 투명(transparent) 소켓이 없습니다[. {opaque}은(는) IP_TRANSPARENT 없이 수신 대기합니다].',
    why: 'TPROXY는 IP_TRANSPARENT로 연 소켓을 찾습니다. 없으면 패킷을 버립니다.',
    where: '`{exec}ss -ltnp` 명령으로 수신 대기 중인 소켓을 확인합니다.',
    idea: '프록시를 시작하거나 규칙을 삭제하세요.',
  },
  'queue-full': {
    what: [
      '{node}에서 {answers} 주소를 묻는 질문을 받지만, {link} 큐({queue})가 그 응답을 버립니다.',
      '{node}의 {link} 큐({queue})가 패킷을 버립니다.',
    ],
    why: '큐 규칙은 정해진 속도만큼 보내고 정해진 만큼만 기다리게 하며, 그 이상은 버립니다.',
    where: '`{exec}tc -s qdisc show dev {link}` 명령으로 한도와 버린 패킷 수를 확인합니다.',
    idea: '큐의 속도나 한도를 올리거나 큐를 없애세요.',
  },
  'ipsec-refuses': {
    what: [
      '{node}의 IPsec 정책이 {source}에서 {dst}(으)로 가는 패킷을 막습니다: `{blocked}`.',
      '{node}의 IPsec 정책은 {source}에서 {dst}(으)로 가는 패킷을 감싸서 보내야 하는데(`{ipsecPolicy}`), 그에 맞는 SA(state)가 없습니다: {missingState}. 그래서 패킷을 보내지 않습니다.',
      '{node}의 IPsec 정책은 {source}에서 {dst}(으)로 가는 패킷을 감싼 것만 받는데(`{ipsecPolicy}`: {wrapping}), 이 패킷은 감싸지 않은 채 들어왔습니다.',
    ],
    why: '커널은 들어오거나 지나가거나 나가는 모든 패킷에 대해 IPsec 정책을 확인합니다. 맞는 정책 중 우선순위 값이 가장 작은 것이 결정하고, 맞는 정책이 없으면 그대로 통과합니다.',
    where: '`{ip} xfrm policy` 명령으로 정책을, `{ip} xfrm state` 명령으로 SA를 확인합니다.',
    idea: [
      '`{blocked}` 정책을 삭제하거나, 이 패킷을 허용하는 우선순위 값이 더 작은 정책을 추가하세요.',
      '{node}의 키 데몬(IKE)이 SA를({missingState}) 만들게 하거나, 양쪽에 직접 추가하세요(`ip xfrm state add`).',
      '보내는 쪽도 패킷을 감싸게 하세요. 양쪽에 정책과 SA가 모두 있어야 합니다.',
    ],
  },
  'kernel-drop': {
    what: [
      '{node}의 커널이 버립니다: {meaning} ({word}).',
      '{node}의 커널이 버립니다. 커널이 말하는 이유는 {word}입니다.',
    ],
    why: '커널은 버리는 패킷마다 이유를 남깁니다(enum skb_drop_reason).',
    where: '`{exec}nstat -as` 명령을 패킷 전후로 실행해 어떤 카운터가 늘었는지 확인합니다.',
    idea: '커널의 drop reason 목록에서 {word}을(를) 찾으세요. 이름이 패킷이 통과하지 못한 검사를 말합니다.',
  },
} as const satisfies Record<string, Ladder>;

/** What is said beside the reason of a trace's end: most of it is about a rule that decided, or did not. */
export const notes: Record<Note, Template> = {
  older: [
    '전부터 있던 연결 {olderConnection}은(는) 아직 {olderKeptTo}(으)로 갑니다. {olderNode}의 conntrack이 처음 상태로 기억하기 때문입니다. 그곳에서 `{olderDeletion}` 명령으로 지우면 새로 시작됩니다.',
    '전부터 있던 연결 {olderConnection}은(는) 아직 출발지 {olderKeptFrom}(으)로 나갑니다. {olderNode}의 conntrack이 처음 상태로 기억하기 때문입니다. 그곳에서 `{olderDeletion}` 명령으로 지우면 새로 시작됩니다.',
  ],
  asymmetric:
    '요청은 {wayThere} 경로로 갔지만 응답은 {wayBack} 경로로 돌아옵니다. {node}의 conntrack은 요청을 보지 못했으므로, 여기서 응답의 상태는 ESTABLISHED가 아니라 INVALID입니다.',
  past: '{node}의 conntrack은 이 연결의 반대 방향({past})을 보지 못했습니다. 그래서 {node}에서 이 패킷은 어느 연결에도 속하지 않습니다(INVALID).',
  unrelated:
    '`{unrelated}` 규칙은 응답만 받습니다. conntrack에서 연결에 대한 ICMP 오류는 응답이 아니라 RELATED입니다.',
  misled:
    '{misledNode}에서 {misledTo}(으)로 돌아가는 경로는 `{misledBy}`인데, 그쪽에는 응답하는 노드가 없습니다. 이 경로가 없으면 패킷이 통과합니다.',
  ported: '{portGiver}의 규칙 때문에 이 패킷의 목적지 포트가 {givenPort}번이 되었습니다: `{portRule}`.',
  given: '패킷의 {given} 주소는 {giver}의 규칙이 바꿔 넣은 것입니다: `{givenRule}`.',
  untracked: [
    '{translator}에서 `{untracked}` 규칙 때문에 conntrack이 이 패킷을 추적하지 않아 상태가 UNTRACKED입니다. 그래서 `{stateful}` 규칙이 맞지 않습니다.',
    '`{translation}` 규칙이 있지만 {translator}에서 이 패킷은 변환되지 않습니다. `{untracked}` 규칙 때문에 conntrack이 패킷을 추적하지 않고, nat 테이블은 conntrack이 추적하는 패킷에만 작용하기 때문입니다.',
    '{translator}에서 요청은 변환되었지만(`{translatedThere}`) 응답은 되돌려지지 않습니다. `{untracked}` 규칙 때문에 conntrack이 응답을 추적하지 않습니다.',
  ],
  piece:
    '이것은 데이터의 {pieceAt}바이트부터 담은 뒤쪽 단편입니다. 받는 쪽은 패킷의 모든 단편이 있어야 합니다.',
  twins: '{address} 주소를 가진 노드가 여럿입니다: {node}, {twins}. 이 패킷은 {node}에 도착했습니다.',
  wayBack: [
    '이 규칙은 출발지로 돌아가는 경로를 확인하는데, {node}에는 {backTo}(으)로 가는 경로가 없습니다.',
    '이 규칙은 출발지로 돌아가는 경로를 확인합니다. {node}에서 {backSource}(으)로 돌아가는 경로는 `{backRoute}`인데, 패킷은 {cameIn}(으)로 들어왔습니다.',
  ],
  early:
    '체인 {earlyChain}은(는) conntrack보다 먼저 처리됩니다(우선순위 {earlyPriority}, conntrack은 -200). 여기서는 패킷에 아직 상태가 없으므로 `{earlyRule}` 규칙에는 모두 INVALID로 보입니다.',
  unasked: [
    '{unaskedNode}의 체인 {unaskedChain}에 있는 `{nearNat}` 규칙이 거의 맞지만, `{nearCondition}` 조건이 맞지 않아 변환하지 않습니다.',
    '{unaskedNode}의 체인 {unaskedChain}에 있는 `{natUnasked}` 규칙이 변환하겠지만, 이 체인의 훅은 {wrongHook}입니다. 이 패킷은 {rightHook} 훅을 지납니다.',
    '{unaskedNode}의 체인 {unaskedChain}에 있는 `{natUnasked}` 규칙이 변환하겠지만, 이 체인을 부르는 훅이나 규칙이 없습니다. {rightHook} 훅의 nat 체인에서 불러야 합니다.',
  ],
  sourced: [
    '{sentBy}에서 {borrowed}의 주소 {sentFrom}(으)로 보냅니다. 패킷이 나가는 {barren}에 주소가 없기 때문입니다.',
    '{sentBy}의 경로에 출발지가 정해져 있어(`{sourceRoute}`) {sentFrom} 주소로 보냅니다. {sentBy}의 다른 주소인 {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sentBy}에서 {sentFrom} 주소로 보냅니다. {otherSource} 주소라면 응답이 돌아오지만, 이 주소의 scope가 {narrowScope}(이)라서 커널은 게이트웨이로 가는 패킷에 쓰지 않습니다.',
    '{sentBy}에서 {sentFrom} 주소로 보냅니다. {deprecated} 주소라면 응답이 돌아오지만, deprecated 상태(preferred_lft 0)라서 커널은 다른 주소를 먼저 고릅니다.',
    '{sentBy}에서 {sentFrom} 주소로 보냅니다. {otherSource} 주소라면 응답이 돌아오지만, 커널은 패킷이 나가는 인터페이스({leaving})의 주소를 먼저 고릅니다.',
    '패킷이 나가는 인터페이스에 쓸 수 있는 주소가 없어서, {sentBy}에서 {borrowed}의 주소 {sentFrom}(으)로 보냅니다. {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sentBy}에서 {firstOf}의 첫째 주소 {sentFrom}(으)로 보냅니다. 같은 인터페이스의 {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sentBy}에서 {nearer}와(과) 앞부분이 더 길게 같은 {sentFrom} 주소로 보냅니다. {sentBy}의 다른 주소인 {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sentBy}에서 {label}와(과) 레이블이 같은(`ip addrlabel`) {sentFrom} 주소로 보냅니다. {sentBy}의 다른 주소인 {otherSource} 주소라면 응답이 돌아옵니다.',
  ],
  redirected:
    '{redirectedIn}에서는 경로에 적힌 {ownHop} 대신 {toldHop}(으)로 보냅니다. ICMP 리다이렉트를 받았기 때문이며(그곳에서 `ip route get`을 쓰면 `<redirected>`로 표시됩니다), 5분 동안 기억합니다.',
  policed: [
    '{policyNode}의 `{nearPolicy}` 규칙이면 `{policyRoute}` 경로로 가겠지만, 패킷에 마크가 없습니다. `{saver}` 규칙이 마크를 연결에 저장하지만, {restoreHook}에서 응답에 되돌리는 규칙(CONNMARK --restore-mark)이 없습니다.',
    '{policyNode}의 `{nearPolicy}` 규칙이면 `{policyRoute}` 경로로 가겠지만, 패킷에 마크가 없습니다. `{marker}` 규칙은 요청에만 마크를 붙입니다. 응답에도 마크가 있으려면 CONNMARK로 연결에 저장하고(--save-mark) 되돌려야(--restore-mark) 합니다.',
    '{policyNode}의 `{nearPolicy}` 규칙이면 `{policyRoute}` 경로로 가겠지만, `{policyLacks}` 조건이 맞지 않습니다. 패킷의 마크는 {policyMark}입니다.',
    '{policyNode}의 `{nearPolicy}` 규칙이면 `{policyRoute}` 경로로 가겠지만, `{policyLacks}` 조건이 맞지 않습니다.',
  ],
};
