import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';

/** Entries: of the kernel's tables, by the command that lists them, and lines of files. */
export const entries = {
  'entry-missing': {
    what: [
      '{node}에서 `{list}` 명령으로 본 테이블에 `{wanted}` 항목이 없습니다.',
      '{node}의 {path}에 `{entry}` 줄이 없습니다.[ 그 줄은 {misplaced} 파일에 있지만, 프로그램은 그 파일에서 이런 줄을 찾지 않습니다.]',
    ],
    why: [
      '커널은 입력한 명령이 아니라 `{list}` 명령이 보여 주는 항목에 따라 결정합니다.',
      '{node}의 프로그램은 이 파일만 읽습니다. 다른 호스트의 파일은 읽지 않습니다.',
    ],
    where: [
      '`{exec}{list}` 명령으로 항목을 확인합니다.',
      '`{exec}cat {path}` 명령으로 {node}의 프로그램이 읽는 내용을 확인합니다.',
    ],
    idea: [
      '{node}에서 `{maker}` 명령으로 `{wanted}` 항목을 만드세요.',
      '{node}에 `{wanted}` 항목을 만들거나, 그 항목을 만드는 패킷을 보내세요.',
      '{file}에 이 줄을 추가하세요. 공백 수는 상관없습니다.',
    ],
  },
  'entry-present': {
    what: [
      '{node}에서 `{list}` 명령으로 본 테이블에 `{found}` 항목이 있습니다. 없어야 합니다.',
      '{node}의 {path}에 `{observed}` 줄이 있습니다. 없어야 합니다.',
    ],
    why: [
      '커널은 `{list}` 명령이 보여 주는 항목에 따라 결정합니다. 항목을 만든 규칙이나 명령이 없어진 뒤에도 마찬가지입니다.',
      '{node}의 프로그램은 이 파일의 내용을 그대로 믿습니다.',
    ],
    where: [
      '`{exec}{list}` 명령으로 항목을 확인합니다.',
      '`{exec}cat {path}` 명령으로 {node}의 프로그램이 읽는 내용을 확인합니다.',
    ],
    idea: ['{node}의 테이블에서 `{found}` 항목을 삭제하세요.', '{file}에서 이 줄을 삭제하세요.'],
  },
  'wrong-entry': {
    what: [
      '{node}의 {property}에 설정된 값은 {found}입니다. {wanted}(이)여야 합니다.',
      '{node}에서 `{list}` 명령으로 본 항목은 `{found}`입니다. `{wanted}`(이)여야 합니다.',
      '{node}의 {path}에 `{observed}` 줄이 있습니다. `{entry}`(이)여야 합니다.[ {slipText}][ 그 줄은 {misplaced} 파일에 있지만, 프로그램은 그 파일에서 이런 줄을 찾지 않습니다.]',
    ],
    why: [
      '터널의 양쪽 끝과 경로의 모든 인터페이스는 이런 값이 서로 맞아야 합니다. {property}은(는) {found}(으)로 동작합니다.',
      '커널은 항목을 삭제하거나 항목이 만료될 때까지 지금 있는 `{found}` 항목에 따라 결정합니다.',
      '{node}의 프로그램은 이 파일의 내용을 그대로 믿습니다. 사실인지는 확인하지 않습니다.',
    ],
    where: [
      '`{exec}{list}` 명령으로 {property}의 값을 확인합니다.',
      '`{exec}{list}` 명령으로 항목을 확인합니다.',
      '`{exec}cat {path}` 명령으로 {node}의 프로그램이 읽는 내용을 확인합니다.',
    ],
    idea: [
      '{node}에서 `{set}` 명령으로 값을 바꾸세요.',
      '이 값은 나중에 바꿀 수 없습니다. {property}을(를) 삭제하고 {wanted}(으)로 다시 추가하세요.',
      '항목을 만드는 설정을 고친 뒤, `{found}` 항목을 삭제하고 다시 만들어지게 하세요.',
      '{file}에서 이 줄을 고치세요.',
    ],
  },
} as const satisfies Record<string, Ladder>;

export const entryPhrases = {
  neighbour: {
    expected: '{node}에서 {address}의 MAC 주소를 알아야 합니다.',
    negated: '{node}에서 {address}의 MAC 주소를 몰라야 합니다.',
    observed: '{node}의 이웃 항목: {fact}.',
  },
  'conntrack-entry': {
    expected: '{node}의 conntrack에 이 흐름이 있어야 합니다: `{wanted}`.',
    negated: '{node}의 conntrack에 이 흐름이 없어야 합니다: `{wanted}`.',
    observed: '{node}의 conntrack에 있는 흐름: {fact}.',
  },
  'ip-rule': {
    expected: '{node}에 이 정책 규칙이 있어야 합니다: `{wanted}`.',
    negated: '{node}에 이 정책 규칙이 없어야 합니다: `{wanted}`.',
    observed: '{node}의 정책 규칙: {fact}.',
  },
  fdb: {
    expected: '{node}의 포워딩 데이터베이스에 이 항목이 있어야 합니다: `{wanted}`.',
    negated: '{node}의 포워딩 데이터베이스에 이 항목이 없어야 합니다: `{wanted}`.',
    observed: '{node}의 포워딩 데이터베이스: {fact}.',
  },
  vlan: {
    expected: '{node}에서 `{list}` 명령의 결과에 `{wanted}` 항목이 있어야 합니다.',
    negated: '{node}에서 `{list}` 명령의 결과에 `{wanted}` 항목이 없어야 합니다.',
    observed: '{node}의 VLAN: {fact}.',
  },
  'route-get': {
    expected: '{node}에서 `{list}` 명령의 결과는 다음과 같아야 합니다: {wish}.',
    negated: '{node}에서 `{list}` 명령의 결과에 이 경로가 없어야 합니다: {wanted}.',
    observed: '{node}에서 `{list}` 명령의 결과: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const entryQuestions = {
  neighbour: ({ on, address, absent }) =>
    absent
      ? `${on}의 이웃 목록에 ${address} 주소가 없습니다`
      : `${on}의 이웃 목록에 ${address} 주소가 있습니다`,
  'conntrack-entry': ({ on, protocol, source, destination, port, absent }) => {
    const from = source === undefined ? '' : `${source}에서 `;
    const to = destination === undefined ? '' : `${destination}(으)로 `;
    const which = [
      from || to ? `${from}${to}가는 ` : '',
      port === undefined ? '' : `${port}번 포트의 `,
      protocol,
    ];
    return `${on}의 conntrack에 ${which.join('')} 흐름이 ${absent ? '없습니다' : '있습니다'}`;
  },
  'ip-rule': ({ on, absent }) =>
    absent ? `${on}에 그 정책 규칙이 없습니다` : `${on}에 정책 규칙이 있습니다`,
  fdb: ({ on, mac, absent }) =>
    `${on}의 포워딩 데이터베이스에 ${mac} 항목이 ${absent ? '없습니다' : '있습니다'}`,
  vlan: ({ on, dev, id, absent }) =>
    `${on}의 ${dev} 포트가 VLAN ${id}에 속${absent ? '하지 않습니다' : '합니다'}`,
  'route-get': ({ on, to, from, iif, mark, absent }) => {
    const packet = [
      iif === undefined ? '' : `${iif}(으)로 들어온 `,
      mark === undefined ? '' : `마크가 ${mark}인 `,
      from === undefined ? '' : `${from}발 `,
    ].join('');
    return `${on}에서 ${to}(으)로 가는 ${packet}패킷을 ${absent ? '그 경로로 보내지 않습니다' : '정해진 경로로 보냅니다'}`;
  },
} satisfies Partial<Questions>;
