import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

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

export const pathPhrases = {
  path: {
    expected: '{from}에서 {to}(으)로 가는 패킷의 경로: {wish}.',
    negated: '{from}에서 {to}(으)로 가는 패킷의 경로: {wish}.',
    observed: '{from}에서 {to}(으)로 간 패킷의 경로: {fact}.',
  },
  nat: {
    expected: '{at}에서 {from} -> {to} 패킷을 변환해야 합니다: {wish}.',
    observed: '{at}에서 변환된 결과: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
