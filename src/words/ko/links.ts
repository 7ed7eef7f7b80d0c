import type { Ladder } from '../../core/explain/words.ts';

/** Namespaces and links. */
export const links = {
  'netns-missing': {
    what: '네트워크 네임스페이스 {name}: 존재하지 않습니다.',
    why: '네임스페이스는 독립된 네트워크입니다. 네임스페이스가 없으면 링크를 넣을 수도, 패킷을 보낼 수도 없습니다.',
    where: '`ip netns list` 명령으로 현재 있는 네임스페이스를 확인합니다. 이름은 철자까지 똑같아야 합니다.',
    idea: '네임스페이스 {name}부터 만드세요.',
  },
  'container-missing': {
    what: '실행 중인 컨테이너 {name}이(가) 없습니다.',
    why: '컨테이너의 네트워크는 그 프로세스가 실행되는 동안에만 있습니다. 끝났거나 시작된 적이 없는 컨테이너에는 네트워크가 없습니다.',
    where:
      '`docker ps -a` 명령으로 모든 컨테이너와 상태를 확인합니다. 끝난 컨테이너가 남긴 말은 `docker logs {name}` 명령으로 봅니다.',
    idea: '컨테이너 {name}을(를) 시작하거나, 왜 끝났는지 찾아보세요.',
  },
  'pod-missing': {
    what: '네트워크가 있는 파드 {name}이(가) 없습니다.',
    why: '파드의 네트워크는 파드가 배정된 노드에서 만들어집니다. 만든 적이 없거나, 노드를 기다리거나, 네트워크 설정에 실패한 파드에는 네트워크가 없습니다.',
    where:
      '`kubectl get pods -A -o wide` 명령으로 모든 파드의 상태, 주소, 노드를 확인합니다. 무엇이 막고 있는지는 `kubectl describe pod {name}` 출력 끝의 이벤트에 나옵니다.',
    idea: '파드 {name}을(를) 만들거나, 실행되지 않는 까닭을 이벤트에서 찾아보세요.',
  },
  'netns-present': {
    what: '네트워크 네임스페이스 {name}: 없어야 하는데 아직 있습니다.',
    why: '남아 있는 네임스페이스의 링크와 주소는 계속 응답하고 이름도 계속 차지합니다.',
    where: '`ip netns list` 명령으로 현재 있는 네임스페이스를 확인합니다.',
    idea: '네임스페이스를 삭제하세요. 그 안에 있던 것도 함께 사라집니다.',
  },
  'link-missing': {
    what: '{node}에 {link} 링크가 없습니다.[ 같은 이름의 링크는 {elsewhere}에 있습니다.]',
    why: '링크는 한 네트워크 네임스페이스에만 속합니다. 다른 네임스페이스에서는 보이지 않습니다.',
    where: '`{ip} link` 명령으로 {node}의 링크 목록을 확인합니다.',
    idea: [
      '{elsewhere}에 있는 {link} 링크를 {node}(으)로 옮기세요. 링크는 현재 속해 있는 네임스페이스에서만 옮길 수 있습니다.',
      '{link} 링크를 만드세요. 다른 이름이나 다른 네임스페이스로 만들었다면 {node}(으)로 옮기세요.',
    ],
  },
  'link-present': {
    what: '{node}에 {link} 링크가 있습니다. 여기에는 없어야 합니다.',
    why: '남아 있는 링크는 이름과 주소를 계속 차지하고, 커널은 그 링크의 경로를 계속 사용합니다.',
    where: '`{ip} link show dev {link}` 명령으로 확인합니다.',
    idea: '{link} 링크를 삭제하거나 원래 있어야 할 곳으로 옮기세요. veth는 한쪽 끝을 삭제하면 반대쪽 끝도 함께 사라집니다.',
  },
  'wrong-kind': {
    what: '{node}에 있는 {link} 링크의 종류가 {observed}입니다. {expected} 종류여야 합니다.',
    why: '링크의 종류에 따라 커널이 프레임을 다르게 처리합니다. veth는 반대쪽 끝으로, bridge는 각 포트로 프레임을 넘깁니다.',
    where: '`{ip} -d link show dev {link}` 명령으로 링크의 종류를 확인합니다.',
    idea: '링크의 종류는 바꿀 수 없습니다. 삭제한 뒤 {expected} 종류로 다시 만드세요.',
  },
  'wrong-peer': {
    what: '{node}에 있는 {link} 링크의 반대쪽 끝이 {observed}입니다. {expected}(이)여야 합니다.',
    why: 'veth 쌍은 한쪽 끝으로 들어간 패킷이 반대쪽 끝으로만 나옵니다.',
    where: '`{ip} -d link show dev {link}` 명령의 `@NAME` 또는 `link-netns` 값이 반대쪽 끝입니다.',
    idea: '이 쌍을 삭제하고 {link}와(과) {expected}을(를) 양 끝으로 하는 쌍을 만들거나, 반대쪽 끝을 알맞은 곳으로 옮기세요.',
  },
  'link-down': {
    what: '{node}에 있는 {link} 링크가 down 상태입니다.',
    why: 'down 상태의 링크는 송수신을 하지 않으며, 커널은 그 링크를 쓰는 경로도 지웁니다. 새로 만든 링크는 down 상태입니다.',
    where: '`{ip} -br link` 명령으로 {node}에 있는 모든 링크의 상태를 확인합니다.',
    idea: '{link} 링크를 up 상태로 바꾸세요.',
  },
  'link-up': {
    what: '{node}에 있는 {link} 링크가 {observed} 상태입니다. {expected} 상태여야 합니다.',
    why: '링크는 자신과 반대쪽 끝이 모두 up 상태가 되는 즉시 패킷을 전달합니다.',
    where: '`{ip} -br link` 명령으로 {node}에 있는 모든 링크의 상태를 확인합니다.',
    idea: '{link} 링크를 down 상태로 바꾸세요.',
  },
  'no-carrier': {
    what: '{node}에 있는 {link} 링크는 up 상태이지만 캐리어가 없습니다.[ 반대쪽 끝은 {peer}입니다.]',
    why: 'veth 쌍은 양 끝이 있는 케이블과 같아서 두 끝이 모두 up이어야 프레임이 지나갑니다. 브리지는 동작하는 포트가 하나라도 있어야 캐리어가 생깁니다.',
    where:
      '`{ip} -br link` 명령에서 {link} 링크가 NO-CARRIER 또는 LOWERLAYERDOWN으로 나옵니다. 반대쪽 끝도 확인하세요.',
    idea: ['반대쪽 끝인 {peer}도 up 상태로 바꾸세요.', '{link} 링크의 반대쪽 끝도 up 상태로 바꾸세요.'],
  },
  'not-attached': {
    what: '{node}에 있는 {link} 링크는 브리지 {expected}의 포트여야 하는데 연결되어 있지 않습니다.',
    why: '브리지는 자기 포트 사이에서만 프레임을 전달합니다. 포트에 꽂지 않은 케이블로는 아무 데도 갈 수 없습니다.',
    where:
      '`{ip} link show master {expected}` 명령으로 브리지의 포트 목록을 봅니다. {link} 링크가 보이지 않습니다.',
    idea: '{link} 링크의 master를 {expected}(으)로 지정하여 브리지의 포트로 만드세요.',
  },
} as const satisfies Record<string, Ladder>;
