import type { Ladder } from '../../core/explain/words.ts';

/** 응답이 돌아갈 길이 없는 이유. 추적의 끝은 응답이 없다고 이미 말했습니다. */
export const unrouted = [
  '{node}의 {link}에 {own} 주소는 있지만, 그 주소와 함께 생긴 {network} 경로가 사라졌습니다.',
  '{node}에 {dst}(으)로 가는 경로가 없습니다. 응답은 {turn}에서 요청이 온 길을 벗어났습니다.',
  '{node}에 {dst}(으)로 가는 경로가 없습니다.[ {translator}의 규칙 하나가 출발지를 바꿀 뻔했습니다: `{nearly}`. `{condition}` 조건 때문에 적용되지 않습니다.][ {translator}에 {misnamed} 인터페이스는 없습니다.]',
] as const;

/** The IP layer: routes and forwarding. */
export const routes = {
  'no-route': {
    what: [
      '{node}에 {dst} 주소로 가는 경로가 없습니다. 서비스 {service}({serviceNamespace} 네임스페이스)의 주소이며, 이 주소를 가진 인터페이스는 없습니다. {proxyNode} 같은 클러스터의 노드에만 이 주소의 규칙이 있습니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. `{thrown}` 경로가 그 테이블에서 찾기를 끝냅니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. {passedOver} 테이블에 `{hidden}` 경로가 있지만, 라우팅 정책의 `{jump}` 규칙이 그 테이블을 건너뜁니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. {passedOver} 테이블에 `{hidden}` 경로가 있지만, 라우팅 정책의 어떤 규칙도 이 패킷에 그 경로를 쓰게 하지 않습니다.',
      '{node}에 그룹 {group}(으)로 가는 경로가 없습니다. 그룹 주소도 다른 주소처럼 경로가 필요합니다. 기본 경로나 인터페이스를 지정한 경로가 있어야 합니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. 경로를 먼저 찾으므로, 목적지를 {translated}(으)로 바꿀 `{rule}` 규칙까지 가지 못합니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. {link}에 {own} 주소는 있지만, 그 주소와 함께 생긴 {network} 경로가 사라졌습니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. `{single}` 경로에는 프리픽스 길이가 없어 그 주소 하나에만 쓰입니다. 네트워크 전체는 {network}입니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. `{astray}` 경로는 있지만 그 네트워크에는 노드가 없습니다. {network}와(과) 비교해 보세요.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. 라우터 {idleGateway}(으)로 가는 인터페이스 {idle}이(가) 꺼져 있고, 그쪽 경로도 함께 사라졌습니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다. {strangeLink}의 주소 {strange}이(가) 속한 네트워크에는 이 회선의 다른 노드가 하나도 없습니다. 다른 노드는 {wireNetwork}에 있습니다.',
      '{node}에 {dst}(으)로 가는 경로가 없습니다.',
    ],
    why: '노드는 라우팅 테이블에 경로가 있는 곳으로만 패킷을 보냅니다. 경로가 없으면 바로 network is unreachable 오류를 냅니다.',
    where: [
      '`{ip} rule` 명령으로 라우팅 정책의 규칙을, `{ip} route show table {passedOver}` 명령으로 쓰이지 않는 경로를 확인합니다.',
      '`{ip} route` 명령으로 라우팅 테이블을, `{ip} route get {dst}` 명령으로 이 목적지의 경로를 확인합니다.',
    ],
    idea: [
      '{node}에서 `{thrown}` 경로를 삭제하세요. 그러면 다음 테이블도 찾아봅니다.',
      '`{jump}` 규칙을 삭제하거나, {passedOver} 테이블의 규칙보다 앞에 있는 규칙으로 가게 하세요.',
      '{passedOver} 테이블을 찾아보는 규칙을 추가하세요. 모든 노드에 처음부터 있는 규칙입니다(32766).',
      '{node}에 {group}(으)로 가는 경로를 추가하세요. 구성원이 있는 회선 쪽 인터페이스로 지정합니다.',
      '{node}에 {dst}(으)로 가는 경로를 {translated} 쪽 인터페이스로 추가하세요. 경로가 있기만 하면 됩니다.',
      '{network} 네트워크로 가는 경로를 다시 만드세요. {link}(으)로 직접 가고, 출발지는 {own}입니다.',
      '{node}에 {dst} 주소가 속한 네트워크로 가는 경로를 게이트웨이 {gateway}을(를) 통해 추가하세요.',
      '{node}에 {dst}(으)로 가는 경로를 {onWire}(으)로 직접 나가게 추가하세요. 그 주소를 가진 노드는 이 회선에 있지만 {node}의 어느 네트워크에도 속하지 않습니다.',
      '{node}에서 {idle}을(를) 켜고, 그쪽으로 가는 경로를 다시 추가하세요.',
      '{node}의 {strangeLink}에 이 회선의 네트워크 {wireNetwork}에 속한 주소를 주고, 그쪽 경로를 다시 추가하세요.',
      '{node}에 {dst} 주소가 속한 네트워크로 가는 경로나 기본 경로를 추가하세요. 게이트웨이는 {node}에서 직접 닿는 주소여야 합니다.',
    ],
  },
  'route-present': {
    what: '{node}에 {dst}(으)로 가는 경로가 있습니다. 없어야 합니다: `{route}`.',
    why: '라우팅 테이블에 경로가 있는 한 패킷은 그 경로로 나갑니다.',
    where: '`{ip} route get {dst}` 명령으로 실제로 선택되는 경로를 확인합니다.',
    idea: '그 경로를 삭제하세요.',
  },
  'route-refuses': {
    what: [
      '{node}의 라우팅 정책에서 {priority}번 규칙이 {dst}(으)로 가는 패킷을 거부합니다: `{route}`.',
      '{node}에 {dst}(으)로 가는 패킷을 거부하는 경로가 있습니다: `{route}`.',
    ],
    why: 'unreachable, prohibit, blackhole 유형의 경로는 패킷을 보내지 않고 그 자리에서 끝냅니다.',
    where: [
      '`{ip} rule` 명령으로 규칙을 봅니다. {priority}번은 번호가 더 큰 규칙보다 먼저 적용됩니다.',
      '`{ip} route show table all` 명령에서 줄 맨 앞의 유형을 확인합니다.',
    ],
    idea: [
      '{priority}번 규칙을 삭제하거나, 그 앞에 이 패킷의 경로를 찾는 규칙을 추가하세요.',
      '그 경로를 삭제하거나 더 구체적인 경로를 추가하세요.',
    ],
  },
  'wrong-gateway': {
    what: [
      '{node}에서 {dst}(으)로 보낼 때 게이트웨이가 {via}입니다. 이 주소를 가진 {owner}은(는) 라우터가 아닙니다.[ 다른 네트워크로 가는 경로는 있지만 {lacking}(으)로 가는 경로가 없습니다.]',
      '{node}에서 {dst}(으)로 보낼 때 게이트웨이가 {node} 자신의 주소 {self}입니다. {gateway}(이)여야 합니다.',
      '{node}에서 {dst}(으)로 보낼 때 게이트웨이가 {via}입니다. {gateway}(이)여야 합니다.',
      '{node}에서 {dst}(으)로 게이트웨이 없이 직접 보냅니다(`{route}`). 게이트웨이 {gateway}을(를) 거쳐야 합니다.',
    ],
    why: [
      '게이트웨이는 패킷을 다음 네트워크로 넘겨주는 노드입니다. {owner}에는 인터페이스가 하나뿐이어서 넘겨줄 곳이 없습니다.',
      '패킷이 가는 길은 게이트웨이에 달려 있습니다. {via}을(를) 거치면 다른 길로 가거나 아무 데도 가지 못합니다.',
      '게이트웨이가 없으면(`{route}`) 그 주소를 가진 노드를 이 회선에서 직접 찾습니다. {gateway}은(는) 이 회선에 있는 라우터이고, 그 너머의 노드는 이 회선에 없습니다.',
    ],
    where: [
      '`{ip} route show table {routeTable}` 명령으로 경로를, `{ip} rule` 명령으로 그 테이블에서 찾는 패킷을 확인합니다.',
      '`{ip} route get {dst}` 명령에서 `via` 다음에 나오는 주소가 게이트웨이입니다.',
    ],
    idea: [
      '{lacking}(으)로 가는 라우터를 거치는 경로를 추가하세요. 다른 주소에는 기본 경로가 맞을 수 있습니다.',
      '이 패킷은 기본 경로({defaultRoute})를 따릅니다. 다른 주소에는 그 경로가 맞다면 {specific}(으)로 가는 경로를 {gateway}을(를) 거치도록 추가하고, 아니라면 그 경로를 바꾸세요.',
      '이 패킷은 {destination} 경로를 따릅니다. 다른 주소에는 그 경로가 맞다면 {specific}(으)로 가는 경로를 {gateway}을(를) 거치도록 추가하고, 아니라면 그 경로를 바꾸세요.',
      '게이트웨이가 {gateway}이(가) 되도록 경로를 바꾸세요.',
      '경로의 게이트웨이를 같은 네트워크에 있는 라우터의 주소로 바꾸세요.',
    ],
  },
  'wrong-device': {
    what: [
      '{node}의 주소가 {observed} 인터페이스에 있는데, 이 인터페이스는 브리지 {bridge}의 포트입니다.',
      '{node}에서 {wrong} 주소가 {observed} 인터페이스에 있습니다. {expected} 인터페이스에 있어야 합니다.',
      '{node}에서 {dst}(으)로 보낼 때 {observed} 인터페이스로 나갑니다. {expected} 인터페이스로 나가야 합니다.',
    ],
    why: [
      '패킷은 라우팅 테이블이 정한 인터페이스로 나갑니다. 브리지 포트로 들어온 것은 브리지 {bridge}의 몫이므로 응답이 포트에 닿지 않습니다.',
      '주소가 있는 인터페이스로 그 네트워크의 경로가 생깁니다. {wrong} 주소가 {observed}에 있으면 {node}은(는) 이웃을 그쪽에서 찾습니다.',
      '패킷은 라우팅 테이블이 정한 인터페이스로 나갑니다. {observed} 쪽에 없는 노드에는 닿지 않습니다.',
    ],
    where:
      '`{ip} -br addr` 명령으로 어느 인터페이스에 어떤 주소가 있는지, `{ip} route` 명령으로 경로마다 어느 인터페이스를 쓰는지 확인합니다.',
    idea: [
      '주소를 브리지 {bridge}에 추가하세요.',
      '{observed} 인터페이스 대신 {expected} 인터페이스를 사용하세요.',
    ],
  },
  'forwarding-off': {
    what: '{node}이(가) 패킷을 포워딩하지 않습니다: {key} 값이 0입니다.[ {forLater} 값은 1이지만, 나중에 만드는 인터페이스에만 적용됩니다.]',
    why: '리눅스는 라우터로 설정하지 않으면 자기 앞으로 온 것이 아닌 패킷을 아무 알림 없이 버립니다.',
    where: '`{exec}sysctl {key}` 명령으로 설정을 확인합니다.',
    idea: '{node}에서 IP 포워딩을 켜세요.',
  },
  'routing-loop': {
    what: '{dst}(으)로 가는 패킷이 계속 맴돕니다: {nodes}.',
    why: '라우터들이 패킷을 서로에게 보냅니다. TTL이 다 되면 패킷은 버려집니다.',
    where: '각 라우터에서 `{ip} route get {dst}` 명령으로 패킷을 어디로 보내는지 확인합니다.',
    idea: '패킷을 되돌려 보내는 라우터의 경로를 고치세요.',
  },
  'reply-not-routed': {
    what: [
      `요청은 도착하지만 응답이 돌아오지 못합니다: ${unrouted[0]}`,
      `요청은 도착하지만 응답이 돌아오지 못합니다: ${unrouted[1]}`,
      `요청은 도착하지만 응답이 돌아오지 못합니다: ${unrouted[2]}`,
    ],
    why: '통신에는 가는 길과 오는 길이 모두 필요합니다. 상대는 자기가 본 출발지 주소로 응답하므로 그 주소로 가는 경로가 있어야 합니다.',
    where:
      '{node}에서 `{ip} route get {dst}` 명령이 실패합니다. tcpdump로 보면 요청은 들어오는데 응답은 나가지 않습니다.',
    idea: [
      '{network} 네트워크로 가는 경로를 다시 만드세요. {link}(으)로 직접 가고, 출발지는 {own}입니다.',
      '응답은 {turn}에서 요청이 온 길을 벗어납니다. {turn}에 {turnNetwork} 네트워크로 가는 경로를 {turnBack}(으)로 추가하세요. 요청이 그쪽에서 왔습니다.',
      '{node}에 {dst}(으)로 가는 경로를 {onWire}(으)로 직접 나가게 추가하세요. 그 주소를 가진 노드는 이 회선에 있지만 {node}의 어느 네트워크에도 속하지 않습니다.',
      '{node}에 {dst}(으)로 가는 경로를 추가하거나, {router}에서 {network} 네트워크의 출발지 주소를 자기 주소로 바꾸게(masquerade) 하세요. 그 주소로는 {node}에서 응답할 수 있습니다.',
      '{node}에 {dst}(으)로 가는 경로를 추가하거나, 라우터가 출발지 주소를 자기 주소로 바꾸게(masquerade) 하세요.',
    ],
  },
  'rp-filter': {
    what: [
      '{link} 인터페이스로 들어온 {source}의 패킷을[({question} 주소를 묻는 질문도)] {node}에서 버립니다. {source}(으)로 돌아가는 경로가 {wayDev} 인터페이스로 나가기 때문입니다. 마크 {mark}(으)로 찾으면 {link} 쪽이지만, 역방향 경로 필터는 마크를 보지 않습니다({validMark} 값이 0).',
      '{link} 인터페이스로 들어온 {source}의 패킷을[({question} 주소를 묻는 질문도)] {node}에서 버립니다. {source}(으)로 돌아가는 경로가 {wayDev} 인터페이스로 나가기 때문입니다(역방향 경로 필터).',
      '{link} 인터페이스로 들어온 {source}의 패킷을[({question} 주소를 묻는 질문도)] {node}에서 버립니다. {source}(으)로 돌아가는 경로가 없기 때문입니다(역방향 경로 필터).',
    ],
    why: [
      '{link} 인터페이스의 rp_filter가 {observed}입니다. {source}의 패킷은 {node}에서 응답을 내보낼 {wayDev} 인터페이스로만 들어올 수 있고, 다른 인터페이스로 들어오면 출발지가 위조된 것으로 봅니다.',
      '{link} 인터페이스의 rp_filter가 {observed}입니다. 돌아가는 경로가 없는 출발지는 위조된 것으로 봅니다. 필터가 없으면 패킷은 들어오지만 응답을 보낼 경로가 없습니다.',
    ],
    where:
      '`{exec}sysctl {key}` 명령으로 설정을, `{ip} route get {source}` 명령으로 돌아가는 경로를 확인합니다. `all`과 인터페이스의 값 중 큰 값이 적용됩니다.',
    idea: [
      '{source}의 패킷이 {wayDev} 인터페이스로 들어오게 하거나, {node}에서 {link} 인터페이스의 필터를 완화하세요. 값 2는 돌아가는 경로가 하나라도 있으면 통과시킵니다.',
      '{node}에 {source}(으)로 가는 경로를 추가하거나, {router}에서 {network} 네트워크의 출발지 주소를 자기 주소로 바꾸게(masquerade) 하세요. 그 주소로는 {node}에서 응답할 수 있습니다.',
      '{node}에 {source}(으)로 가는 경로를 추가하세요.',
    ],
  },
  'wrong-value': {
    what: [
      '{node}에서는 그룹이나 브로드캐스트 주소({group})로 온 에코 요청에 응답하지 않습니다. {key} 값이 {observed}입니다.',
      '{node}에서 {key} 값이 {observed}입니다. {expected}(이)여야 합니다.[ {elsewhere}에서는 값이 {expected}입니다. 그쪽에 입력한 것은 아닌가요?][ {otherFamily} 값은 1이지만, IPv4와 IPv6은 설정이 따로 있습니다.][ {forLater} 값은 {expected}이지만, 나중에 만드는 인터페이스에만 적용됩니다.]',
    ],
    why: [
      '{group} 주소로 에코 요청을 하나만 보내도 모든 노드가 응답하게 됩니다. 그래서 리눅스는 따로 설정하지 않으면 IPv4에서 이런 요청을 무시합니다.',
      '네트워크 관련 커널 설정은 네임스페이스마다 따로 있습니다. 다른 곳에서 바꿔도 여기에는 영향이 없습니다.',
    ],
    where: '`{exec}sysctl {key}` 명령으로 값을 확인합니다.',
    idea: '{node}에서 {key} 값을 {expected}(으)로 설정하세요.',
  },
} as const satisfies Record<string, Ladder>;

/** Addresses and neighbours. */
export const addresses = {
  'no-address': {
    what: [
      '{node}의 {tight} 인터페이스에는 IPv6가 없습니다. MTU가 {tightMtu}인데 IPv6에는 1280이 필요합니다. 그래서 IPv6 주소가 없고, 있던 주소도 커널이 지웠습니다.',
      '{node}의 {link} 인터페이스에 주소가 없습니다. {onLo} 주소는 {lo}에 있습니다. 그러면 그 네트워크 전체가 노드 자신의 것이 되어, 그쪽으로 가는 패킷이 나가지 않습니다.',
      '{node}의 {link} 인터페이스에는 IPv6가 꺼져 있습니다. {disabledKey} 값이 1입니다. 그래서 IPv6 주소가 없고, 있던 주소도 커널이 지웠습니다.',
      '{node}의 {link} 인터페이스에 주소가 없습니다. {knownBy}에는 아직 {link}의 MAC 주소가 {address}의 것으로 남아 있습니다.',
      '{node}에 {address} 주소가 없습니다. 그 대신 {link} 인터페이스에 {instead} 주소가 있는데, 이 주소는 {elsewhere}에도 있습니다.',
      '{node}의 {link} 인터페이스에 {address} 주소가 없습니다.[ 이 주소는 {elsewhere}에 있습니다.][ {link}에 있는 주소: {beside}.]',
      '{node}에 {address} 주소가 없습니다.[ 이 주소는 {elsewhere}에 있습니다.]',
      '{node}에는 보낼 때 쓸 주소가 {link}의 링크 로컬 주소 {local}밖에 없습니다. {router}은(는) 이 주소에서 온 패킷을 전달하지 않습니다.',
      '{node}의 {link} 인터페이스에는 링크 로컬 주소 {local}밖에 없습니다.',
      '{node}에서 {towards}(으)로 이어지는 {link} 인터페이스에 주소가 없습니다.',
      '{node}에는 루프백 말고는 주소가 있는 인터페이스가 없습니다.',
    ],
    why: [
      'disable_ipv6({disabledKey})를 켠 인터페이스는 IPv6 패킷을 보내지도 받지도 않으며, IPv6 주소를 추가할 수도 없습니다.',
      '링크 로컬 주소({local})는 그 회선 안에서만 유효합니다. 이웃과는 통신할 수 있지만 네트워크로 가는 경로는 생기지 않고, 라우터는 이 주소에서 온 패킷을 전달하지 않습니다.',
      '주소가 없으면 자기 네트워크로 가는 경로도 생기지 않습니다. 패킷을 보낼 수 없고 응답을 받을 수도 없습니다.',
    ],
    where: [
      '`{exec}sysctl {disabledKey}` 명령으로 설정을, `{ip} -br addr` 명령으로 {node}의 주소를 확인합니다.',
      '`{ip} -br addr` 명령으로 {node}의 주소 목록을 확인합니다.',
    ],
    idea: [
      '{node}에서 {tight}의 MTU를 {wider} 이상으로 바꾼 뒤, {tight}의 주소와 경로를 다시 추가하세요.',
      '{onLo} 주소를 {lo}에서 {link}(으)로 옮기세요.',
      '{node}에서 {disabledKey} 값을 0으로 바꾼 뒤, {link}의 주소와 경로를 다시 추가하세요.',
      '먼저 {link} 인터페이스에서 {instead} 주소를 제거하세요. 한 네트워크의 첫 주소를 나중에 제거하면 다른 주소도 함께 사라집니다. 그다음 {address} 주소를 추가하세요.',
      '{there}에서 {misplaced} 주소를 제거하고, {node}의 {link} 인터페이스에 {address} 주소를 추가하세요.',
      '{node}의 {link} 인터페이스에 {address} 주소를 프리픽스 길이까지 붙여 추가하세요.[ {beside}이(가) 오타라면 제거하세요.]',
      '{node}의 알맞은 인터페이스에 {address} 주소를 프리픽스 길이까지 붙여 추가하세요.',
      '{node}의 {link} 인터페이스에 {local} 외에 그 네트워크의 주소를 프리픽스 길이까지 붙여 추가하세요. 인터페이스가 down이 되면 keep_addr_on_down 값이 1이 아닌 한 IPv6 주소가 지워집니다.',
      '{node}에서 상대와 연결된 인터페이스에 주소를 프리픽스 길이까지 붙여 추가하세요.',
    ],
  },
  'address-present': {
    what: '{node}의 {link} 인터페이스에 {wrong} 주소가 있습니다. 여기에는 없어야 합니다.',
    why: '노드는 자기가 가진 모든 주소에 응답하고, 그 네트워크로 가는 경로도 만듭니다.',
    where: '`{ip} -br addr` 명령으로 {node}의 주소 목록을 확인합니다.',
    idea: '{link} 인터페이스에서 주소를 제거하세요.',
  },
  'wrong-prefix': {
    what: '{node}의 {link} 인터페이스에 {wrong} 주소가 있습니다. {expected}(이)여야 합니다.',
    why: '프리픽스 길이는 어떤 주소가 같은 네트워크에 있는지를 나타냅니다. 생략하면 가장 긴 길이(/32, IPv6에서는 /128)가 되어 자기 자신뿐인 네트워크가 되고, 다른 곳으로 가는 경로가 생기지 않습니다.',
    where:
      '`{ip} -br addr` 명령으로 프리픽스 길이를, `{ip} route` 명령으로 어느 네트워크의 경로가 생겼는지 확인합니다.',
    idea: '{wrong} 주소를 제거하고 프리픽스 길이를 붙여 {expected} 주소로 다시 추가하세요.',
  },
  'duplicate-address': {
    what: [
      '{node}에서 이 패킷을 버립니다. 출발지 {address}이(가) {node} 자신의 주소이기 때문입니다. {router}이(가) 패킷을 보낸 노드로 되돌려 보냈습니다: `{turned}`.',
      '패킷의 출발지 {address}이(가) {node} 자신의 주소이므로 {node}에서 버립니다. {router}의 규칙이 출발지를 이 주소로 바꿨습니다: `{rule}`.',
      '패킷의 출발지 {address}이(가) {node} 자신의 주소({forged})이므로 {node}에서 버립니다.',
      '{address} 주소를 둘 이상의 노드가 가지고 있습니다: {nodes}.',
    ],
    why: [
      '노드는 자기 주소가 출발지인 패킷을 밖에서 받지 않습니다. 응답이 {router}을(를) 거쳐 돌아오도록 {router}에서 출발지 {turnedTo}도 바꿔야 합니다.',
      '자기 주소를 출발지로 한 패킷이 밖에서 올 수는 없습니다({router}에서 보냈습니다). 커널은 위조된 것으로 보고 버립니다.',
      '자기 주소 {forged}을(를) 출발지로 한 패킷이 밖에서 올 수는 없습니다. 커널은 위조된 것으로 보고 버립니다.',
      '이 주소를 묻는 ARP 요청에 모두가 응답합니다. 패킷은 마지막으로 응답한 쪽으로 갑니다.',
    ],
    where: [
      '`{routerExec}iptables -t nat -S`와 `{routerExec}nft list ruleset` 명령에서 `{turned}` 규칙을 확인합니다.',
      '`{routerExec}iptables -t nat -S` 명령으로 규칙을, `{ip} -br addr` 명령으로 {node}의 주소를 확인합니다.',
      '각 노드에서 `{ip} -br addr` 명령으로 확인합니다.',
    ],
    idea: [
      '{router}에서 되돌려 보내는 패킷의 출발지 {turnedTo}을(를) {router} 자신의 주소로 바꾸세요(masquerade).',
      '{router}에서는 자기 주소로 변환하게 하세요.',
      '{address} 주소는 한 노드에만 남기고, 다른 노드에는 다른 주소를 주세요.',
    ],
  },
  'neighbour-silent': {
    what: [
      '{node}의 {unlisted}에 {address} 주소가 있지만 local 테이블에 그 경로가 없습니다. 그래서 {node}은(는) 이 주소를 자기 것으로 여기지 않고 응답하지 않습니다.',
      '{node}의 {detecting}에 {address} 주소가 있지만 쓰이지 않습니다. 중복 주소 검사가 끝나지 않았거나, 다른 노드에 같은 주소가 있습니다.',
      '{node}에서 {address} 주소로 응답하지 않습니다. {disabledKey} 값이 1이어서 {link} 인터페이스에 IPv6가 꺼져 있습니다. 있던 주소도 커널이 지웠습니다.',
      '{node}의 게이트웨이 {own}은(는) {node} 자신의 주소입니다. 그래서 {link} 인터페이스에서 {address}의 MAC 주소를 직접 묻지만 응답하는 노드가 없습니다.',
      '{node}에서 게이트웨이 {gateway}(으)로 보내지만, {link} 인터페이스에서 그 주소로 응답하는 노드가 없습니다.[ 이 경로에는 다른 연결이 쓰는 다음 홉이 더 있습니다: {otherHops}.][ 이 주소는 {elsewhere}에 있고, 이 회선으로는 닿지 않습니다.][ {knownBy}에는 아직 {peer}의 MAC 주소가 {former} 주소의 것으로 남아 있지만, 지금은 어느 인터페이스에도 없는 주소입니다.][ 이 회선에는 라우터의 인터페이스 {lacking}이(가) 있는데, 이런 주소가 하나도 없습니다.][ {bare}에는 링크 로컬 주소밖에 없습니다. 인터페이스가 down이 되면 keep_addr_on_down 값이 1이 아닌 한 다른 IPv6 주소는 지워집니다.]',
      '{node}은(는) {looped}에 있는 다른 주소의 프리픽스 때문에 {address}(으)로 가는 패킷을 자신의 루프백 인터페이스 {looped}(으)로 보내지만, {address} 주소는 {node}의 어느 인터페이스에도 없습니다. 그래서 패킷이 되돌아와 거부됩니다.[ 이 주소는 {elsewhere}에 있습니다.]',
      '{node}에서는 {link} 인터페이스의 주소 {wrongWire} 때문에 {address}을(를) {link}의 이웃으로 여기고 물어봅니다. 그 주소를 가진 {elsewhere}은(는) {rightWire} 쪽 회선에 있으므로 응답하는 노드가 없습니다.[ {rightWire}에도 {twiceWire} 네트워크의 주소가 있지만, {link}의 경로가 먼저 선택됩니다.]',
      '{node}의 {link} 인터페이스에서 {address} 주소로 응답하는 노드가 없습니다. {node}은(는) 자기 프리픽스({onLink}) 때문에 이 주소를 이웃으로 여기지만, 주소는 {elsewhere}에 있고 이 회선으로는 닿지 않습니다.',
      '{node}의 {link} 인터페이스에서 {address} 주소로 응답하는 노드가 없습니다.[ 이 주소는 {elsewhere}에 있고, 이 회선으로는 닿지 않습니다.][ {knownBy}에는 아직 {peer}의 MAC 주소가 {former} 주소의 것으로 남아 있지만, 지금은 어느 인터페이스에도 없는 주소입니다.][ {bare}에는 링크 로컬 주소밖에 없습니다. 인터페이스가 down이 되면 keep_addr_on_down 값이 1이 아닌 한 다른 IPv6 주소는 지워집니다.]',
    ],
    why: '패킷을 보내려면 먼저 다음 홉의 MAC 주소를 알아내야(ARP, IPv6에서는 이웃 탐색) 합니다. 응답이 없으면 기다리다가 포기합니다.',
    where: [
      '`{ip} route show table local` 명령으로 {node}에서 자기 것으로 여기는 주소를 봅니다. {unlisted}에는 주소가 있습니다(`{ip} -br addr`).',
      '`{exec}sysctl {disabledKey}` 명령으로 설정을, `{ip} -br addr` 명령으로 {node}의 주소를 확인합니다.',
      '`{ip} -6 addr show dev {detecting}` 명령에 주소와 함께 tentative나 dadfailed가 나옵니다.',
      '`{ip} route get {address}` 명령으로 {looped}(으)로 나가는 경로를, `{ip} -br addr show dev {looped}` 명령으로 프리픽스를 확인합니다.',
      '`{ip} neigh` 명령에 {address} 주소가 MAC 주소 {knownMac}, 상태 {knownState}(으)로 나옵니다.[ `{ip} route show table {routeTable}` 명령으로 경로를 확인합니다.][ `{ip} route get {dst}` 명령으로 다음 홉을 확인합니다.]',
      '`{ip} neigh` 명령에서 {address}이(가) INCOMPLETE나 FAILED로 보입니다. `{ip} route show table {routeTable}` 명령으로 경로를, `{ip} rule` 명령으로 그 테이블에서 찾는 패킷을 확인합니다.',
      '`{ip} neigh` 명령에 {address} 주소가 INCOMPLETE 또는 FAILED로 나옵니다.[ `{ip} route get {dst}` 명령으로 다음 홉을 확인합니다.]',
    ],
    idea: [
      '{unlisted}의 주소와 함께 생긴 경로를 되돌리세요: {node}의 local 테이블에 `local {address}`.',
      '이제 다른 노드에는 {address} 주소가 없습니다. {node}의 {detecting}에서 {again} 주소를 제거하고 다시 추가하면 커널이 새로 검사합니다.',
      '다른 노드에 없는 주소를 {node}의 {detecting}에 주고, tentative 상태가 끝날 때까지 기다리세요.',
      '{node}에서 {disabledKey} 값을 0으로 바꾼 뒤, {link}의 주소와 경로를 다시 추가하세요.',
      '게이트웨이는 다른 노드여야 합니다. {own} 대신 라우터의 주소를 쓰세요.',
      '경로에 적은 게이트웨이 {gateway}에 오타가 있거나, 그 주소를 가져야 할 노드에 주소가 없습니다.',
      '{looped}에 있는 주소로 보내거나, {address} 주소를 거기에 추가하거나, {looped}의 주소를 한 주소만의 프리픽스(/128)로 바꾸세요.',
      '주소 {wrongWire}을(를) {node}의 {rightWire} 인터페이스에만 두세요.',
      '{address}은(는) 다른 노드의 주소입니다. {node}과(와) 그 노드를 한 회선에 연결하세요. 라우터를 거쳐야 한다면 {node}에 {onLink}보다 긴 프리픽스를 주거나 라우터를 거치는 {behind} 경로를 추가하거나, 라우터가 대신 응답하게(proxy_arp) 하세요.',
      '패킷의 주소를 {given}(으)로 바꾸는 {giver}의 규칙을 고치거나, 응답해야 할 노드에 {address} 주소를 추가하세요.',
      '응답해야 할 노드에 {address} 주소를 추가하거나, 다른 주소로 보내세요.',
    ],
  },
  'neighbour-missing': {
    what: '{node}에서 {address}의 MAC 주소를 모릅니다.',
    why: '이웃 정보는 패킷을 보낼 때 학습됩니다. 아직 보낸 적이 없거나 상대가 응답하지 않았습니다.',
    where: '`{ip} neigh` 명령으로 {node}에서 알고 있는 이웃을 확인합니다.',
    idea: '{node}에서 {address} 주소로 ping 등을 보내 보세요.',
  },
  'neighbour-present': {
    what: '{node}에서 {link} 인터페이스를 통해 이웃 {address}을(를) 알고 있습니다. 모르는 상태여야 합니다.',
    why: '이웃으로 등록되어 있다는 것은 같은 회선에서 통신한 적이 있다는 뜻입니다.',
    where: '`{ip} neigh` 명령으로 {node}에서 알고 있는 이웃을 확인합니다.',
    idea: '이웃 항목을 지우고, {node}의 어느 인터페이스가 그쪽으로 이어지는지 찾으세요.',
  },
} as const satisfies Record<string, Ladder>;
