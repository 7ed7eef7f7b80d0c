import type { Template } from '../../core/explain/template.ts';
import type { ProblemCode } from '../../core/text/said.ts';
import type { ErrorCode, ErrorData } from '../../protocol/errors.ts';
import { particles } from './particles.ts';

/** 실습 파일이나 요청에서 틀린 것. */
export const problems: Record<ProblemCode, Template> = {
  'unknown-key': [
    '{key}(이)라는 키는 없습니다. 혹시 {near}?',
    '{key}(이)라는 키는 없습니다[. 쓸 수 있는 키: {known}]',
  ],
  'value-as-key': '{key}(이)라는 키는 없습니다. {value}이(가) 키입니다. `{value}: ...`로 쓰세요',
  'key-or-comma':
    '{key}(이)라는 키는 없습니다[. 쓸 수 있는 키: {known}]. { } 안에서 쉼표가 든 글은 따옴표로 묶습니다',
  'colon-in-text': '{key}(이)라는 키는 없습니다. 콜론과 빈칸이 든 글은 따옴표로 묶습니다',
  'end-as-mapping':
    '매핑이 있습니다. `red:eth0 192.168.1.2/24`처럼 콜론 뒤에 빈칸 없이 `노드:인터페이스 주소...`를 글 하나로 써야 합니다',
  'comma-in-text':
    '{key}(이)라는 키는 없습니다. { } 안에서 쉼표가 든 글은 따옴표로 묶습니다: { en: "하나, 둘" }',
  missing: '{name} 키가 없습니다. 값은 {wanted}(이)여야 합니다',
  'missing-one-of': '{name} 키가 없습니다. 값은 {known} 중 하나여야 합니다',
  'place-empty': '여기에 항목이 하나 빠졌습니다. {wanted}(이)여야 합니다',
  'wrong-type': '{wanted}[ 또는 {orWanted}] 자리에 {found}[ `{value}`]이(가) 있습니다',
  'none-of': '{known} 중 하나여야 합니다[. 지금 값: {value}][. 혹시 {near}?]',
  'wrong-form': '이 키가 받는 형식의 값이 아닙니다[: {value}]',
  'text-empty': '글이 비어 있습니다. 내용이 있어야 합니다',
  'text-too-long': '{most}자를 넘을 수 없습니다',
  'number-too-small': '{least} 이상이어야 합니다[. 지금 값: {value}]',
  'number-too-large': '{most} 이하여야 합니다[. 지금 값: {value}]',
  'list-too-short': '항목이 {least}개 이상인 목록이어야 합니다',
  'list-too-long': '항목이 {most}개 이하인 목록이어야 합니다',
  'expected-identifier': 'reach-the-lan처럼 소문자 낱말을 하이픈으로 이어야 합니다[. 지금 값: {value}]',
  'expected-node-name': '노드 이름은 소문자, 숫자, 하이픈으로 씁니다[. 지금 값: {value}]',
  'link-name-too-long': '인터페이스 이름은 15자를 넘을 수 없습니다[: {value}]',
  'expected-link-name': '인터페이스 이름이어야 합니다[. 지금 값: {value}]',
  'expected-ip': '192.168.15.1 같은 IP 주소여야 합니다[. 지금 값: {value}]',
  'expected-cidr': '192.168.15.1/24처럼 프리픽스 길이가 붙은 주소여야 합니다[. 지금 값: {value}]',
  'expected-words': '{languages} 가운데 한 언어로 쓴 글이 있어야 합니다',
  'expected-name': 'www.google.com 같은 이름이어야 합니다[. 지금 값: {value}]',
  'net-only': '네트워크 네임스페이스에는 net.*만 있습니다[. 지금 키: {value}]',
  'expected-sysctl': 'net.ipv4.conf.eth0.rp_filter 같은 sysctl 키여야 합니다[. 지금 키: {value}]',
  'expected-one-line': '한 줄이어야 합니다',
  'expected-place': '`blue:veth-blue`처럼 `노드:인터페이스` 형식이어야 합니다[. 지금 값: {value}]',
  'unknown-reason': [
    '{reason}(이)라는 이유는 없습니다. 혹시 {near}?',
    '{reason}(이)라는 이유는 없습니다. 목록은 hoplab reasons로 봅니다',
  ],
  'expected-reason': '이유가 와야 합니다[. 지금 값: {value}]. 목록은 hoplab reasons로 봅니다',
  'expected-link-end':
    '`red:eth0 192.168.1.2/24`처럼 `노드:인터페이스 주소...`를 글 하나로 써야 합니다[. 지금 값: {value}]',
  'expected-command':
    '명령 또는 `{ on: 노드, run: 명령 }`이어야 합니다. `: `나 ` #`이 든 명령은 따옴표로 묶습니다',
  'one-thing': '검사 하나는 한 가지만 묻습니다. 여기에는 {kinds}이(가) 있으니 검사를 나누세요',
  'expected-one-key': '다음 중 정확히 하나가 있어야 합니다: {known}',
  'at-least-one': '다음 중 하나는 있어야 합니다: {known}',
  'expected-run-or-on':
    '잘못 입력한 줄인 `run`(입력하지 않으면 null)이나 잘못 고른 노드인 `on`이 있어야 합니다',
  'step-called-all': 'all은 모든 단계를 가리키는 말이므로 단계 이름으로 쓸 수 없습니다',
  'expected-version': '이 형식의 버전인 `hoplab: 1`이어야 합니다',
  'expected-mebibytes': '`256M`처럼 메비바이트로 써야 합니다[. 지금 값: {value}]',
  'size-too-small': '모든 머신이 가진 {least} 이상이어야 합니다',
  'size-too-large': '{most} 이하여야 합니다',
  'expected-services': 'scripts/services의 프로그램인 `services`여야 합니다',
  'expected-pattern': '`lladdr (\\S+)`처럼 답을 괄호 하나로 묶은 정규식이어야 합니다',
  'expected-two': '둘 이상이어야 합니다',
  'one-protocol': '`tcp`, `udp`, `http` 중 하나만 쓰고, `size`는 `tcp`나 `http`와 함께 쓰지 않습니다',
  'source-or-destination': '`source`나 `destination`이 있어야 합니다(둘 다도 됩니다)',
  'pid-or-name': '`pid`나 `name`이 있어야 합니다(둘 다도 됩니다)',
  'expected-capability': 'net_admin처럼 capabilities(7)에 있는 권한이어야 합니다[. 지금 값: {value}]',
  'expected-record-type': 'A 같은 레코드 종류여야 합니다[. 지금 값: {value}]',
  'needs-against': 'rate와 latency는 다른 주소와 비교합니다. `against`가 있어야 합니다',
  'too-few-runs': '4회 이상이어야 합니다. 그보다 적으면 비율이 얼마나 확실한지 알 수 없습니다',
  'expected-mailbox': 'a@corp.test 같은 메일 주소여야 합니다[. 지금 값: {value}]',
  'expected-host-name': '호스트 이름이어야 합니다[. 지금 값: {value}]',
  'expected-mac': '02:00:00:00:00:01 같은 MAC 주소여야 합니다[. 지금 값: {value}]',
  'expected-url': 'http://로 시작하는 웹 주소여야 합니다[. 지금 값: {value}]',
  'expected-web-url': 'http://나 https://로 시작하는 웹 주소여야 합니다[. 지금 값: {value}]',
  'expected-whole-path': '/로 시작하는 전체 경로여야 합니다[. 지금 값: {value}]',
  'proxy-takes-connections': '프록시(`upstream`)는 연결을 받습니다. `tcp`나 `http`가 있어야 합니다',
  'needs-control': '실패를 기대하는 검사에는 `control`이 필요합니다. 반드시 응답이 오는 ping입니다',
  'failure-needs-output': '실패해야 하는 명령에는 실패 이유인 `output`과 `control`이 필요합니다',
  'two-backends': '백엔드가 둘 이상이어야 합니다',
  'too-few-requests': '잘못된 경보의 확률 {falseAlarm}(으)로 판단하기에는 요청이 너무 적습니다',
  'nul-in-word': 'NUL은 단어를 끝냅니다. NUL이 없는 글이어야 합니다',
  'link-twice': '{place} 인터페이스가 두 번 만들어집니다',
  'master-nowhere': '{master} 브리지가 두 끝의 노드 중 어느 쪽에도 없거나 양쪽에 다 있습니다',
  'no-fault': '{step} 단계에 fault가 없습니다. 학습자가 여기서 틀리기 쉬운 줄이 있어야 합니다',
  'no-check': '이 단계에 {check} 검사는 없습니다[. 혹시 {near}?]',
  'no-line': '{line}번째 줄은 없습니다. 해답은 {lines}줄입니다',
  'needs-no-earlier': 'needs에 있는 {need}은(는) 같은 단계에서 이 검사보다 앞에 있는 검사여야 합니다',
  'until-no-later': 'until에 있는 {until}은(는) 뒤에 오는 단계여야 합니다[. 혹시 {near}?]',
  'control-without-ends': '`control`은 실패를 기대하는 검사에 씁니다. 이유가 있는 `ends`가 없습니다',
  'control-without-exit': '`control`은 실패를 기대하는 검사에 씁니다. `exit`가 없습니다',
  'control-without-expect':
    '`control`은 실패를 기대하는 검사에 씁니다. 실패해야 하는 이유인 `expect`가 없습니다',
  'no-node': [
    '{node}(이)라는 노드가 없습니다. 혹시 {near}?',
    '{node}(이)라는 노드가 없습니다[. 있는 노드: {known}]',
  ],
  'step-twice': '{id} 단계가 두 번 있습니다',
  'check-twice': '{id} 검사가 두 번 있습니다',
  'prediction-twice': '{id} 예측 질문이 두 번 있습니다',
  'fault-twice': '{id} fault가 두 번 있습니다',
  'why-needs-choices': '`choices`가 있어야 합니다. 학습자는 이유의 코드를 모릅니다',
  'no-choice': 'expected의 {expected}은(는) 보기 {choices} 중에 없습니다',
  'no-rule': 'iptables가 받는 규칙이어야 합니다. 지금 값: `{rule}`',
  'extension-as-printed': '{name} 확장을 hoplab이 모릅니다. 머신의 커널이 출력하는 모양으로 비교합니다',
  'extension-by-words': '{name} 확장을 hoplab이 모릅니다. 낱말 그대로 비교합니다',
  'no-feature': [
    '{feature}(이)라는 기능은 없습니다. 혹시 {near}?',
    '{feature}(이)라는 기능은 없습니다. 목록은 hoplab doctor로 봅니다',
  ],
  'tunnels-need-vxlan': '터널을 쓰려면 `requires`에 `vxlan`이 있어야 합니다',
  'bridge-rules-unsaid':
    '{node}에서 {key}을(를) 정하지 않았습니다. 규칙이 {bridge} 브리지의 프레임을 보는지가 VM에 따라 달라집니다',
  'no-link-kind': [
    '커널에 {kind}(이)라는 종류의 인터페이스는 없습니다. 혹시 {near}?',
    '커널에 {kind}(이)라는 종류의 인터페이스는 없습니다. 목록은 `ip link help`로 봅니다',
  ],
  'shared-address': '{address} 주소는 같은 선에 있는 {place}의 주소입니다',
  'link-not-made': '이 줄에 있는 {link} 인터페이스를 만드는 곳이 없습니다[. 혹시 {near}?]',
  'heading-without-step': '단계의 제목은 단계 이름으로 끝나야 합니다: ## 제목 {#단계-이름}',
  'no-section': '{step} 단계의 절이 없습니다',
  'no-beginning': '파일은 `# 제목`과 소개로 시작해야 합니다',
  'section-of-no-step': [
    '{section} 절에 해당하는 단계가 없거나 절이 두 번 있습니다',
    '어떤 단계에도 속하지 않는 절입니다',
  ],
  'section-empty': '절이 비어 있습니다',
  'not-marked':
    '어떤 영어 글을 옮겼는지 표시가 없습니다. 번역을 확인한 뒤 제목 아래에 쓰세요: <!-- translates: {mark} --> (hoplab lint --mark가 씁니다)',
  outdated:
    '번역한 뒤에 영어 글이 바뀌었습니다. 번역을 확인한 뒤 제목 아래에 쓰세요: <!-- translates: {mark} --> (hoplab lint --mark가 씁니다)',
  'question-missing':
    '{prediction} 예측을 묻는 곳이 없습니다. 이런 문단이 있어야 합니다: **...** 질문 {#{prediction}}',
  'question-of-nothing': '질문 {#{question}}에 해당하는 예측이 이 단계에 없습니다[. 혹시 {near}?]',
  'fence-without-node':
    '명령을 입력할 노드가 코드 블록에 없습니다. ```sh 노드 형식이어야 합니다. 있는 노드: {known}',
  'line-not-in-section': '해답의 한 줄이 절에 없습니다. sh {node} 코드 블록에 있어야 하는 줄: {line}',
  'other-commands': '영어 글과 명령이나 노드가 다릅니다. en.md {line}번째 줄의 것과 같아야 합니다',
  'surplus-fence': '영어 글에 없는 코드 블록입니다. en.md에 없으니 여기에도 없어야 합니다',
  'fence-missing': '코드 블록이 하나 빠졌습니다. en.md {line}번째 줄의 것이 있어야 합니다',
  'language-missing': '{language} 글이 없습니다. {shown} 글이 대신 보입니다',
  'no-lab': '{lab}(이)라는 실습이 없습니다[. 혹시 {near}?]',
  circle: '이 실습을 하기 전에 이 실습을 해야 하는 순환이 있습니다: {labs}',
  'lab-id-taken': '{id}(이)라는 실습이 이미 있습니다',
  'file-missing': '파일이 없습니다',
  'no-plain-file': '일반 파일이 아닙니다',
  'symbolic-link': '다른 파일을 가리키는 이름(symlink)입니다. 일반 파일이어야 합니다',
  'file-too-large': '파일이 {size}바이트입니다. {most}바이트를 넘을 수 없습니다',
  'not-readable': '파일을 읽을 수 없습니다: {cause}',
  'reading-too-long': '읽는 데 {seconds}초가 넘게 걸립니다. 파일이 너무 크거나 너무 깊이 중첩되어 있습니다',
  'reader-ended': '파일을 읽는 스레드가 끝났습니다',
  'not-read-yet': '아직 읽지 않았습니다. 다른 파일 {count}개를 읽는 데 너무 오래 걸렸습니다',
  'more-problems': '문제가 {count}개 더 있습니다',
  'yaml-tab': '탭이 있습니다. YAML은 빈칸으로 들여 씁니다',
  'yaml-key-twice': '같은 키가 두 번 있습니다. 키는 하나씩만 있어야 합니다',
  'yaml-open-quote': '따옴표를 열고 닫지 않았습니다',
  'yaml-open-bracket': '괄호로 연 목록이나 매핑을 닫지 않았습니다. `{bracket}`이(가) 있어야 합니다',
  'yaml-comma': '두 항목 사이에 쉼표가 없거나, 괄호나 콜론이 든 글에 따옴표가 없습니다',
  'yaml-colon': '콜론 뒤에 빈칸을 둔 `키: 값` 형식이어야 합니다',
  'yaml-space': '콜론 뒤나 # 앞에 빈칸이 없습니다',
  'yaml-dash': '이 목록의 항목에 줄표(`- `)가 없습니다',
  'yaml-indent': '들여쓰기가 위의 어느 줄과도 맞지 않습니다',
  'yaml-colon-in-text': '한 줄에 콜론이 둘 있습니다. `: `이 든 글은 따옴표로 묶습니다',
  'yaml-start': '글은 이 문자[({character})]로 시작할 수 없습니다. 따옴표로 묶습니다',
  'yaml-escape': '큰따옴표 안에 모르는 이스케이프가 있습니다. 작은따옴표를 쓰거나 역슬래시를 \\\\로 씁니다',
  'yaml-alias': '글 앞의 `&`와 `*`는 파일의 다른 부분을 가리킵니다. 글을 따옴표로 묶습니다',
  'yaml-unexpected': 'YAML에서 올 수 없는 것이 있습니다. 괄호나 따옴표나 쉼표가 남는지 확인하세요',
  'yaml-documents': '여기서 두 번째 문서가 시작됩니다(---). 문서는 하나여야 합니다',
  'yaml-other': '여기는 YAML이 아닙니다({name})',
  'yaml-too-large': '파일의 별칭이 가리키는 값이 hoplab이 읽는 것보다 많습니다',
};

/** 파일에 있는 값의 종류. */
export const types = {
  text: '글',
  number: '숫자',
  'whole-number': '정수',
  fraction: '정수가 아닌 수',
  boolean: '참·거짓 값(true나 false)',
  nothing: '빈 값',
  list: '목록(`- 항목`)',
  mapping: '매핑(`키: 값`)',
  'no-number': '숫자가 아닌 값',
  something: '다른 값',
};

/** 오류 코드마다 한 문장. */
export const errors: Record<ErrorCode, string> = {
  'lab-not-found': '그런 실습이 없습니다',
  'lab-broken': '실습 파일에 오류가 있습니다',
  'labs-directory-missing': '실습 디렉터리가 없습니다',
  'lab-in-use': '이 실습의 세션이 실행 중입니다',
  'lab-unsupported': '이 VM에는 실습에 필요한 기능이 없습니다',
  'engine-unsupported': '이 실습은 real 엔진으로 실행할 수 없습니다',
  'step-not-found': '그런 단계가 없습니다',
  'check-not-found': '그런 검사가 없습니다',
  'prediction-not-found': '그런 예측 질문이 없습니다',
  'session-not-found': '그런 세션이 없습니다',
  'session-none': '실행 중인 세션이 없습니다. 먼저 실습을 시작하세요: hoplab start 실습',
  'session-limit': '세션이 너무 많습니다. 먼저 하나를 끝내세요: hoplab stop',
  'node-not-found': '그런 노드가 없습니다',
  'nothing-to-undo': '되돌릴 것이 없습니다',
  'nothing-to-practise': '이 실습에는 완성된 상태에서 드러나는 고장이 없습니다',
  'nothing-broken': '이 세션에는 숨겨진 고장이 없습니다. hoplab break 명령으로 만들 수 있습니다',
  'journal-failed': '진행 상황을 저장하지 못했습니다',
  'machine-gone': '머신이 사라졌습니다',
  'machine-failed': '머신을 만들지 못했습니다',
  'action-failed': '토폴로지를 만들지 못했습니다',
  interrupted: '세션이 이 머신을 떠나느라 중단되었습니다',
  'terminal-not-found': '그런 터미널이 없습니다',
  'terminal-limit': '터미널이 너무 많습니다',
  'request-limit': '응답을 기다리는 요청이 너무 많습니다',
  'option-unknown': '그런 명령이나 옵션이 없습니다',
  'argument-invalid': '인자가 올바르지 않습니다',
  'request-invalid': '요청이 올바르지 않습니다',
  'method-not-found': '데몬이 그 요청을 모릅니다',
  'message-invalid': '메시지가 올바르지 않습니다',
  'message-too-large': '메시지가 너무 큽니다',
  unauthorized: '토큰이 없거나 틀립니다. HOPLAB_TOKEN을 확인하세요',
  'origin-refused': '이 페이지에서는 데몬을 쓸 수 없습니다',
  'host-refused': '데몬을 이 호스트 이름으로 부를 수 없습니다',
  'slow-consumer': '받는 쪽이 너무 느려 연결을 끊었습니다',
  'protocol-mismatch': '데몬과 명령의 버전이 다릅니다',
  'daemon-unreachable': '데몬이 응답하지 않습니다',
  'daemon-running': '데몬이 이미 실행 중입니다',
  'address-unusable': '데몬이 그 주소에서 연결을 받을 수 없습니다',
  'directory-unusable': '머신이 데몬의 실행 디렉터리에 접근할 수 없습니다',
  'not-root': 'root 권한이 필요합니다',
  'feature-missing': '필요한 프로그램이나 커널 기능이 없습니다',
  internal: 'hoplab 내부 오류입니다. 데몬의 기록을 보세요',
};

/** 위의 한 문장으로 충분한 오류. 데몬의 영어 문장에 더 있는 것이 없습니다. */
const complete: readonly ErrorCode[] = [
  'session-none',
  'session-limit',
  'nothing-to-undo',
  'nothing-broken',
  'machine-gone',
  'interrupted',
  'unauthorized',
];

/** 무엇이 없는지, 무엇이 틀렸는지까지 말하는 문장. */
const named: Partial<Record<ErrorCode, (data: ErrorData) => string>> = {
  'lab-not-found': ({ lab }) => `${lab}(이)라는 실습이 없습니다`,
  'lab-in-use': ({ lab, sessions }) => `${lab} 실습의 세션이 있습니다. 먼저 끝내세요: ${sessions}`,
  'engine-unsupported': ({ lab, engine }) =>
    `${lab} 실습은 ${engine} 엔진으로 실행할 수 없습니다. 쿠버네티스 클러스터가 없거나, small 엔진에만 있는 기능을 씁니다`,
  'step-not-found': ({ step }) => `${step}(이)라는 단계가 없습니다`,
  'check-not-found': ({ check }) => `${check}(이)라는 검사가 없습니다`,
  'prediction-not-found': ({ prediction }) => `${prediction}(이)라는 예측 질문이 없습니다`,
  'session-not-found': ({ session }) => `${session}(이)라는 세션이 없습니다`,
  'node-not-found': ({ node, known }) => {
    const names = Array.isArray(known) ? known.slice(0, 12).join(', ') : '';
    return `${node}(이)라는 노드가 없습니다${names === '' ? '' : `. 노드: ${names}`}`;
  },
};

interface Wrong {
  words?: { ko?: string };
  path?: string;
  file?: string;
  line?: number | null;
  severity?: string;
}

/** 요청의 인자나 실습 파일에서 틀린 것들을 말하는 문장. 그런 것이 없으면 null입니다. */
function wrongText({ issues, problems, lab, directory }: ErrorData): string | null {
  if (Array.isArray(issues))
    return (issues as Wrong[])
      .map(({ path, words }) => `${path ? `${path}: ` : ''}${words?.ko ?? ''}`)
      .join('; ');
  if (!Array.isArray(problems)) return null;
  const [first, ...more] = (problems as Wrong[]).filter(({ severity }) => severity === 'error');
  if (first === undefined) return null;
  const place = [first.file, first.line].filter((part) => part != null).join(':');
  const others = more.length === 0 ? '' : ` (그 밖에 ${more.length}개)`;
  const see = directory === undefined ? '' : `. 모두 보려면: hoplab lint ${directory}`;
  const which = lab == null ? '실습' : `${lab} 실습`;
  return `${which}에 오류가 있습니다: ${place}: ${first.words?.ko ?? ''}${others}${see}`;
}

/**
 * 데몬의 오류를 우리말로. 정해진 문장이 없으면 종류를 말하고 데몬의 영어 문장을 따로 보여 줍니다.
 * @param near 혹시 뜻했을 이름
 */
export function errorText(code: ErrorCode, message: string, data: ErrorData, near: string | null): string {
  const known = Array.isArray(data.known) ? data.known.join(', ') : '';
  const meant = near === null ? '' : `. 혹시 ${near}?`;
  const wrong = wrongText(data);
  if (wrong !== null) return wrong;
  const say = named[code];
  if (say !== undefined && Object.values(data).length > 0) return particles(say(data)) + meant;
  if (code === 'argument-invalid' && typeof data.given === 'string' && known !== '') {
    const given = data.given === '' ? '답이 없습니다' : particles(`‘${data.given}’은(는) 보기에 없습니다`);
    return `${given}. 보기: ${known}${meant}`;
  }
  return complete.includes(code) ? errors[code] : `${errors[code]}\n  데몬의 원문: ${message}`;
}
