import type { Ladder } from '../../core/explain/words.ts';

/** Namespaces and links. */
export const links = {
  'netns-missing': {
    what: '네트워크 네임스페이스 {name}이(가) 없습니다.[ {near}은(는) 있습니다. 철자를 하나씩 비교해 보세요.]',
    why: '네임스페이스는 독립된 네트워크입니다. 네임스페이스가 없으면 인터페이스를 넣을 수도, 패킷을 보낼 수도 없습니다.',
    where: '`ip netns list` 명령으로 현재 있는 네임스페이스를 확인합니다. 이름은 철자까지 똑같아야 합니다.',
    idea: '네임스페이스 {name}부터 만드세요.',
  },
  'container-missing': {
    what: '{name}은(는) 실행 중인 컨테이너도 아니고 네트워크 네임스페이스도 아닙니다.[ {near}은(는) 있습니다. 철자를 하나씩 비교해 보세요.]',
    why: '컨테이너의 네트워크는 그 프로세스가 실행되는 동안에만 있습니다. 끝났거나 시작된 적이 없는 컨테이너에는 네트워크가 없습니다.',
    where:
      '`docker ps -a` 명령으로 모든 컨테이너와 상태를 확인합니다. 끝난 컨테이너가 남긴 말은 `docker logs {name}` 명령으로 봅니다. 이름이 있는 네임스페이스는 `ip netns`에 나옵니다.',
    idea: [
      '컨테이너 {misnamed}의 이름을 {name}(으)로 바꾸세요.',
      '컨테이너 {name}을(를) 시작하거나, 왜 끝났는지 찾아보세요. 직접 만드는 네트워크는 `ip netns add`로 시작합니다.',
    ],
  },
  'pod-missing': {
    what: '네트워크가 있는 파드 {name}이(가) 없습니다.[ {near}은(는) 있습니다. 철자를 하나씩 비교해 보세요.]',
    why: '파드의 네트워크는 파드가 배정된 노드에서 만들어집니다. 만든 적이 없거나, 노드를 기다리거나, 네트워크 설정에 실패한 파드에는 네트워크가 없습니다.',
    where:
      '`kubectl get pods -A -o wide` 명령으로 모든 파드의 상태, 주소, 노드를 확인합니다. 무엇이 막고 있는지는 `kubectl describe pod {name}` 출력 끝의 이벤트에 나옵니다.',
    idea: '파드 {name}을(를) 만들거나, 실행되지 않는 이유를 이벤트에서 찾아보세요.',
  },
  'netns-present': {
    what: '네트워크 네임스페이스 {name}이(가) 아직 있습니다. 없어야 합니다.',
    why: '남아 있는 네임스페이스의 인터페이스와 주소는 계속 응답하고 이름도 계속 차지합니다.',
    where: '`ip netns list` 명령으로 현재 있는 네임스페이스를 확인합니다.',
    idea: '네임스페이스를 삭제하세요. 그 안에 있던 것도 함께 사라집니다.',
  },
  'link-missing': {
    what: '{node}에 {link} 인터페이스가 없습니다.[ 같은 이름의 인터페이스는 {elsewhere}에 있습니다.][ 주소는 {holder} 인터페이스에 있습니다.]',
    why: '인터페이스는 한 네트워크 네임스페이스에만 속합니다. 다른 네임스페이스에서는 보이지 않습니다.',
    where: '`{ip} link` 명령으로 {node}의 인터페이스 목록을 확인합니다.',
    idea: [
      '{movable}에 있는 {link} 인터페이스를 {node}(으)로 옮기세요. 인터페이스는 현재 속해 있는 네임스페이스에서만 옮길 수 있습니다.',
      '{link} 인터페이스를 만드세요. 다른 이름이나 다른 네임스페이스로 만들었다면 {node}(으)로 옮기세요.',
    ],
  },
  'link-present': {
    what: '{node}에 {link} 인터페이스가 있습니다. 여기에는 없어야 합니다.',
    why: '남아 있는 인터페이스는 이름과 주소를 계속 차지하고, 커널은 그 인터페이스의 경로를 계속 사용합니다.',
    where: '`{ip} link show dev {link}` 명령으로 확인합니다.',
    idea: '{link} 인터페이스를 삭제하거나 원래 있어야 할 곳으로 옮기세요. veth는 한쪽 끝을 삭제하면 반대쪽 끝도 함께 사라집니다.',
  },
  'wrong-kind': {
    what: '{node}에 있는 {link} 인터페이스의 종류가 {observed}입니다. {expected} 종류여야 합니다.',
    why: '인터페이스의 종류에 따라 커널이 프레임을 다르게 처리합니다. veth는 반대쪽 끝으로, bridge는 각 포트로 프레임을 넘깁니다.',
    where: '`{ip} -d link show dev {link}` 명령으로 인터페이스의 종류를 확인합니다.',
    idea: '인터페이스의 종류는 바꿀 수 없습니다. 삭제한 뒤 {expected} 종류로 다시 만드세요.',
  },
  'wrong-peer': {
    what: '{node}에 있는 {link} 인터페이스의 반대쪽 끝이 {observed}입니다. {expected}(이)여야 합니다.',
    why: 'veth 쌍은 한쪽 끝으로 들어간 패킷이 반대쪽 끝으로만 나옵니다.',
    where: '`{ip} -d link show dev {link}` 명령의 `@NAME` 또는 `link-netns` 값이 반대쪽 끝입니다.',
    idea: [
      '반대쪽 끝인 {peerLink}을(를) {farNode}(으)로 옮기세요.',
      '이 쌍을 삭제하고 {link}와(과) {expected}을(를) 양 끝으로 하는 쌍을 만들거나, 반대쪽 끝을 알맞은 곳으로 옮기세요.',
    ],
  },
  'link-down': {
    what: [
      '{itself}은(는) {node} 자신의 주소이므로 패킷은 {node} 안에서 {link} 인터페이스로 가는데, 그 인터페이스가 down 상태입니다.',
      '{node}에 있는 {link} 인터페이스가 down 상태입니다.',
    ],
    why: 'down 상태의 인터페이스는 송수신을 하지 않으며, 커널은 그 인터페이스를 쓰는 경로도 지웁니다. 새로 만든 인터페이스는 down 상태입니다.',
    where: '`{ip} -br link` 명령으로 {node}에 있는 모든 인터페이스의 상태를 확인합니다.',
    idea: [
      '{itself} 주소가 다른 노드의 것이어야 한다면 {node}에서 제거하고, 그렇지 않다면 {link} 인터페이스를 up 상태로 바꾸세요.',
      '{link} 인터페이스를 up 상태로 바꾸세요.',
    ],
  },
  'link-up': {
    what: '{node}에 있는 {link} 인터페이스가 {observed} 상태입니다. {expected} 상태여야 합니다.',
    why: '인터페이스는 자신과 반대쪽 끝이 모두 up 상태가 되는 즉시 패킷을 전달합니다.',
    where: '`{ip} -br link` 명령으로 {node}에 있는 모든 인터페이스의 상태를 확인합니다.',
    idea: '{link} 인터페이스를 down 상태로 바꾸세요.',
  },
  'no-carrier': {
    what: [
      '{downPeer} 인터페이스가 down 상태입니다. 그래서 케이블의 반대쪽 끝인 {node}의 {link} 인터페이스에 캐리어가 없습니다.[ {ignoring} 값이 1이어서 {node}에서는 그동안 {link}(으)로 나가는 경로를 쓰지 않습니다.][ 이 경로에는 다른 연결이 쓰는 다음 홉이 더 있습니다: {otherHops}.]',
      '{node}에 있는 {link} 인터페이스는 up 상태이지만 캐리어가 없습니다.[ 반대쪽 끝은 {peer}입니다.][ {ignoring} 값이 1이어서 {node}에서는 그동안 {link}(으)로 나가는 경로를 쓰지 않습니다.][ 이 경로에는 다른 연결이 쓰는 다음 홉이 더 있습니다: {otherHops}.]',
    ],
    why: 'veth 쌍은 양 끝이 있는 케이블과 같아서 두 끝이 모두 up이어야 프레임이 지나갑니다. 브리지는 동작하는 포트가 하나라도 있어야 캐리어가 생깁니다.',
    where:
      '`{ip} -br link` 명령에서 {link} 인터페이스가 NO-CARRIER 또는 LOWERLAYERDOWN으로 나옵니다. 반대쪽 끝도 확인하세요.',
    idea: ['반대쪽 끝인 {peer}도 up 상태로 바꾸세요.', '{link} 인터페이스의 반대쪽 끝도 up 상태로 바꾸세요.'],
  },
  'not-attached': {
    what: [
      '{node}의 {link}은(는) {expected} 브리지의 포트여야 하는데 {otherBridge} 브리지의 포트입니다. 두 브리지는 서로 이어져 있지 않습니다.',
      '{node}에 있는 {link} 인터페이스는 브리지 {expected}의 포트여야 하는데 연결되어 있지 않습니다.',
    ],
    why: '브리지는 자기 포트 사이에서만 프레임을 전달합니다. 포트에 꽂지 않은 케이블로는 아무 데도 갈 수 없습니다.',
    where:
      '`{ip} link show master {expected}` 명령으로 브리지의 포트 목록을 봅니다. {link} 인터페이스가 보이지 않습니다.',
    idea: '{link} 인터페이스의 master를 {expected}(으)로 지정하여 브리지의 포트로 만드세요.',
  },
} as const satisfies Record<string, Ladder>;

/** 회선 위의 프레임: 주소를 묻는 질문, 브리지와 포트, MAC 주소, 터널. */
export const frames = {
  'question-ignored': {
    what: [
      '{node}에는 {address} 주소가 있지만 {sourceOnly}({kind}, source 모드)은(는) 목록에 있는 MAC 주소[({listed})]의 프레임만 받습니다. 질문은 {askerMac}에서 옵니다.',
      '{node}에서 {address}의 MAC 주소를 묻지 않습니다. {asksNone}은(는) 주소 확인을 하지 않도록 설정되어 있어(NOARP) 프레임을 자기 MAC 주소로 보냅니다.',
      '{node}에서 {address}의 MAC 주소를 묻지 않습니다. {solicitKey} 값이 0입니다.',
      '{node}에는 {address} 주소가 있지만 {noArp}에서는 질문에 응답하지 않습니다. 주소 확인을 하지 않도록 설정되어 있습니다(NOARP).',
      '{node}에는 {address} 주소가[ {has}에] 있고 {link}에서 질문도 받지만 응답하지 않습니다. {key} 값이 {observed}입니다.',
    ],
    why: [
      'source 모드에서는 아래 인터페이스가 목록에 있는 MAC 주소에서 온 프레임만 {sourceOnly}(으)로 넘깁니다. 나머지는 아래에 남습니다.',
      'NOARP 플래그가 있는 인터페이스({noArp})는 ARP로도 이웃 탐색으로도 MAC 주소를 묻거나 답하지 않습니다.',
      'mcast_solicit는 커널이 포기하기 전에 모두에게 보내는 질문의 수입니다({solicitKey}). 0이면 한 번도 묻지 않고 포기합니다.',
      'arp_filter를 켜면 질문한 쪽으로 가는 자기 경로의 인터페이스에서만 응답합니다. {asker}(으)로 가는 경로는 {link}이(가) 아니라 {leaves}입니다.',
      'arp_ignore는 어떤 질문에 응답할지 정합니다. 0은 자기 주소 모두, 1은 질문을 받은 인터페이스의 주소만, 2는 같은 네트워크에서 온 질문만, 8은 응답하지 않음입니다.',
    ],
    where: [
      '`{ip} -d link show dev {sourceOnly}` 명령으로 모드와 목록을 확인합니다.',
      '`{ip} link show dev {noArp}` 명령으로 플래그에 NOARP가 있는지 확인합니다.',
      '`{exec}sysctl {solicitKey}` 명령으로 {link}의 설정을 확인합니다.',
      '`{exec}sysctl {key}` 명령으로 설정을 확인합니다. `all`과 인터페이스 값 중 큰 쪽이 적용됩니다.',
    ],
    idea: [
      '{askerMac} 주소를 {sourceOnly}의 목록에 넣거나, 인터페이스를 bridge 모드로 만드세요.',
      '{noArp}의 주소 확인을 켜세요.',
      '{solicitKey} 값을 커널의 기본값인 3으로 설정하세요.',
      '{node}에서 {asker}(으)로 가는 경로가 {leaves} 대신 {link}(으)로 나가게 하거나, 질문을 받은 모든 인터페이스에서 응답하게 하세요.',
      '{address} 주소를 {link}에 두거나, {node}이(가) 자기 주소 모두에 응답하게 하세요.',
    ],
  },
  'question-dropped': {
    what: [
      '{node}의 규칙이 {address} 주소에 대한 이웃 탐색 메시지({hopLimited})의 홉 제한을 바꿉니다: `{rule}`({chain}). 255가 아닌 메시지는 상대 노드가 무시합니다.',
      '{address} 주소를 묻는 질문이 {node}에 도착합니다. 규칙이 {asker}(으)로 가는 답에 마크 {mark}을(를) 붙이고, 라우팅 정책의 {priority}번 규칙이 그 마크를 거절합니다: `{refusing}`.',
      '{node}의 {ownQuestion} 인터페이스에서 {address} 주소를 묻는 질문을 {node} 자신의 규칙이 버립니다: `{rule}`({family} 패밀리, {chain} 체인).',
      '{answerer}이(가) {address} 주소를 묻는 질문에 답하지만, 질문한 {node}의 규칙이 그 답을 버립니다: `{rule}` ({family} 계열, 체인 {chain}).',
      '{address} 주소를 묻는 질문이 {node}에 도착하지만 {toAsker}(으)로 가는 답을 규칙이 버립니다: `{rule}` ({family} 계열, 체인 {chain}).',
      '{address} 주소를 묻는 질문이 {node}에 도착하지만 규칙이 버립니다: `{rule}` ({family} 계열, 체인 {chain}).',
    ],
    why: '어떤 주소로 보내려면 먼저 MAC 주소를 물어야 합니다. IPv4는 ARP, IPv6는 이웃 탐색(ICMPv6 타입 135와 136)을 씁니다. 이것을 버리는 방화벽은 노드를 고립시킵니다.',
    where: '`{exec}{list}` 명령으로 질문과 답이 지나가는 규칙을 확인합니다.',
    idea: [
      '질문과 답의 홉 제한({hopLimited})이 그대로 남게 하세요. 앞에 이들을 받아들이는 규칙을 두면 됩니다.',
      '라우팅 정책의 {priority}번 규칙을 삭제하거나, 어떤 규칙도 {node}의 답에 마크 {mark}을(를) 붙이지 않게 하세요.',
      '{node}에서 {ownQuestion} 인터페이스로 보내는 질문을 규칙이 통과시키게 하세요.',
      '{node}이(가) {answerer}의 답을 받아들이게 하세요.',
      '{node}이(가) {toAsker}(으)로 답을 보내게 하세요.',
      '{node}이(가) 질문을 받아들이게 하세요.',
    ],
  },
  'proxy-silent': {
    what: [
      '{node}은(는) {link}에서 다른 노드를 대신해 응답하지만({key} 값이 1), {address}에는 응답하지 않습니다. 포워딩을 하지 않기 때문입니다({forwardKey} 값이 0).',
      '{node}에는 {byLink}(으)로 나가는 경로가 있지만 {link}에서 {entry} 주소를 대신해 응답하지 않습니다. {proxyKey} 값이 0입니다.',
      '{node}은(는) {link}에서 다른 노드를 대신해 응답하지만({key} 값이 1), {byLink}(으)로 경로가 있는 {entry} 주소의 항목이 없습니다.',
      '{node}에는 {byLink}(으)로 나가는 경로가 있지만 {link}에서 {address} 주소를 대신해 응답하지 않습니다. {proxyKey} 값이 0입니다.',
      '{node}은(는) {link}에서 다른 노드를 대신해 응답하지만({key} 값이 1), {address}에는 응답하지 않습니다. 그 주소로 가는 경로가 질문이 온 {wayDev} 쪽입니다.',
      '{node}은(는) {link}에서 다른 노드를 대신해 응답하지만({key} 값이 1), {address}에는 응답하지 않습니다. 그 주소로 가는 경로가 없습니다.',
    ],
    why: [
      '{entry} 주소의 네트워크는 이 회선에 있지만, 그 주소를 가진 노드는 이 회선에 없습니다. 포워딩하는 노드가 그 MAC 주소를 묻는 질문에 대신 응답해야 합니다. proxy_ndp를 켜고, 주소마다 항목을 두어야 합니다.',
      '{address} 주소의 네트워크는 이 회선에 있지만, 그 주소를 가진 노드는 이 회선에 없습니다. {byLink}(으)로 포워딩하는 노드가 그 MAC 주소를 묻는 질문에 대신 응답해야 합니다(proxy_arp).',
      'proxy_arp를 켠 노드는 자기가 포워딩할 수 있는 주소에만 대신 응답합니다. 다른 인터페이스로 나가는 경로가 있어야 합니다.',
    ],
    where: [
      '`{exec}sysctl {key}` 명령으로 설정을, `{ip} -6 neigh show proxy` 명령으로 {entry}의 항목이 있는지 확인합니다.',
      '`{exec}sysctl {key}` 명령으로 설정을, `{ip} route get {address}` 명령으로 {byLink} 쪽 경로를 확인합니다.',
      '`{ip} route get {address}` 명령으로 경로가 있는지 확인합니다.',
    ],
    idea: [
      '{node}의 IP 포워딩({forwardKey})을 켜세요.',
      '{node}이(가) {link}에서 {address} 주소를 대신해 응답하게 하세요. 그러면 패킷이 {byLink}(으)로 나갑니다.',
      '{node}에 다른 인터페이스로 {address}에 가는 경로를 추가하세요.',
    ],
  },
  'port-state': {
    what: [
      '{node}의 {locked}은(는) {bridge} 브리지의 잠긴 포트입니다. 포워딩 데이터베이스에 없는 송신자의 프레임을 버리는데, {mac}이(가) 거기에 없습니다.',
      '{node}의 {link}은(는) {bridge} 브리지의 포트이고 상태가 {observed}입니다. 브리지는 forwarding 상태인 포트로만 프레임을 전달합니다.',
    ],
    why: [
      '잠긴 포트({locked})는 802.1X를 위한 것입니다. 클라이언트를 확인한 프로그램이 그 MAC 주소를 포워딩 데이터베이스에 적습니다. 다른 송신자의 프레임은 아무 말 없이 버립니다.',
      '{written}의 상태는 프로토콜이 정한 것이 아닙니다. `bridge link set` 명령이 정했고, 같은 명령을 쓰거나 인터페이스를 내렸다 올릴 때까지 그대로입니다.',
      '스패닝 트리(STP)를 쓰면 새로 올라온 포트는 forward delay의 두 배 동안 listening과 learning 상태에 머물며 아무것도 전달하지 않고, 고리를 만드는 포트는 막힌 채로 있습니다.',
    ],
    where: [
      '`{exec}bridge -d link show dev {locked}`에 `locked on`이 보이고, `{exec}bridge fdb show br {bridge}` 명령으로 허용된 주소를 확인합니다.',
      '`{exec}bridge -d link show dev {link}` 명령으로 포트의 상태를 확인합니다.',
    ],
    idea: [
      '{locked}의 잠금을 풀거나, {mac}을(를) 포워딩 데이터베이스에 적으세요.',
      '{written}의 상태를 다시 forwarding으로 바꾸세요.',
      '포트가 forwarding이 될 때까지 기다리거나, 고리가 없다면 {bridge}의 STP를 끄세요.',
    ],
  },
  'port-isolated': {
    what: '{node}의 {link}와(과) {other}은(는) 둘 다 {bridge}의 격리된 포트입니다. 서로 간에는 아무것도 전달하지 않습니다.',
    why: '격리된 포트는 격리되지 않은 포트와만 통신합니다. 그래서 같은 브리지에 있는 이웃끼리 닿을 수 없습니다.',
    where: '`{exec}bridge -d link show dev {link}`에 `isolated on`이 보입니다.',
    idea: '두 포트 중 하나의 격리를 풀거나, 라우터를 거쳐 오가게 하세요.',
  },
  'other-vlan': {
    what: [
      '{node}의 {bridge} 브리지 포트 {bare}에는 태그 없는 프레임을 위한 VLAN(PVID)이 없습니다. 브리지는 그런 프레임을 버립니다.',
      '{node}의 {bridge}에서 {port}은(는) VLAN {vlan}에 속하지 않습니다. 브리지는 그 VLAN의 프레임을 이리로 보내지 않습니다.',
      'VLAN {vlan} 태그가 달린 프레임이 {node}의 {untaken}에 오지만, 이 VLAN의 인터페이스가 없습니다.[ {other}은(는) VLAN {otherVlan}의 인터페이스입니다.]',
    ],
    why: 'VLAN은 같은 선을 나누어 쓰는 별개의 네트워크입니다. 양쪽 끝과, 그 사이에서 VLAN을 구분하는 브리지의 모든 포트가 같은 번호를 써야 합니다.',
    where: [
      '`{exec}bridge vlan show`에 {bridge} 브리지 포트별 VLAN이 보입니다. `PVID`는 태그 없는 프레임의 VLAN입니다.',
      '`{ip} -d link show type vlan`에 {node}의 VLAN이, `{exec}tcpdump -eni {untaken}`에 프레임의 태그가 보입니다.',
    ],
    idea: [
      '{bare}에 PVID, 곧 태그 없는 프레임의 VLAN을 지정하세요.',
      '{port}을(를) VLAN {vlan}에 넣으세요.',
      '양쪽 끝에서 같은 번호를 쓰세요. {other}은(는) {otherVlan}, 프레임은 {vlan}입니다.',
      '{untaken} 위에 VLAN {vlan}의 인터페이스를 만들거나, 태그 없이 보내세요.',
    ],
  },
  'not-flooded': {
    what: '{node}의 {bridge} 브리지는 {frames} 프레임을 {link}(으)로 내보내지 않습니다. 이 포트의 {option} 설정이 꺼져 있습니다.[ {unlearned} 뒤에 있는 MAC 주소도 배우지 않으므로(learning off) {address}에 대한 응답이 바로 그런 프레임입니다.]',
    why: '모두에게, 그룹에게, 또는 브리지가 모르는 MAC 주소로 가는 프레임은 그러지 말라고 설정된 포트를 빼고 모든 포트로 나갑니다. ARP는 모두에게, IPv6 이웃 탐색은 그룹에게 묻습니다.',
    where: '`{exec}bridge -d link show dev {link}`에 `{option} off`가 보입니다.',
    idea: '{link}의 {option} 설정을 켜세요.',
  },
  'port-hairpin': {
    what: '{node}의 {bridge} 브리지는 프레임이 들어온 {link} 포트로 다시 내보내야 하는데, hairpin이 꺼져 있습니다.',
    why: '브리지는 프레임을 들어온 포트로 돌려보내지 않습니다. 다른 주소를 거쳐 자기 자신에게 보내려면 바로 이것이 필요합니다.',
    where: '`{exec}bridge -d link show dev {link}`에 `hairpin off`가 보입니다.',
    idea: '{link}의 hairpin을 켜세요.',
  },
  'wrong-port': {
    what: [
      '{node}의 {taken}은(는) {mac}(으)로 가는 프레임을 자기 것으로 여깁니다. 포워딩 데이터베이스에 {observed}의 주소로 적혀 있기 때문입니다. {mac}은(는) {expected} 뒤에 있습니다.',
      '{node}의 {bridge} 브리지는 포워딩 데이터베이스에 적힌 대로 {mac}(으)로 가는 프레임을 {observed}(으)로 내보내는데, {mac}은(는) {expected} 뒤에 있습니다.',
    ],
    why: '브리지는 포워딩 데이터베이스(FDB)에서 MAC 주소의 포트를 찾아 프레임을 내보냅니다. 들어오는 프레임으로 포트를 배우지만, permanent나 sticky로 입력한 항목은 바꾸지 않습니다.',
    where: '`{exec}bridge fdb show br {bridge}` 명령으로 어느 MAC 주소가 어느 포트 뒤에 있는지 확인합니다.',
    idea: '{observed}에 있는 {mac} 항목을 지우세요. 그러면 브리지가 위치를 다시 배웁니다.',
  },
  'frame-too-long': {
    what: '{node}의 {link}은(는) {mtu}바이트까지만 받는데 이 패킷은 {length}바이트입니다. 오류 메시지는 가지 않습니다.',
    why: '패킷이 너무 크다고 알려 주는 것은 라우터뿐입니다. 회선과 브리지는 나가는 인터페이스의 MTU보다 긴 것을 조용히 버립니다. 그래서 회선의 양쪽 끝과 브리지의 모든 포트는 MTU가 같아야 합니다.',
    where: '`{ip} link show dev {link}` 명령으로 MTU를 확인합니다.',
    idea: '양쪽의 MTU를 같게 하세요. {link}의 MTU를 올리거나 보내는 쪽의 MTU를 내리세요.',
  },
  'duplicate-mac': {
    what: '{nodes}의 MAC 주소가 {mac}(으)로 같습니다.',
    why: '브리지는 MAC 주소를 마지막으로 본 포트로 프레임을 보내고, 노드는 자기 MAC 주소가 적힌 것을 자기 것으로 여깁니다. 같은 주소가 둘이면 서로 프레임을 잃습니다.',
    where: '`{ip} link show dev {link}` 명령으로 MAC 주소를 보고 다른 쪽과 비교하세요.',
    idea: '둘 중 하나의 MAC 주소를 바꾸세요.',
  },
  'wrong-mac': {
    what: [
      '{node}에서는 {address}(으)로 가는 패킷을 올바른 MAC 주소 {expected}(으)로 보내지만, {rewriter}에서 {mac}(으)로 바꿉니다[: `{nftRule}`].',
      '{node}은(는) {address}(으)로 가는 패킷을 MAC 주소 {mac}(으)로 보냅니다. {replier}의 규칙이 이 회선의 ARP 질문에 대신 응답합니다(arpreply): `{nftRule}`.',
      '{node}에서 {address}(으)로 가는 패킷을 아직 전에 배운 {now}의 MAC 주소 {mac}(으)로 보냅니다. 지금 그 주소는 {owner}에 있고, MAC 주소는 {expected}입니다.',
      '{node}은(는) {address}(으)로 가는 패킷을 MAC 주소 {mac}(으)로 보내는데, {owner}의 주소는 {expected}입니다.',
      '{node}은(는) {address}(으)로 가는 패킷을 MAC 주소 {mac}(으)로 보내는데, 이 회선에는 그 주소를 가진 인터페이스가 없습니다.',
    ],
    why: '프레임은 거기 적힌 MAC 주소의 인터페이스가 받습니다. 다른 인터페이스는, IP 주소가 맞더라도 버립니다.',
    where: [
      '`{rewriterExec}nft list ruleset` 명령으로 bridge 계열의 규칙을 확인합니다. tc 필터(`pedit`)도 주소를 바꿀 수 있습니다({rewriter}).',
      '`{replierExec}ebtables -t nat -L` 명령으로 규칙이 어떤 주소에 응답하는지, `{ip} neigh show {address}` 명령으로 {node}이(가) 무엇을 배웠는지 확인합니다.',
      '`{ip} neigh show {address}` 명령으로 노드가 아는 MAC 주소를 확인합니다.',
    ],
    idea: [
      '{rewriter}의 규칙을 지우거나, 올바른 MAC 주소로 바꾸게 하세요.',
      '{replier}의 규칙을 삭제하거나 올바른 MAC 주소로 응답하게 한 뒤, {node}이(가) 다시 묻게 하세요.',
      '{address}의 이웃 항목을 고치거나, 지워서 {node}이(가) 다시 묻게 하세요.',
    ],
  },
  'lower-link': {
    what: [
      '{upper}와(과) {sibling}은(는) {lower} 위의 macvlan 인터페이스인데, {node}의 {closed}이(가) {mode} 모드여서 같은 인터페이스 위의 다른 것과 통신하지 못합니다. 이 길로는 {address}에 닿을 수 없습니다.',
      '{upper}은(는) {lower} 위의 {kind} 인터페이스이고 둘은 서로 통신하지 못합니다. 이 길로는 {address}에 닿을 수 없습니다.',
    ],
    why: [
      '한 인터페이스 위의 macvlan 인터페이스는 둘 다 bridge 모드일 때만 서로 통신합니다. {mode} 모드에서는 모두 회선으로 나가며, 회선의 브리지가 돌려보낼 때만 돌아오거나(vepa) 아예 돌아오지 않습니다(private).',
      '{kind} 인터페이스가 보낸 것은 아래 인터페이스로 나가고, 들어온 것은 위로 올려집니다. 아래 인터페이스와 그 위의 인터페이스 사이에는 아무것도 전달되지 않습니다.',
    ],
    where: '`{ip} -d link` 명령으로 종류와 `@` 뒤의 아래 인터페이스를 확인합니다.',
    idea: [
      '{node}의 {closed}을(를) bridge 모드로 바꾸세요. 상대도 bridge 모드여야 합니다.',
      '아래 노드에도 {kind} 인터페이스를 만들고 주소를 주어, 아래 인터페이스 대신 쓰세요.',
    ],
  },
} as const satisfies Record<string, Ladder>;
