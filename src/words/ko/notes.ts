import type { Template } from '../../core/explain/template.ts';
import type { Note } from '../../core/explain/trace/words.ts';

/** What is said beside the reason of an end. */
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
    '체인 {earlyChain}은(는) conntrack보다 먼저 처리됩니다(우선순위 {earlyPriority}, conntrack은 -200). 여기서는 패킷에 아직 상태가 없으므로 `{early}` 규칙에는 모두 INVALID로 보입니다.',
  unasked: [
    '{unaskedNode}의 체인 {unaskedChain}에 있는 `{unasked}` 규칙이 변환하겠지만, 이 체인의 훅은 {wrongHook}입니다. 이 패킷은 {rightHook} 훅을 지납니다.',
    '{unaskedNode}의 체인 {unaskedChain}에 있는 `{unasked}` 규칙이 변환하겠지만, 이 체인을 부르는 훅이나 규칙이 없습니다. {rightHook} 훅의 nat 체인에서 불러야 합니다.',
  ],
  sourced: [
    '{sender}에서 {borrowed}의 주소 {sentFrom}(으)로 보냅니다. 패킷이 나가는 {barren}에 주소가 없기 때문입니다.',
    '{sender}의 경로에 출발지가 정해져 있어(`{sourceRoute}`) {sentFrom} 주소로 보냅니다. {sender}의 다른 주소인 {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sender}에서 {sentFrom} 주소로 보냅니다. {otherSource} 주소라면 응답이 돌아오지만, 이 주소의 scope가 {narrowScope}(이)라서 커널은 게이트웨이로 가는 패킷에 쓰지 않습니다.',
    '{sender}에서 {sentFrom} 주소로 보냅니다. {deprecated} 주소라면 응답이 돌아오지만, deprecated 상태(preferred_lft 0)라서 커널은 다른 주소를 먼저 고릅니다.',
    '{sender}에서 {sentFrom} 주소로 보냅니다. {otherSource} 주소라면 응답이 돌아오지만, 커널은 패킷이 나가는 인터페이스({leaving})의 주소를 먼저 고릅니다.',
    '패킷이 나가는 인터페이스에 쓸 수 있는 주소가 없어서, {sender}에서 {borrowed}의 주소 {sentFrom}(으)로 보냅니다. {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sender}에서 {firstOf}의 첫째 주소 {sentFrom}(으)로 보냅니다. 같은 인터페이스의 {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sender}에서 {nearer}와(과) 앞부분이 더 길게 같은 {sentFrom} 주소로 보냅니다. {sender}의 다른 주소인 {otherSource} 주소라면 응답이 돌아옵니다.',
    '{sender}에서 {label}와(과) 레이블이 같은(`ip addrlabel`) {sentFrom} 주소로 보냅니다. {sender}의 다른 주소인 {otherSource} 주소라면 응답이 돌아옵니다.',
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
