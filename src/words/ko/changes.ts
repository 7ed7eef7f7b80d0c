import type { Changes } from '../en/changes.ts';

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
