import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** Programs and probes. */
export const probes = {
  'no-listener': {
    what: '{node}의 {protocol} 포트 {port}: 대기 중인 프로그램이 없습니다.[ 규칙 하나가 거의 맞습니다: `{nearly}`. `{condition}` 조건 때문에 적용되지 않습니다.][ {node}에서 {address} 주소를 자기 것으로 여기는 것은 `{taken}` 경로 때문입니다.]',
    why: '패킷은 도착하지만 기다리는 프로그램이 없어 커널이 연결을 거부합니다.',
    where: '`{exec}ss -ltnu` 명령으로 {node}에서 대기 중인 소켓을 확인합니다.',
    idea: '{node}에서 서버를 시작하거나, 서버가 실행 중인 노드와 포트로 패킷을 보내세요.',
  },
  'port-closed': {
    what: '{node}의 프로그램은 {observed}에서만 대기하고 {address} 주소에서는 대기하지 않습니다.',
    why: '한 주소에서만 대기하는 프로그램은 같은 노드의 다른 주소로 온 연결을 받지 못합니다.',
    where: '`{exec}ss -ltn` 명령으로 대기 중인 소켓의 로컬 주소를 확인합니다.',
    idea: '프로그램이 {address} 주소나 모든 주소(0.0.0.0)에서 대기하게 하세요.',
  },
  'wrong-status': {
    what: '{url}의 응답 상태 코드가 {observed}입니다. {expected}(이)여야 합니다.',
    why: '네트워크는 정상입니다. 패킷은 오갔고, 서버가 그렇게 응답한 것입니다.',
    where: '`{exec}curl -i {url}` 명령으로 전체 응답을 확인합니다. 이유는 서버 로그에 있습니다.',
    idea: '어느 서버가 응답하는지, 그 서버의 설정이 맞는지 확인하세요.',
  },
  'wrong-body': {
    what: '{url}에서 응답은 오지만 `{expected}` 내용이 없습니다. 응답은 `{observed}`(으)로 시작합니다.',
    why: '응답이 왔다는 것은 누군가 응답했다는 뜻일 뿐입니다. 원하는 서버의 응답이 아닙니다.',
    where: '`{exec}curl -i {url}` 명령으로 전체 응답을 확인합니다.',
    idea: '어느 서버가 응답하는지 찾으세요. 규칙이 패킷을 다른 곳으로 보냈을 수 있습니다.',
  },
  'unexpected-reply': {
    what: [
      '{from}에서 {to}의 {open}번 포트에 연결됩니다. 연결되지 않아야 합니다(예상: {expect}).',
      '{from}의 요청에 {to}에서 응답합니다. 응답하지 않아야 합니다(예상: {expect}).',
    ],
    why: [
      '포트에 연결할 수 있으면 누구나 그 뒤의 프로그램을 쓸 수 있습니다.',
      '길이 정말로 막혀 있어야 격리된 것입니다.',
    ],
    where: [
      '`hoplab trace --details {from} --tcp {open} {to}` 명령으로 연결이 만나는 규칙과 응답하는 프로그램을 확인합니다.',
      '`{ip} route get {to}` 명령으로 패킷이 가는 경로를 확인합니다.',
    ],
    idea: [
      '무엇이 포트를 열었는지 찾으세요. 너무 많은 주소에서 대기하는 프로그램, 포트를 변환하거나 허용하는 규칙, 버려야 하는데 조건이 맞지 않는 규칙일 수 있습니다.',
      '아직 없어야 할 경로, 인터페이스, 규칙 중 무엇이 길을 열었는지 찾으세요.',
    ],
  },
  'other-reason': {
    what: '실패하는 것은 맞지만 이유가 다릅니다: {expect}이(가) 아니라 {actual}입니다. {actualWhat}',
    why: '예상한 이유로 실패해야만 실패가 무언가를 증명합니다.',
    where: '{actualWhere}',
    idea: '{actualIdea}',
  },
  'no-answer': {
    what: '{from}에서 {to}의 응답을 받지 못했습니다({said}). hoplab이 보는 상태만으로는 원인을 알 수 없습니다.[ `{undecided}`에 따라 달라집니다.][ 상태로는 {suspect}이(가) 원인 같지만 실제 결과와 맞지 않습니다.]',
    why: 'hoplab은 상태와 실제 패킷이 일치할 때만 원인을 말합니다.',
    where:
      '지나가는 각 노드에서 `{exec}tcpdump -n -i any host {to}` 명령으로 패킷이 어디까지 오는지 확인합니다.',
    idea: '노드를 하나씩 따라가며 패킷을 넘기지 않는 첫 노드를 찾으세요.',
  },
  'control-failed': {
    what: [
      '비교용 명령이 실패했습니다: 같은 권한으로 실행한 `{controlRun}`도 성공하지 못했습니다({controlSaid}). 그래서 이 실패는 아무것도 증명하지 못합니다.',
      '비교용 질의가 실패했습니다: {controlFrom}에서 {controlName} 이름을 찾지 못했습니다({controlSaid}). 그래서 이 실패는 아무것도 증명하지 못합니다.',
      '비교용 ping이 실패했습니다: {controlFrom}에서 {controlTo}의 응답을 받지 못했습니다({controlSaid}). 그래서 이 실패는 아무것도 증명하지 못합니다.',
      '비교할 ping이 없어서 이 실패는 아무것도 증명하지 못합니다.',
    ],
    why: '비슷한 다른 것이 동작할 때에만, 동작하지 않는다는 사실에 의미가 있습니다.',
    where: [
      '`{controlRun}` 명령이 성공해야 합니다.',
      '{controlFrom}에서 `getent ahosts {controlName}` 명령으로 이름을 찾을 수 있어야 합니다.',
      '{controlFrom}에서 `ping -c 1 {controlTo}` 명령이 성공해야 합니다.',
      '이 검사에는 비교용 ping이 정의되어 있지 않습니다.',
    ],
    idea: [
      '먼저 이 명령이 성공하게 하세요: {controlRun}',
      '먼저 {controlFrom}에서 {controlName} 이름을 찾을 수 있게 하세요.',
      '먼저 {controlFrom}에서 {controlTo}의 응답을 받을 수 있게 하세요.',
      '학습자가 아니라 실습 작성자가 고쳐야 합니다.',
    ],
  },
  'tool-failed': {
    what: [
      '{unseen} 작업 결과와는 관계가 없습니다.',
      'hoplab의 도구가 실패했습니다[: `{tool}`]. 작업 결과와는 관계가 없습니다.',
    ],
    why: '실제로 시험한 것만 판정합니다.',
    where: '`hoplab doctor` 명령으로 이 VM에 부족한 것을 확인합니다.',
    idea: '다시 검사해 보세요. 계속 실패하면 단계를 초기화하세요.',
  },
} as const satisfies Record<string, Ladder>;

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
