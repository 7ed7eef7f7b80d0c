import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';

/** 시간 서버와 메일 서버. */
export const wire = {
  'clock-unsynchronised': {
    what: [
      "{to}에서 시간을 알려 주기를 거부했습니다: kiss-o'-death {refused}.",
      '{to}에서 응답은 했지만 자기 시계가 동기화되지 않았다고 합니다: {observed}.',
    ],
    why: '클라이언트는 기준 시계가 없는 서버를 따르지 않습니다. 응답이 왔으므로 네트워크 문제는 아닙니다.',
    where:
      '서버에서 `chronyc -n sources` 명령으로 어느 서버에 물어보는지, `chronyc tracking` 명령으로 그중 하나를 따르는지 확인합니다.',
    idea: '서버가 도달할 수 있는 기준 서버를 설정하거나, 자기 시계를 기준으로 삼게 하세요(chrony.conf의 `local stratum 8`).',
  },
  'wrong-offset': {
    what: '{to}의 시계가 {from}보다 {offset}초 앞서 있습니다. {wanted}초(오차 {within}초)여야 합니다.',
    why: '오프셋은 두 시계가 얼마나 다른지만 알려 줍니다. 어느 쪽이 맞는지는 세 번째 시계가 있어야 알 수 있습니다.',
    where: '`{exec}ntpdig {to}` 명령으로 오프셋을 보고, 다른 서버에도 물어봅니다.',
    idea: '여러 서버에 물어 서로 일치하는 서버를 찾아 어느 시계가 틀렸는지 알아내세요.',
  },
  'wrong-stratum': {
    what: '{to}의 stratum은 {seen}입니다. {stratum}(이)여야 합니다.',
    why: 'stratum은 기준 시계까지 거치는 서버의 수입니다. 기준 서버를 잃었거나 자기 시계를 믿는 서버는 값이 달라집니다.',
    where: '서버에서 `chronyc -n sources` 명령으로 어느 서버를 따르는지 확인합니다.',
    idea: '서버가 정해진 기준 서버를 따르게 하거나 chrony.conf의 `local stratum` 값을 고치세요.',
  },
  'time-source-missing': {
    what: '{node}의 chronyd가 {source}에 시간을 물어보지 않습니다.',
    why: 'chronyd는 시작할 때 한 번 읽은 chrony.conf의 서버에만 물어봅니다.',
    where: '`{exec}chronyc -n sources` 명령으로 물어보는 서버 목록을 확인합니다.',
    idea: 'chrony.conf에 `server {source} iburst` 줄을 추가하고 chronyd를 다시 시작하거나 `chronyc add server {source}` 명령을 사용하세요.',
  },
  'time-source-state': {
    what: '{node}의 chronyd가 판단한 {source}의 상태는 {observed}입니다. {wanted}(이)여야 합니다.',
    why: '클라이언트는 다수와 일치하는 서버를 따릅니다. 일대일은 다수가 아니며, 응답하지 않는 서버에는 투표권이 없습니다.',
    where:
      '`{exec}chronyc -n sources` 명령으로 상태(`*` 선택됨, `x` 틀린 시계, `?` 사용 불가)와 최근 질문 여덟 개 중 응답받은 것(8진수)을, `{exec}chronyc -n sourcestats` 명령으로 서버마다 얼마나 다른지 확인합니다.',
    idea: '오프셋을 비교해 어느 서버들이 일치하는지 찾으세요. 응답하지 않는 서버가 있으면 `hoplab trace {node} {source} --udp 123` 명령으로 패킷이 어디서 끝나는지 찾으세요.',
  },
  'wrong-mail-answer': {
    what: '{sender}에서 {recipient}(으)로 보낸 메일에 {to}에서 {stage} 단계에 이렇게 응답했습니다: {observed}. {wanted}(이)여야 합니다.',
    why: '첫 숫자가 결과를 정합니다. 2는 수신, 4는 나중에 다시 시도, 5는 영구 거부입니다. SPF는 From 줄이 아니라 봉투의 발신자를 검사합니다.',
    where:
      '`{exec}swaks --server {to} --from {sender} --to {recipient}` 명령으로 세션 전체를 보고, 메일 서버의 로그에서 그렇게 응답한 이유를 확인합니다.',
    idea: '응답의 문장에 결정한 규칙이 있습니다. SPF라면 보낸 주소를 발신자 도메인의 TXT 레코드와 비교하세요.',
  },
} as const satisfies Record<string, Ladder>;

export const wirePhrases = {
  ntp: {
    expected: '{to}에서 {from}(으)로 시간을 알려 주어야 합니다: {wish}.',
    negated: '{from}에서 {to}(으)로 보낸 시간 질문이 다음 이유로 실패해야 합니다: {wish}.',
    observed: '{to}에서 {from}(으)로 온 응답: {fact}.',
  },
  'time-source': {
    expected: '{node}의 chronyd가 판단한 {source}의 상태는 이래야 합니다: {wish}.',
    observed: '{node}의 chronyd가 판단한 {source}의 상태: {fact}.',
  },
  smtp: {
    expected: '{from}에서 보낸 {sender}의 메일({recipient} 앞)에 {to}에서 이렇게 응답해야 합니다: {wish}.',
    negated: '{from}에서 {to}(으)로 보낸 메일이 다음 이유로 실패해야 합니다: {wish}.',
    observed: '{to}의 응답: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const wireQuestions = {
  ntp: ({ from, to, expect, offset }) => {
    if (expect !== 'answer') return `${from}에서 ${to}(으)로 보낸 시간 질문이 실패합니다(${expect})`;
    const apart = offset === undefined ? '' : `, ${from}의 시계와 ${offset}초 차이`;
    return `${to}에서 ${from}(으)로 시간을 알려 줍니다${apart}`;
  },
  'time-source': ({ on, source, state, answers }) => {
    const wish = [
      ...(state === undefined ? [] : [state]),
      ...(answers === undefined ? [] : [answers ? '응답 있음' : '응답 없음']),
    ];
    return `${on}의 chronyd가 ${source}에 시간을 물어봅니다${wish.length === 0 ? '' : `: ${wish.join(', ')}`}`;
  },
  smtp: ({ from, to, sender, code, expect }) =>
    expect === 'answer'
      ? `${from}에서 보낸 ${sender || '<>'}의 메일에 ${to}에서 ${code}(으)로 응답합니다`
      : `${from}에서 ${to}(으)로 보낸 메일이 실패합니다(${expect})`,
} satisfies Partial<Questions>;
