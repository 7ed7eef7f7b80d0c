import type { CheckPhrases, Ladder, Words } from '../../core/explain/words.ts';
import { savedLab } from './changes.ts';
import { frames, links } from './links.ts';
import { namePhrases, names, wire, wirePhrases } from './names.ts';
import { particles } from './particles.ts';
import { problems, types } from './problems.ts';
import { probes, programPhrases, programs } from './programs.ts';
import { entries, entryPhrases, pathPhrases, questions } from './questions.ts';
import { facts, terms } from './reasons.ts';
import { addresses, routes } from './routes.ts';
import { passages, rules } from './rules.ts';
import { drops, gaps, paths, traces, tunnels } from './traces.ts';

/** 서버의 응답, 주소 하나로 제공되는 서비스와 실제로 응답하는 백엔드. */
const services = {
  'answer-broken': {
    what: [
      '프로그램이 {url} 연결을 받아들이지만 아무 응답도 없이 닫습니다({nothing}).',
      '{url}에서 응답은 오지만, 응답이 끝나기 {missing}바이트 전에 연결이 닫힙니다.',
      '{url}에서 응답은 오지만, 응답의 마지막 청크가 오기 전에 연결이 닫힙니다({chunks}).',
      '{url}에서 응답은 오지만 TLS 핸드셰이크가 실패합니다: {tls}.',
      '{url}에서 응답은 오지만 curl이 서버의 인증서를 받아들이지 않습니다: {certificate}.',
      '{url}에서 응답은 오지만 HTTP가 아닙니다.',
    ],
    why: [
      '네트워크는 정상입니다. 패킷은 오갔지만, 프로그램이 요청을 처리하다가 끝냅니다({nothing}).',
      '네트워크는 정상입니다. 패킷은 오갔고, 서버는 알린 것보다 {missing}바이트를 덜 보냈습니다.',
      '네트워크는 정상입니다. 패킷은 오갔지만, 응답을 끝내는 마지막 청크({chunks})가 없어 클라이언트는 다 받았는지 알 수 없습니다.',
      '네트워크는 정상입니다. 패킷은 오갔지만 클라이언트와 서버가 TLS에 합의하지 못했습니다({tls}). 서버가 이 포트에서 TLS를 쓰지 않거나, 버전이나 암호 스위트가 다를 수 있습니다.',
      '네트워크는 정상이고 서버도 TLS를 씁니다. 인증서는 신뢰하는 기관의 서명, 요청한 이름, 유효한 기간이 모두 맞아야 인정됩니다({certificate}).',
      '네트워크는 정상입니다. 패킷은 오갔지만, 그 포트의 프로그램은 다른 프로토콜을 씁니다.',
    ],
    where: [
      '연결을 닫는 이유는 프로그램의 출력이나 로그에 있습니다({nothing}). `{exec}curl -v {url}` 명령으로 요청을 확인합니다.',
      '`{exec}curl -v {url}` 명령으로 Content-Length와 실제로 온 내용, 오지 않은 {missing}바이트에 대한 curl의 오류를 확인합니다. 멈춘 이유는 서버 로그에 있습니다.',
      '`{exec}curl -v {url}` 명령으로 핸드셰이크가 어디까지 가는지 확인합니다({tls}). `openssl s_client -connect` 명령이 더 자세히 보여 줍니다.',
      '`{exec}curl -kv {url}` 명령으로 인증서를 검증하지 않고 내용을 확인합니다({certificate}).',
      '`{exec}curl -v {url}` 명령으로 오간 내용을 모두 확인합니다. 자세한 이유는 서버 로그에 있습니다.',
    ],
    idea: [
      '요청할 때 프로그램이 무엇을 출력하는지 읽으세요. 권한이나 파일, 또는 뒤에 있는 서버가 없을 수 있습니다({nothing}).',
      '서버가 왜 {missing}바이트를 남기고 멈추는지 찾으세요. 죽었거나, 정지했거나, Content-Length를 잘못 계산한 것입니다.',
      '서버가 왜 끝나기 전에 멈추는지 찾으세요({chunks}). 죽었거나 정지한 것입니다.',
      '서버가 일반 HTTP를 쓴다면 http://로 요청하거나 이 포트에 TLS를 켜세요. 아니면 서버의 TLS 버전과 암호 스위트를 클라이언트의 것과 비교하세요({tls}).',
      '클라이언트가 신뢰하는 인증서를 서버에 설치하거나, 서명한 기관을 이 클라이언트에 등록하세요({certificate}).',
      '그 포트에서 어떤 프로그램이 수신 대기하는지 확인하고, 그 프로토콜로 묻거나 웹 서버를 시작하세요.',
    ],
  },
  'wrong-status': {
    what: '{url}의 응답 상태 코드가 {observed}입니다. {expected}(이)여야 합니다.',
    why: [
      '{proxied}은(는) 프록시가 보내는 응답입니다. 요청은 프록시까지 왔지만, 그 뒤의 서버가 연결을 거부했거나 응답하지 않았습니다.',
      '네트워크는 정상입니다. 패킷은 오갔고, 서버가 그렇게 응답한 것입니다.',
    ],
    where: [
      '`{exec}curl -i {url}` 명령으로 어느 프록시가 {proxied}(으)로 응답하는지 확인합니다. 뒤에 있는 서버는 프록시의 로그에 나옵니다(nginx: /var/log/nginx/error.log, 컨테이너: `docker logs`, 파드: `kubectl logs`).',
      '`{exec}curl -i {url}` 명령으로 전체 응답을 확인합니다. 이유는 서버 로그에 있습니다.',
    ],
    idea: [
      '프록시 뒤의 서버가 실행 중인지 확인하세요({proxied}). 프록시 설정의 주소와 포트를 그 서버가 듣고 있는 주소와 포트와 비교하세요.',
      '어느 서버가 응답하는지, 그 서버의 설정이 맞는지 확인하세요.',
    ],
  },
  'wrong-body': {
    what: '{url}에서 응답은 오지만 `{expected}` 내용이 없습니다. 응답은 `{observed}`(으)로 시작합니다.',
    why: '응답이 왔다는 것은 누군가 응답했다는 뜻일 뿐입니다. 원하는 서버의 응답이 아닙니다.',
    where: '`{exec}curl -i {url}` 명령으로 전체 응답을 확인합니다.',
    idea: '어느 서버가 응답하는지 찾으세요. 규칙이 패킷을 다른 곳으로 보냈을 수 있습니다.',
  },
  'no-tls': {
    what: '{to}의 포트 {port}에서 연결은 받지만 TLS 핸드셰이크가 이루어지지 않습니다: {observed}.',
    why: 'TCP는 바이트를 나를 뿐입니다. 클라이언트가 TLS로 시작하면 서버도 TLS로 응답해야 합니다.',
    where:
      '`{exec}{look}` 명령으로 핸드셰이크가 어디까지 진행되는지, `{exec}curl -i http://{to}:{port}/` 명령으로 TLS 없이 응답하는지 확인합니다.',
    idea: '서버의 이 포트에 인증서와 키를 설정해 TLS를 켜거나, TLS를 사용하는 포트로 연결하세요.',
  },
  'certificate-name': {
    what: '서버 인증서가 {name}의 것이 아닙니다. 인증서에 있는 이름: {observed}.',
    why: '인증서는 그 이름의 주인임을 증명합니다. 다른 이름의 인증서는 진짜라도 다른 주인의 것입니다.',
    where:
      '`{exec}{look}` 명령으로 인증서를 보고, `openssl x509 -noout -ext subjectAltName` 명령으로 이름을 확인합니다.',
    idea: '주체 대체 이름(SAN)에 {name}이(가) 있는 인증서를 서버에 설정하세요. 클라이언트는 그 이름만 확인합니다.',
  },
  'certificate-untrusted': {
    what: '{to}의 인증서에 서명한 {issuer}은(는) {trust} 파일로 신뢰할 수 없습니다: {observed}.',
    why: '인증서는 누구나 어떤 이름으로든 만들 수 있습니다. 신뢰하는 인증 기관의 서명이 있어야 의미가 있습니다.',
    where:
      '`{exec}{look}` 명령으로 신뢰할 수 없는 서명을, `openssl x509 -noout -subject -in {trust}` 명령으로 신뢰하는 인증 기관을 확인합니다.',
    idea: '{trust} 파일에 있는 인증 기관으로 서버 인증서에 서명하거나, 서명한 인증 기관의 인증서를 그 파일에 넣으세요.',
  },
  'certificate-expired': {
    what: '{to}의 인증서 유효 기간은 {begins}부터 {observed}까지입니다. 오늘은 유효하지 않습니다.',
    why: '유효 기간이 지난 인증서는 아무도 보증하지 않으며, 클라이언트가 거부합니다.',
    where:
      '`{exec}{look}` 명령으로 인증서를 보고, `openssl x509 -noout -dates` 명령으로 유효 기간을 확인합니다.',
    idea: '인증서를 새로 서명받아 서버가 읽게 하세요.',
  },
  'some-unanswered': {
    what: '{from}에서 {url}(으)로 보낸 요청 중 일부만 응답을 받았습니다: {observed}. 나머지의 결과: {resultText}. 응답한 백엔드: {counts}.',
    why: '어느 백엔드에도 전달되지 않거나 없는 백엔드로 전달된 요청은 오류로 끝나는데, 다시 시도하면 성공하기도 해서 찾기 어렵습니다.',
    where:
      '`{exec}iptables -t nat -nvL` 명령으로 규칙마다 처리한 연결 수를 확인합니다. 어느 규칙에도 맞지 않은 연결은 원래 주소로 갑니다.',
    idea: '마지막 규칙은 남은 연결을 모두 받아야 하므로 확률이 없어야 합니다. 규칙마다 응답하는 백엔드가 있어야 합니다.',
  },
  'unknown-backend': {
    what: '{url}에 응답한 `{observed}`은(는) {all} 중 어느 것도 아닙니다. 응답한 백엔드: {counts}.',
    why: '응답이 왔다는 것은 누군가 응답했다는 뜻일 뿐입니다.',
    where: '`{exec}curl -i {url}` 명령을 여러 번 실행해 누가 응답하는지 확인합니다.',
    idea: '연결을 그곳으로 보내는 규칙을 찾으세요.',
  },
  'backend-idle': {
    what: '{url}에 보낸 요청 {requests}개 중 {backend}에서 응답한 것이 하나도 없습니다. 우연히 이렇게 될 확률은 {rare}입니다. 응답한 백엔드: {counts}.',
    why: '연결을 받지 못하는 백엔드는 부하를 나누지 못하고, 정작 필요할 때까지 아무도 알아채지 못합니다.',
    where:
      '`{exec}iptables -t nat -nvL` 명령으로 규칙마다 처리한 연결 수를 확인합니다. 규칙은 순서대로 검사하며, 확률이 없는 규칙은 남은 연결을 모두 가져갑니다.',
    idea: '남은 연결을 모두 받는 규칙 앞에 {backend}(으)로 보내는 규칙을 두세요.',
  },
  'share-too-small': {
    what: '{url}에 보낸 요청 {requests}개 중 {backend}에서 응답한 것은 {count}개입니다. {expected}개여야 합니다. 우연히 이렇게 적을 확률은 {rare}입니다. 응답한 백엔드: {counts}.',
    why: '규칙은 앞의 규칙이 남긴 연결만 검사합니다. 그래서 확률은 전체가 아니라 남은 연결에 대한 비율입니다.',
    where: '`{exec}iptables -t nat -nvL` 명령으로 규칙마다 확률과 처리한 연결 수를 확인합니다.',
    idea: '백엔드 n개에 똑같이 나누려면 첫 규칙은 1/n, 둘째 규칙은 나머지의 1/(n-1), 마지막 규칙은 전부를 받아야 합니다.',
  },
  'share-too-large': {
    what: '{url}에 보낸 요청 {requests}개 중 {backend}에서 응답한 것은 {count}개입니다. {expected}개여야 합니다. 우연히 이렇게 많을 확률은 {rare}입니다. 응답한 백엔드: {counts}.',
    why: '규칙은 앞의 규칙이 남긴 연결만 검사합니다. 그래서 확률은 전체가 아니라 남은 연결에 대한 비율입니다.',
    where: '`{exec}iptables -t nat -nvL` 명령으로 규칙마다 확률과 처리한 연결 수를 확인합니다.',
    idea: '백엔드 n개에 똑같이 나누려면 첫 규칙은 1/n, 둘째 규칙은 나머지의 1/(n-1), 마지막 규칙은 전부를 받아야 합니다.',
  },
  'several-backends': {
    what: '{from}에서 {url}(으)로 보낸 요청에 여러 백엔드가 응답했습니다: {counts}. 모두 같은 백엔드가 응답해야 합니다.',
    why: '한 백엔드가 기억하는 클라이언트 정보(로그인, 장바구니)를 다른 백엔드는 모릅니다.',
    where:
      '`{exec}iptables -t nat -nvL` 명령으로 규칙마다 처리한 연결 수와 클라이언트를 기억하는 규칙을 확인합니다.',
    idea: '첫 연결에서 클라이언트를 기억하고(-m recent --set), 확률 규칙보다 먼저 기억한 클라이언트인지 검사하세요.',
  },
} as const satisfies Record<string, Ladder>;

const servicePhrases = {
  tls: {
    expected: '{from}에서 {to}의 포트 {port}(으)로 TLS 연결이 되어야 합니다: {wish}.',
    negated: '{from}에서 {to}의 포트 {port}(으)로 하는 TLS 연결이 다음 이유로 실패해야 합니다: {wish}.',
    observed: '{from}에서 {to}의 포트 {port}(으)로 연결해 받은 인증서: {fact}.',
  },
  distribution: {
    expected: [
      '{from}에서 {url}(으)로 보낸 요청 {requests}개를 백엔드가 나누어 응답해야 합니다: {shares}. 올바른 분배가 이 검사를 통과하지 못할 확률은 {chance}입니다.',
      '{from}에서 {url}(으)로 보낸 요청 {requests}개에 모든 백엔드가 한 번은 응답해야 합니다: {all}. 올바른 분배가 이 검사를 통과하지 못할 확률은 {chance}입니다.',
      '{from}에서 {url}(으)로 보낸 요청 {requests}개에 {all} 중 하나만 응답해야 합니다. 우연히 이렇게 될 확률은 {chance}입니다.',
    ],
    observed: '{from}에서 {url}(으)로 보낸 요청 {requests}개의 결과: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const korean: Words = {
  savedLab,
  reasons: {
    ...links,
    ...frames,
    ...tunnels,
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
    'broken-answer': '중간에 끊기거나 HTTP가 아닌 응답',
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
    stray: '단어 사이에는 공백만 올 수 있는데 다른 기호가 있습니다.',
    word: '단어 하나가 빠졌습니다.',
    address: '올바른 IP 주소가 아닙니다. IPv4 주소는 0~255 사이의 숫자 네 개입니다.',
    name: 'IP 주소가 있어야 할 자리에 이름이 있습니다.',
    spelling: '철자가 다릅니다. 한 글자씩 비교해 보세요.',
  },
  typedElsewhere: [
    '`{typedLine}`은(는) {typedOn}에 적용되어 있습니다. 이 단계에서는 {meantFor}에 적용해야 합니다.',
    '`{othersLine}` 줄은 {typedOn}의 /etc/hosts에 있습니다. {meantFor}은(는) 그 파일을 읽지 않습니다.',
    '그 줄은 {typedOn}의 같은 파일에 있습니다. 이 단계에서는 {meantFor}에 있어야 합니다.',
  ],
  blocked: '아직 검사하지 않았습니다. 먼저 {need} 검사를 통과해야 합니다.',
  problems,
  types,
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
    blanks: '(대문자로 된 단어는 알맞은 값으로 바꾸세요)',
    compare: '비교할 해답: hoplab show {step} --whole',
  },
  finish: particles,
  terms,
  facts,
};
