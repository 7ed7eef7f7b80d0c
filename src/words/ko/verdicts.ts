import type { Words } from '../../core/explain/words.ts';
import { savedLab } from './changes.ts';
import { entries, entryPhrases } from './entries.ts';
import { frames, links } from './links.ts';
import { namePhrases, names, wire, wirePhrases } from './names.ts';
import { particles } from './particles.ts';
import { probes, programPhrases, programs, servicePhrases, services } from './programs.ts';
import { questions } from './questions.ts';
import { terms } from './reasons.ts';
import { addresses, pathPhrases, paths, routes } from './routes.ts';
import { passages, rules } from './rules.ts';
import { drops, gaps, traces } from './traces.ts';

export const korean: Words = {
  savedLab,
  reasons: {
    ...links,
    ...frames,
    ...passages,
    ...addresses,
    ...routes,
    ...rules,
    ...probes,
    ...paths,
    ...programs,
    ...names,
    ...entries,
    ...services,
    ...wire,
  },
  questions,
  asked: {
    netns: {
      expected: '네트워크 네임스페이스 {name}이(가) 있어야 합니다.',
      negated: '네트워크 네임스페이스 {name}이(가) 없어야 합니다.',
      observed: '네임스페이스: {fact}.',
    },
    link: {
      expected: '{node}의 인터페이스: {wish}.',
      negated: '{node}에 {link} 인터페이스가 없어야 합니다.',
      observed: '{node}의 {link} 인터페이스: {fact}.',
    },
    address: {
      expected: '{node}에 있어야 할 주소: {wish}.',
      negated: '{node}에 {address} 주소가 없어야 합니다.',
      observed: '{node}: {fact}.',
    },
    route: {
      expected: '{node}에서 선택되어야 할 경로: {wish}.',
      negated: '{node}에 {to}(으)로 가는 경로가 없어야 합니다.',
      observed: '{node}에서 선택되는 경로: {fact}.',
    },
    ...entryPhrases,
    sysctl: { expected: '{node}의 설정: {wish}.', observed: '{node}의 설정: {fact}.' },
    rule: {
      expected: '{node}에 다음과 같은 일을 하는 규칙이 있어야 합니다: {wish}.',
      negated: '{node}에 다음과 같은 일을 하는 규칙이 없어야 합니다: {rule}.',
      observed: '{node}의 규칙: {fact}.',
    },
    ping: {
      expected: '{from}에서 ping을 보내면 {to}에서 응답해야 합니다.',
      negated: '{from}에서 {to}(으)로 보낸 ping이 다음 이유로 실패해야 합니다: {wish}.',
      observed: '{from}에서 {to}(으)로 보낸 ping: {fact}.',
    },
    http: {
      expected: '{from}에서 {url}에 요청하면 다음과 같이 응답해야 합니다: {wish}.',
      negated: '{from}에서 {url}에 보낸 요청이 다음 이유로 실패해야 합니다: {wish}.',
      observed: '{from}에서 {url}에 보낸 요청: {fact}.',
    },
    seen: {
      expected: '{from}에서 보낸 ping이 {at}에 도착할 때의 출발지 주소: {wish}.',
      observed: '{at}에 도착한 출발지 주소: {fact}.',
    },
    ...pathPhrases,
    ...programPhrases,
    ...namePhrases,
    ...servicePhrases,
    ...wirePhrases,
  },
  sides: { source: '출발지', destination: '목적지' },
  results: {
    reply: '응답함',
    answer: '응답함',
    'no-route': '네트워크에 도달할 수 없음',
    'host-unreachable': '호스트에 도달할 수 없음',
    rejected: '거부됨',
    silence: '응답 없음',
    'name-unknown': '알 수 없는 이름',
    'no-data': '해당 레코드 없음',
    'server-refused': '네임 서버가 거부함',
    'server-failed': '네임 서버 실패',
    'tool-failed': '도구 실패',
  },
  drops,
  gaps,
  slips: {
    order: '열의 순서가 바뀌었습니다.',
    comment: '주석이라서 아무도 읽지 않습니다.',
    space: '공백이 빠졌습니다.',
    dot: '끝에 있는 점이 이름의 일부로 처리됩니다.',
    sign: '단어 사이의 기호가 다릅니다. 비교해 보세요.',
    word: '단어 하나가 빠졌습니다.',
    spelling: '철자가 다릅니다. 한 글자씩 비교해 보세요.',
  },
  blocked: '아직 검사하지 않았습니다. 먼저 {need} 검사를 통과해야 합니다.',
  traces,
  predictions: {
    answers: {
      reply: '응답이 옴',
      answer: '연결됨',
      'no-route': '곧바로 오류: Network is unreachable',
      'host-unreachable': '잠시 뒤 오류: Destination Host Unreachable',
      rejected: '곧바로 다른 노드가 보낸 오류: Connection refused 또는 Net Unreachable',
      silence: '아무 응답이 없음',
      nowhere: '어디서도 끊기지 않고 응답이 돌아옴',
      nothing: '아무것도 도착하지 않음',
      none: '보기 중에 없음',
    },
    right: '맞습니다: {truth}.',
    wrong: '예측: {answer}. 머신의 응답: {truth}.',
    early: '{check} 검사를 통과한 다음에 할 질문입니다. 아직 통과하지 못했으니 먼저 그 부분을 마치세요.',
    late: [
      '{check} 검사를 이미 통과해서 머신이 질문할 때의 상태가 아닙니다. `hoplab reset` 명령으로 단계가 시작될 때로 돌아갈 수 있습니다.',
      '단계를 이미 마쳐서 머신이 질문할 때의 상태가 아닙니다. `hoplab reset` 명령으로 단계가 시작될 때로 돌아갈 수 있습니다.',
    ],
    undecided: '지금은 머신에서 답을 얻을 수 없습니다. 예측이 맞았는지 틀렸는지는 판단하지 않습니다.',
  },
  machine: {
    reboot:
      '이 머신을 파일을 유지한 채 재시작하려면 머신 밖에서 hoplab reboot을 입력하거나 페이지의 버튼을 누르세요.',
    outside: 'hoplab은 머신 밖에서 입력하세요',
  },
  cureHeads: {
    type: '입력:',
    look: '확인용 (바꾸는 것은 없습니다):',
    or: '또는',
    compare: '비교할 해답: hoplab show {step} --solution',
  },
  finish: particles,
  terms,
};
