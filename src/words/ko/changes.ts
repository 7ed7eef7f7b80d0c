import type { Changes, PlayWords, SavedLabWords } from '../en/changes.ts';

/** 다른 머신으로 바뀌면 무엇이 달라지는지, 그 전과 후. */
export const changes: Changes = {
  comparing: '지금 머신과 비교하는 중 …',
  unknown: '무엇이 바뀌는지 미리 알아낼 수 없었습니다.',
  none: '네트워크에서 달라지는 것은 없습니다.',
  gone: '머신이 이미 끝나서 잃을 것이 없습니다.',
  lost: '없어지는 것:',
  gained: '생기는 것:',
  step: (number, title) => `${number}단계 ‘${title}’`,
  moves: (from, to) => `${from} → ${to}. 마친 단계는 그대로 남습니다.`,
  kinds: {
    node: (count) => `노드 ${count}개`,
    link: (count) => `인터페이스 ${count}개`,
    address: (count) => `주소 ${count}개`,
    route: (count) => `경로 ${count}개`,
    rule: (count) => `규칙 ${count}개`,
    setting: (count) => `커널 설정 ${count}개`,
    listener: (count) => `수신 대기 소켓 ${count}개`,
  },
  more: (count) => `  ... 그 밖에 ${count}개`,
  kept: '지금 머신은 파일과 프로그램까지 보관됩니다. hoplab undo 명령으로 되돌릴 수 있습니다.',
  second: '앞서 보관된 머신은 완전히 없어집니다.',
  ask: '계속할까요? [y/N] ',
  yes: ['y', '예', '네', 'ㅇ', 'yes'],
  untouched: '아무것도 바꾸지 않았습니다.',
  removed: '없어진 것:',
  added: '생긴 것:',
};

/** 손으로 네트워크 만들기. */
export const play: PlayWords = {
  title: '만들기',
  kinds: {
    host: '호스트',
    bridge: '브리지',
    router: '라우터',
    namespace: '네임스페이스',
    container: '컨테이너',
  },
  add: '추가',
  name: '이름 (선택)',
  nameRule: '영문자로 시작하고 영문자, 숫자, 하이픈만 쓸 수 있습니다. 최대 15자입니다.',
  nameTaken: (name) => `${name}: 이미 있는 이름입니다.`,
  cable: '케이블',
  from: '한쪽 끝',
  to: '다른 쪽 끝',
  join: '케이블 잇기',
  address: '주소',
  interface: '인터페이스',
  give: '주소 설정',
  route: '기본 경로',
  node: '노드',
  via: '게이트웨이',
  routeAdd: '경로 추가',
  remove: '제거',
  what: '노드 또는 인터페이스',
  removeIt: '제거하기',
  save: '저장',
  saveName: '이름',
  saveAs: '형식',
  formats: { lab: '실습', script: '셸 스크립트', containerlab: 'containerlab 파일' },
  kept: (lab) => `${lab} 실습으로 저장했습니다. 시작 페이지의 “내 실습”에 있습니다.`,
  downloaded: '다운로드 폴더에 저장했습니다.',
  left: (what) => `저장하지 못한 것: ${what.join(', ')}.`,
  startIt: (lab) => `${lab} 시작`,
  break: '고장 내기',
  breakNote:
    'hoplab이 이 네트워크를 별도의 세션에 복사하고 그곳에 고장을 하나 숨깁니다. 지금은 되는 ping 가운데 적어도 하나가 실패합니다. 이 세션은 그대로 남습니다.',
  brokenTitle: '고장 난 내 네트워크',
  bridgeOf: (bridge) => `${bridge} (브리지)`,
};

/** 그렇게 만든 네트워크를 저장한 실습의 글. */
export const savedLab: SavedLabWords = {
  track: '내 실습',
  summary: '손으로 만든 네트워크입니다.',
  intro: '플레이그라운드에서 손으로 만든 네트워크입니다. 처음부터 준비되어 있습니다.',
  step: '네트워크',
  body: '이미 설정된 값을 다시 설정하는 명령입니다. 연습에서는 hoplab이 이 가운데 하나에 숨긴 고장을 찾습니다.',
};
