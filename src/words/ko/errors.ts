import type { ErrorCode, ErrorData } from '../../protocol/errors.ts';
import { particles } from './particles.ts';

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
  'not-root': 'hoplab daemon에는 root 권한이 필요합니다: sudo hoplab daemon',
  'feature-missing': '필요한 프로그램이나 커널 기능이 없습니다',
  internal: 'hoplab 내부 오류입니다. 데몬의 기록을 보세요',
};

/** 도구나 커널이 한 말은 그대로 보여 줍니다. */
const fromTools: readonly ErrorCode[] = [
  'machine-failed',
  'action-failed',
  'feature-missing',
  'journal-failed',
  'address-unusable',
];

/** 값이 없으면 데몬의 원문 말고는 무엇이 틀렸는지 알 수 없는 오류. */
const untold: readonly ErrorCode[] = ['internal', 'argument-invalid'];

/** 무엇이 없는지, 무엇이 틀렸는지까지 말하는 문장. */
const named: Partial<Record<ErrorCode, (data: ErrorData) => string>> = {
  'lab-not-found': ({ lab }) => `${lab}(이)라는 실습이 없습니다`,
  'labs-directory-missing': ({ directory }) => `실습 디렉터리 ${directory}을(를) 읽을 수 없습니다`,
  'lab-in-use': ({ lab, sessions }) => `${lab} 실습의 세션이 있습니다. 먼저 끝내세요: ${sessions}`,
  'lab-unsupported': ({ lab, missing }) =>
    `이 VM에는 ${lab} 실습에 필요한 기능이 없습니다: ${listed(missing)}. hoplab doctor로 확인하세요`,
  'engine-unsupported': ({ lab, engine }) =>
    `${lab} 실습은 ${engine} 엔진으로 실행할 수 없습니다. 쿠버네티스 클러스터가 없습니다`,
  'step-not-found': ({ step, known }) => `${step}(이)라는 단계가 없습니다${those('단계', known)}`,
  'check-not-found': ({ check, known }) => `${check}(이)라는 검사가 없습니다${those('검사', known)}`,
  'prediction-not-found': ({ prediction, step, later, known }) =>
    later === undefined
      ? `${step} 단계에 ${prediction}(이)라는 예측 질문이 없습니다${those('질문', known)}`
      : `${prediction}은(는) ${later} 단계의 질문입니다. 실행할 명령: hoplab predict --step ${later} ${prediction}`,
  'session-not-found': ({ session }) => `${session}(이)라는 세션이 없습니다`,
  'node-not-found': ({ node, known }) => `${node}(이)라는 노드가 없습니다${those('노드', known)}`,
  'nothing-to-practise': ({ lab }) => `${lab} 실습에는 완성된 상태에서 드러나는 고장이 없습니다`,
  'journal-failed': ({ file }) => `진행 상황을 ${file}에 저장하지 못했습니다`,
  'terminal-limit': ({ limit }) => `연결 하나에 터미널은 ${limit}개까지입니다`,
  'daemon-running': ({ run }) => `${run}에서 다른 데몬이 이미 실행 중입니다`,
  'address-unusable': ({ host, port }) =>
    `HOPLAB_LISTEN=${host}:${port}: 이 주소에서 연결을 받을 수 없습니다`,
  'directory-unusable': ({ run, directory, mode }) =>
    `HOPLAB_RUN=${run}: 머신이 이 디렉터리에 접근할 수 없습니다. ${directory}은(는) 소유자만 지나갈 수 있습니다(모드 ${mode}). /run 아래의 디렉터리를 쓰거나 다음을 실행하세요: chmod o+x ${directory}`,
  'host-refused': ({ host }) =>
    `데몬을 ${host}(이)라는 호스트 이름으로 부를 수 없습니다. HOPLAB_HOSTS를 확인하세요`,
  'origin-refused': ({ origin }) =>
    `${origin} 페이지에서는 데몬을 쓸 수 없습니다. HOPLAB_ORIGINS를 확인하세요`,
};

/** 있는 것의 이름. */
const those = (what: string, known: unknown): string => {
  const names = Array.isArray(known) ? known.slice(0, 12).join(', ') : '';
  return names === '' ? '' : `. ${what}: ${names}`;
};

const listed = (names: unknown) => (Array.isArray(names) ? names.join(', ') : `${names}`);

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

/** 도구가 출력한 말. 데몬의 영어 문장에서는 첫 콜론 뒤에 있습니다. */
function outputOf(code: ErrorCode, message: string, { output }: ErrorData): string {
  if (!fromTools.includes(code)) return '';
  const own = [output].flat().filter((one) => typeof one === 'string' && one !== '');
  const words = own.length > 0 ? own.join('\n') : message.split(': ').slice(1).join(': ');
  return words.trim() === '' ? '' : `\n  출력: ${words.trim()}`;
}

/**
 * 데몬의 오류를 우리말로. 도구가 출력한 말은 우리말 문장 아래에 그대로 둡니다.
 * @param near 혹시 뜻했을 이름
 */
export function errorText(code: ErrorCode, message: string, data: ErrorData, near: string | null): string {
  const known = Array.isArray(data.known) ? data.known.join(', ') : '';
  const meant = near === null ? '' : `. 혹시 ${near}?`;
  const wrong = wrongText(data);
  if (wrong !== null) return wrong;
  const say = named[code];
  if (say !== undefined && Object.values(data).length > 0)
    return particles(say(data)) + meant + outputOf(code, message, data);
  if (fromTools.includes(code)) return errors[code] + outputOf(code, message, data);
  if (code === 'argument-invalid' && typeof data.given === 'string' && known !== '') {
    const given = data.given === '' ? '답이 없습니다' : particles(`‘${data.given}’은(는) 보기에 없습니다`);
    return `${given}. 보기: ${known}${meant}`;
  }
  if (untold.includes(code)) return `${errors[code]}\n  데몬의 원문: ${message}`;
  return errors[code];
}
