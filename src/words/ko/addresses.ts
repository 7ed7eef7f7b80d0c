import type { Ladder } from '../../core/explain/words.ts';

/** Addresses and neighbours. */
export const addresses = {
  'no-address': {
    what: [
      '{node}에 {address} 주소가 없습니다. 그 대신 {link} 링크에 {instead} 주소가 있는데, 이 주소는 {elsewhere}에도 있습니다.',
      '{node}의 {link} 링크에 {address} 주소가 없습니다.[ 이 주소는 {elsewhere}에 있습니다.]',
      '{node}에 {address} 주소가 없습니다.[ 이 주소는 {elsewhere}에 있습니다.]',
      '{node}에는 보낼 때 쓸 주소가 {link}의 링크 로컬 주소 {local}밖에 없습니다. {router}은(는) 이 주소에서 온 패킷을 전달하지 않습니다.',
      '{node}의 {link} 링크에는 링크 로컬 주소 {local}밖에 없습니다.',
      '{node}에서 {towards}(으)로 이어지는 {link} 링크에 주소가 없습니다.',
      '{node}에는 루프백 말고는 주소가 있는 링크가 없습니다.',
    ],
    why: [
      '링크 로컬 주소({local})는 그 링크 안에서만 유효합니다. 이웃과는 통신할 수 있지만 네트워크로 가는 경로는 생기지 않고, 라우터는 이 주소에서 온 패킷을 전달하지 않습니다.',
      '주소가 없으면 자기 네트워크로 가는 경로도 생기지 않습니다. 패킷을 보낼 수 없고 응답을 받을 수도 없습니다.',
    ],
    where: '`{ip} -br addr` 명령으로 {node}의 주소 목록을 확인합니다.',
    idea: [
      '먼저 {link} 링크에서 {instead} 주소를 제거하세요. 한 네트워크의 첫 주소를 나중에 제거하면 다른 주소도 함께 사라집니다. 그다음 {address} 주소를 추가하세요.',
      '{node}의 {link} 링크에 {address} 주소를 프리픽스 길이까지 붙여 추가하세요.',
      '{node}의 알맞은 링크에 {address} 주소를 프리픽스 길이까지 붙여 추가하세요.',
      '{node}의 {link} 링크에 {local} 외에 그 네트워크의 주소를 프리픽스 길이까지 붙여 추가하세요.',
      '{node}에서 상대와 연결된 링크에 주소를 프리픽스 길이까지 붙여 추가하세요.',
    ],
  },
  'address-present': {
    what: '{node}의 {link} 링크에 {wrong} 주소가 있습니다. 여기에는 없어야 합니다.',
    why: '노드는 자기가 가진 모든 주소에 응답하고, 그 네트워크로 가는 경로도 만듭니다.',
    where: '`{ip} -br addr` 명령으로 {node}의 주소 목록을 확인합니다.',
    idea: '{link} 링크에서 주소를 제거하세요.',
  },
  'wrong-prefix': {
    what: '{node}의 {link} 링크에 {wrong} 주소가 있습니다. {expected}(이)여야 합니다.',
    why: '프리픽스 길이는 어떤 주소가 같은 네트워크에 있는지를 나타냅니다. 생략하면 가장 긴 길이(/32, IPv6에서는 /128)가 되어 자기 자신뿐인 네트워크가 되고, 다른 곳으로 가는 경로가 생기지 않습니다.',
    where:
      '`{ip} -br addr` 명령으로 프리픽스 길이를, `{ip} route` 명령으로 그 네트워크의 경로가 없음을 확인합니다.',
    idea: '{wrong} 주소를 제거하고 프리픽스 길이를 붙여 {expected} 주소로 다시 추가하세요.',
  },
  'duplicate-address': {
    what: '{address} 주소를 둘 이상의 노드가 가지고 있습니다: {nodes}.',
    why: '이 주소를 묻는 ARP 요청에 모두가 응답합니다. 패킷은 마지막으로 응답한 쪽으로 갑니다.',
    where: '각 노드에서 `{ip} -br addr` 명령으로 확인합니다.',
    idea: '{address} 주소는 한 노드에만 남기고, 다른 노드에는 다른 주소를 주세요.',
  },
  'neighbour-silent': {
    what: [
      '{node}의 게이트웨이 {own}은(는) {node} 자신의 주소입니다. 그래서 {link} 링크에서 {address}의 MAC 주소를 직접 묻지만 응답하는 노드가 없습니다.',
      '{node}에서 게이트웨이 {gateway}(으)로 보내지만, {link} 링크에서 그 주소로 응답하는 노드가 없습니다.[ 이 주소는 {elsewhere}에 있고, 이 링크로는 닿지 않습니다.]',
      '{node}의 {link} 링크에서 {address} 주소로 응답하는 노드가 없습니다.[ 이 주소는 {elsewhere}에 있고, 이 링크로는 닿지 않습니다.]',
    ],
    why: '패킷을 보내려면 먼저 다음 홉의 MAC 주소를 알아내야(ARP, IPv6에서는 이웃 탐색) 합니다. 응답이 없으면 기다리다가 포기합니다.',
    where:
      '`{ip} neigh` 명령에 {address} 주소가 INCOMPLETE 또는 FAILED로 나옵니다. `{ip} route get {dst}` 명령으로 다음 홉을 확인합니다.',
    idea: [
      '게이트웨이는 다른 노드여야 합니다. {own} 대신 라우터의 주소를 쓰세요.',
      '경로에 적은 게이트웨이 {gateway}에 오타가 있거나, 그 주소를 가져야 할 노드에 주소가 없습니다.',
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
    what: '{node}에서 {link} 링크를 통해 이웃 {address}을(를) 알고 있습니다. 모르는 상태여야 합니다.',
    why: '이웃으로 등록되어 있다는 것은 같은 링크에서 통신한 적이 있다는 뜻입니다.',
    where: '`{ip} neigh` 명령으로 {node}에서 알고 있는 이웃을 확인합니다.',
    idea: '이웃 항목을 지우고, {node}의 어느 링크가 그쪽으로 이어지는지 찾으세요.',
  },
} as const satisfies Record<string, Ladder>;
