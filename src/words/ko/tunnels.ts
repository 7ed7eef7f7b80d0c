import type { Ladder } from '../../core/explain/words.ts';

/** What carries packets inside others. */
export const tunnels = {
  'wrong-tunnel-end': {
    what: [
      '{node}의 {link}은(는) 패킷을 {unowned}에서 보내도록(local) 되어 있지만 {node}에 없는 주소입니다. 그래서 커널이 보내지 않습니다.',
      '{node}의 {link}은(는) 패킷을 {nowhere}(으)로 보내는데, 그 주소를 가진 노드가 없습니다. 이 터널의 다른 끝은 {expected}({owner})입니다.',
      '{node}의 {link}은(는) 모두에게 가는 프레임을 그룹 {group}(으)로 보냅니다. 라우터는 그룹으로 가는 패킷을 스스로 전달하지 않는데, 다른 끝인 {expected}({owner})은(는) 다른 네트워크에 있습니다.',
      '{node}의 {link}은(는) {mac}(으)로 가는 프레임을 {observed}(으)로 보내는데, {mac}은(는) {expected}({owner}) 뒤에 있습니다.',
      '{node}의 {link}에는 모두에게 가는 프레임을 위한 항목({mac})이 없고 remote도 없습니다. 그래서 {unasked}에 대한 질문이 나가지 않습니다. {unasked}은(는) {expected}({owner}) 뒤에 있습니다.',
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
