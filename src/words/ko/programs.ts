import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** Processes, their users and rights, and commands. */
export const programs = {
  'process-missing': {
    what: [
      '{node}에 독립된 PID 네임스페이스에서 PID가 {pid}인 프로세스가 없습니다.[ 찾은 것: {found}.]',
      '{node}에 명령행이 `{program}`(으)로 시작하는 프로세스가 없습니다.',
    ],
    why: [
      '독립된 PID 네임스페이스에서는 PID가 1부터 시작합니다. 같은 프로세스도 바깥에서는 {pid}이(가) 아닌 다른 번호입니다.',
      '무엇을 할 수 있는지는 프로세스마다 다릅니다. 먼저 프로세스가 있어야 합니다.',
    ],
    where: [
      '머신에서 `ps -eo pid,pidns,args` 명령으로 확인합니다. /proc/PID/status의 NSpid 줄에 프로세스의 모든 PID가 나오고, 맨 안쪽 번호({pid})가 마지막입니다.',
      '`ip netns pids {node}` 명령은 네트워크 네임스페이스의 프로세스를, `ps -eo pid,uid,args` 명령은 모든 프로세스를 보여 줍니다.',
    ],
    idea: [
      '{node} 안에서 새 PID 네임스페이스로 프로세스를 시작하세요. 그 안에서 PID는 {pid}입니다.',
      '{node}에서 백그라운드로 시작하세요. 바로 끝난다면 포그라운드로 실행해 이유를 확인하세요.',
    ],
  },
  'wrong-user': {
    what: '{node}의 `{program}` 프로세스가 사용자 {observed}의 권한으로 실행 중입니다. 사용자 {expected}(이)여야 합니다.',
    why: '사용자 0은 root입니다. 권한이 필요 없는 프로그램에 권한을 주지 않는 것이 좋습니다.',
    where: '`ps -eo pid,uid,args` 명령으로 프로세스마다 사용자 번호를 확인합니다.',
    idea: '프로세스를 종료하고 사용자 {expected}(으)로 다시 시작하세요.',
  },
  'capability-missing': {
    what: '{node}의 `{program}` 프로세스에 {expected} capability가 없습니다.',
    why: 'root의 권한은 여러 개의 작은 권한으로 나뉘어 있습니다. 없는 권한이 필요한 일은 커널이 거부합니다.',
    where:
      '`grep Cap /proc/PID/status` 명령은 프로세스의 capability를 비트 마스크로, `getpcaps PID` 명령은 이름으로 보여 줍니다.',
    idea: '프로세스를 종료하고 {expected}을(를) 주어 다시 시작하세요.',
  },
  'capability-present': {
    what: '{node}의 `{program}` 프로세스에 {observed} capability가 있습니다. 없어야 합니다.',
    why: '프로세스가 할 수 있는 일은 그 프로세스를 뚫고 들어온 사람도 할 수 있습니다.',
    where:
      '`grep Cap /proc/PID/status` 명령은 프로세스의 capability를 비트 마스크로, `getpcaps PID` 명령은 이름으로 보여 줍니다.',
    idea: '프로세스를 종료하고 {observed} 없이 다시 시작하세요.',
  },
  'not-permitted': {
    what: '{node}에서 `{run}` 명령이 거부되었습니다: {printed}',
    why: '커널은 사용자 이름이 아니라 capability를 봅니다.',
    where:
      '`getpcaps PID` 명령으로 프로세스의 capability를 확인합니다.[ 여기서는 `{program}` 프로세스입니다.]',
    idea: '명령에 어떤 capability가 필요한지 알아내 프로세스에 주세요.',
  },
  'wrong-exit': {
    what: '{node}에서 `{run}` 명령의 결과가 {observed}입니다. {expected}(이)여야 합니다.[ 출력: {printed}]',
    why: '종료 코드 0은 명령이 성공했다는 뜻이고, 나머지는 모두 오류입니다.',
    where: '명령 바로 다음에 `echo $?` 명령으로 종료 코드를 확인합니다.',
    idea: '명령을 직접 실행하고 출력을 읽어 보세요.',
  },
  'wrong-output': {
    what: '{node}에서 `{run}` 명령의 종료 코드는 맞지만 출력에 `{expected}` 내용이 없습니다. 출력: {observed}',
    why: [
      '예상한 이유로 실패해야만 실패(종료 코드 {code})가 무언가를 증명합니다.',
      '종료 코드 0은 명령이 제대로 실행되었다는 뜻일 뿐입니다. 여기서는 출력을 묻습니다.',
    ],
    where: '직접 실행해 보세요: `{run}`.',
    idea: [
      '종료 코드 {code}와(과) 함께 나온 출력을 읽어 보세요. 예상한 것과 다른 이유가 나와 있습니다.',
      '이 출력을 정하는 것이 무엇인지 찾아 바꾸세요.',
    ],
  },
} as const satisfies Record<string, Ladder>;

export const programPhrases = {
  process: {
    expected: '{node}에서 실행 중이어야 할 프로세스: {wanted}.',
    observed: '{node}: {fact}.',
  },
  command: {
    expected:
      '{node}에서 `{run}` 명령을[ `{program}` 프로세스의 권한으로] 실행한 결과가 다음과 같아야 합니다: {wish}.',
    observed: '{node}에서 실행한 `{run}`: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
