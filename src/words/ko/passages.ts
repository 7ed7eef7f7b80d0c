import type { Ladder } from '../../core/explain/words.ts';

/** 커널이 테이블 사이에서 패킷에 하는 일: 변환, 소켓, 큐. */
export const passages = {
  'loopback-only': {
    what: [
      '{node}이(가) 출발지가 루프백 주소 {address}인 패킷을 {leaves}(으)로 내보냅니다. 다른 노드는 모두 이 패킷을 버립니다.',
      '{address}은(는) 루프백 주소입니다. {node}은(는) 이 주소가 {side}인 패킷을 {link}(으)로 들이거나 내보내지 않습니다({key} 값이 0).',
    ],
    why: '127.0.0.0/8 주소는 한 노드 안에서만 유효합니다. 주소를 변환해도 달라지지 않고, route_localnet만이 이를 허용합니다.',
    where: [
      '`{exec}iptables -t nat -S POSTROUTING` 명령으로 {leaves}(으)로 나가는 패킷의 출발지를 바꾸는 규칙을 볼 수 있습니다.',
      '`{exec}sysctl {key}` 명령으로 설정을 볼 수 있습니다.',
    ],
    idea: [
      '{leaves}(으)로 나가는 패킷의 출발지를 바꾸세요(마스커레이드).',
      '프로그램이 회선의 주소에서 수신하게 하거나, {link}의 route_localnet을 켜고 나가는 패킷의 출발지를 바꾸세요(마스커레이드).',
    ],
  },
  'no-free-port': {
    what: '{node}의 `{rule}` 규칙이 쓸 수 있는 포트가 모두 사용 중입니다: {ports}.',
    why: '같은 목적지로 가는 두 연결은 출발지 주소나 포트가 달라야 합니다. 변환에 쓸 포트가 없으면 커널은 연결을 시작하는 패킷을 버립니다.',
    where: '`{exec}conntrack -L` 명령으로 포트를 잡고 있는 연결을 볼 수 있습니다.',
    idea: '규칙이 더 많은 포트를 쓰게 하세요.',
  },
  'other-zone': {
    what: '{node}은(는) 요청을 conntrack {zone}번 존에서, 응답을 {other}번 존에서 추적합니다. 그 존에는 이 연결이 없으므로 변환이 되돌려지지 않습니다.',
    why: '존마다 연결 목록이 따로 있습니다. 패킷은 CT 규칙이 준 존에서 찾고, 규칙이 없으면 0번 존입니다.',
    where: '`{exec}iptables -t raw -S` 명령으로 존을 고르는 규칙을 볼 수 있습니다.',
    idea: '양쪽 방향에 같은 존을 주거나, 존을 쓰지 마세요.',
  },
  'proxy-unrouted': {
    what: '{node}의 `{rule}` 규칙은 패킷을 {port}번 포트의 소켓에 주고(TPROXY) {mark} 표시를 붙이지만, 이 표시가 붙은 패킷을 받아들이는 라우팅 정책 규칙이 없어 그대로 포워딩됩니다.',
    why: 'TPROXY는 목적지 주소를 바꾸지 않습니다. 라우팅이 로컬로 판단해야 소켓에 도착하므로, 표시에 대한 규칙과 그 테이블의 local 경로가 필요합니다.',
    where:
      '`{ip} rule` 명령으로 규칙을, `{ip} route show table all type local` 명령으로 local 경로를 볼 수 있습니다.',
    idea: '표시에 대한 규칙을 추가하고, 그 규칙이 가리키는 테이블에 모든 주소의 local 경로를 추가하세요.',
  },
  'proxy-unheard': {
    what: '{node}의 `{rule}` 규칙이 패킷을 버립니다. {port}번 포트의 소켓에 주어야 하는데(TPROXY), 거기서 수신하는 투명(transparent) 소켓이 없습니다.',
    why: 'TPROXY는 IP_TRANSPARENT로 연 소켓을 찾습니다. 없으면 패킷을 버립니다.',
    where: '`{exec}ss -ltnp` 명령으로 수신 중인 소켓을 볼 수 있습니다.',
    idea: '프록시를 시작하거나 규칙을 지우세요.',
  },
  'queue-full': {
    what: '{node}의 {link} 큐({queue})가 패킷을 버립니다.',
    why: '큐 규칙은 정해진 속도만큼 보내고 정해진 만큼만 기다리게 하며, 그 이상은 버립니다.',
    where: '`{exec}tc -s qdisc show dev {link}` 명령으로 한도와 버린 패킷 수를 볼 수 있습니다.',
    idea: '큐의 속도나 한도를 올리거나 큐를 없애세요.',
  },
  'kernel-drop': {
    what: [
      '{node}의 커널이 버립니다: {meaning} ({word}).',
      '{node}의 커널이 버립니다. 커널이 말하는 이유는 {word}입니다.',
    ],
    why: '커널은 버리는 패킷마다 이유를 남깁니다(enum skb_drop_reason).',
    where: '`{exec}nstat` 명령으로 어떤 카운터가 늘었는지 볼 수 있습니다.',
    idea: '커널의 drop reason 목록에서 {word}을(를) 찾으세요. 이름이 패킷이 통과하지 못한 검사를 말합니다.',
  },
} as const satisfies Record<string, Ladder>;
