import type { ErrorCode, ErrorData } from '../../protocol/errors.ts';
import { particles } from './particles.ts';

/** 오류 코드마다 한 문장. */
export const errors: Record<ErrorCode, string> = {
  'lab-not-found': '그런 실습이 없습니다',
  'lab-broken': '실습 파일에 오류가 있습니다',
  'labs-directory-missing': '실습 디렉터리가 없습니다',
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
  'nothing-to-practise': '이 실습에는 완성된 상태에서 드러나는 실수가 없습니다',
  'nothing-broken': '이 세션에는 숨겨진 실수가 없습니다. hoplab break 명령으로 만들 수 있습니다',
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
  'engine-unsupported': ({ lab, engine }) =>
    `${lab} 실습은 ${engine} 엔진으로 실행할 수 없습니다. 쿠버네티스 클러스터가 없거나, small 엔진에만 있는 기능을 씁니다`,
  'step-not-found': ({ step }) => `${step}(이)라는 단계가 없습니다`,
  'check-not-found': ({ check }) => `${check}(이)라는 검사가 없습니다`,
  'prediction-not-found': ({ prediction }) => `${prediction}(이)라는 예측 질문이 없습니다`,
  'session-not-found': ({ session }) => `${session}(이)라는 세션이 없습니다`,
  'node-not-found': ({ node }) => `${node}(이)라는 노드가 없습니다`,
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
