import type { PlayWords } from '../en/play.ts';

/** The words of the playground; loaded with it. */
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
  from: '출발',
  to: '도착',
  join: '케이블 잇기',
  address: '주소',
  interface: '인터페이스',
  give: '주소 주기',
  route: '기본 경로',
  node: '노드',
  via: '게이트웨이',
  routeAdd: '경로 추가',
  remove: '제거',
  what: '노드 또는 인터페이스',
  removeIt: '제거하기',
  bridgeOf: (bridge) => `${bridge} (브리지)`,
};
