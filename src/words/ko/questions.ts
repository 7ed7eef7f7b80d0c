import type { CheckArguments } from '../../core/check/check.ts';
import { rulePlace } from '../../core/explain/rule-place.ts';
import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';
import { wireQuestions } from './names.ts';

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
      '커널은 `ip rule`의 규칙을 우선순위대로 살펴보고, 패킷에 맞는 경로가 처음 나오는 테이블에 따라 결정합니다. 여기서는 {decider} 테이블입니다.',
      '터널의 양쪽 끝과 경로의 모든 인터페이스는 이런 값이 서로 맞아야 합니다. {property}은(는) {found}(으)로 동작합니다.',
      '커널은 항목을 삭제하거나 항목이 만료될 때까지 지금 있는 `{found}` 항목에 따라 결정합니다.',
      '{node}의 프로그램은 이 파일의 내용을 그대로 믿습니다. 사실인지는 확인하지 않습니다.',
    ],
    where: [
      '`{exec}ip rule` 명령으로 규칙을, `{exec}ip route show table {decider}` 명령으로 결정한 테이블의 경로를 확인합니다.',
      '`{exec}{list}` 명령으로 {property}의 값을 확인합니다.',
      '`{exec}{list}` 명령으로 항목을 확인합니다.',
      '`{exec}cat {path}` 명령으로 {node}의 프로그램이 읽는 내용을 확인합니다.',
    ],
    idea: [
      '{decider} 테이블의 경로가 {gateway}을(를) 지나게 하세요.',
      '{decider} 테이블보다 먼저, 맞는 경로가 있는 테이블을 보게 하는 규칙을 추가하거나 {decider} 테이블의 경로를 고치세요.',
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

const entryQuestions = {
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

/** Particles are written in both forms; which one is read is chosen afterwards. */
export const pathPhrases = {
  path: {
    expected: '{from}에서 {to}(으)로 가는 패킷의 경로: {wish}.',
    negated: '{from}에서 {to}(으)로 가는 패킷의 경로: {wish}.',
    observed: '{from}에서 {to}(으)로 간 패킷의 경로: {fact}.',
  },
  nat: {
    expected: '{at}에서 {from} -> {to} 패킷을 변환해야 합니다: {wish}.',
    observed: '{at}에서 변환된 결과: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const questions: Questions = {
  netns: ({ name, absent }) =>
    absent ? `${name} 네임스페이스가 없습니다` : `${name} 네임스페이스가 있습니다`,
  link({ on, name, absent, kind, up, master, peer, mtu, parent, tunnel }) {
    if (absent) return `${on}에 ${name} 인터페이스가 없습니다`;
    const parts = [
      kind === undefined ? '' : `종류는 ${kind}`,
      up === undefined ? '' : up ? '켜짐' : '꺼짐',
      master === undefined ? '' : `${master}에 연결`,
      peer === undefined ? '' : `상대는 ${peer}`,
      mtu === undefined ? '' : `MTU는 ${mtu}`,
      parent === undefined ? '' : `${parent} 위에 생성`,
      ...Object.entries(tunnel ?? {}).map(([key, value]) => `${key} ${value}`),
    ].filter(Boolean);
    return parts.length === 0
      ? `${on}에 ${name} 인터페이스가 있습니다`
      : `${on}의 ${name}: ${parts.join(', ')}`;
  },
  address({ on, address, dev, absent }) {
    if (absent) return `${on}에 ${address} 주소가 없습니다`;
    return `${on}${dev === undefined ? '' : `의 ${dev}`}에 ${address} 주소가 있습니다`;
  },
  route: ({ on, to, absent }) =>
    absent ? `${on}에는 ${to}(으)로 가는 경로가 없습니다` : `${on}에 ${to}(으)로 가는 경로가 있습니다`,
  ...entryQuestions,
  ...wireQuestions,
  sysctl: ({ on, key, value }) => `${on}의 ${key} = ${value}`,
  rule({ on, like, absent }) {
    const { table, chain } = rulePlace(like);
    return absent
      ? `${on}의 ${table} ${chain} 체인에 그 규칙이 없습니다`
      : `${on}의 ${table} ${chain} 체인에 규칙이 있습니다`;
  },
  ping({ from, to, size, expect }) {
    const bytes = size === undefined ? '' : `${size}바이트 패킷이 `;
    return `${from}에서 ${to}까지 ${bytes}${expect === 'reply' ? '도달합니다' : '도달하지 못합니다'}`;
  },
  http({ from, url, expect, client }) {
    if (expect !== 'answer') return `${from}에서 ${url} 페이지를 열지 못합니다`;
    return `${from}에서 ${url} 페이지를 엽니다${client === undefined ? '' : `. 서버가 본 주소는 ${client}`}`;
  },
  seen: ({ from, to, at, source }) =>
    `${from}에서 ${to}(으)로 보내면 ${at}에는 출발지가 ${source}(으)로 보입니다`,
  path({ from, to, http, upstream, through, never, translated, source, symmetric, ends }) {
    const parts = [
      through === undefined ? '' : `${through.join(', ')} 경유`,
      never === undefined ? '' : `${never.join(', ')} 거치지 않음`,
      translated === undefined ? '' : translation(translated),
      source === undefined ? '' : `${source.at}에 도착할 때 출발지 ${source.address}`,
      symmetric ? '돌아오는 길도 같음' : '',
    ].filter(Boolean);
    const asked = http ?? to;
    const sent =
      upstream === undefined
        ? `${from}에서 ${ends === undefined ? '보낸' : `${asked}(으)로 보낸`} 패킷이`
        : `${from}에서 ${asked}에 요청하면 프록시 ${upstream}에서 다시 보낸 패킷이`;
    const where = upstream === undefined ? `${asked}에 ` : '';
    const end = `${sent} ${ends === undefined ? `${where}도착합니다` : `${ends.at}에서 끝납니다`}`;
    return [end, parts.join(', ')].filter(Boolean).join(': ');
  },
  nat({ at, from, to, source, destination, port, seen }) {
    const changes = [
      destination === undefined && port === undefined ? '' : `목적지 ${endOf(destination, port)}`,
      source === undefined ? '' : `출발지 ${source}`,
      seen === undefined ? '' : `받는 쪽이 보는 출발지 ${seen}`,
    ].filter(Boolean);
    return [`${from}에서 ${to}(으)로 보낸 패킷의 주소를 ${at}에서 바꿉니다`, changes.join(', ')]
      .filter(Boolean)
      .join(': ');
  },
  process({ on, pid, name, uid, has, lacks }) {
    const parts = [
      pid === undefined ? '' : `자체 PID ${pid}`,
      uid === undefined ? '' : `사용자 ${uid}`,
      has === undefined ? '' : `${has.join(', ')} 있음`,
      lacks === undefined ? '' : `${lacks.join(', ')} 없음`,
    ].filter(Boolean);
    const runs = `${on}에서 ${name === undefined ? '프로세스가' : `‘${name}’ 프로세스가`} 실행 중입니다`;
    return [runs, parts.join(', ')].filter(Boolean).join(': ');
  },
  command({ on, run, as, exit, means }) {
    if (means !== undefined) return means.ko;
    const who = as === undefined ? '' : ` ‘${as}’ 프로세스의 권한으로`;
    return `${on}에서${who} ‘${run}’ 명령이 ${exit === 0 ? '성공합니다' : '거부됩니다'}`;
  },
  dns({ from, name, type, server, answer, referral, by, expect }) {
    const whom = server === undefined ? '' : ` ${server}에`;
    const asked = `${from}에서${whom} ${name}의 ${type === 'A' ? '주소' : `${type} 레코드`}를 물으면`;
    if (expect === 'name-unknown' || expect === 'record-missing') return `${asked} 없다고 합니다`;
    if (expect === 'name-server-refuses') return `${asked} 거부당합니다`;
    if (expect !== 'answer') return `${asked} 응답이 없습니다`;
    if (referral !== undefined) return `${asked} ${referral} 서버로 안내받습니다`;
    const source = by === undefined ? '' : ` ${by} 서버가`;
    return `${asked}${source} ${answer === undefined ? '응답합니다' : `${answer.join(', ')}(이)라고 응답합니다`}`;
  },
  resolve({ from, name, address, libc, expect }) {
    const who = libc === 'musl' ? `${from}의 musl 프로그램` : from;
    if (expect !== 'answer') return `${who}에서 ${name}의 주소를 찾지 못합니다`;
    return address === undefined
      ? `${who}에서 ${name}의 주소를 찾습니다`
      : `${who}에서 찾은 ${name}의 주소는 ${address}입니다`;
  },
  cached: ({ from, name, at }) => `${from}에서 ${name}의 주소를 물으면 ${at}에서 캐시로 응답합니다`,
  file({ on, hosts, nameserver, search, nsswitch, sysctl, absent }) {
    const is = absent ? '없습니다' : '있습니다';
    if (hosts !== undefined) return `${on}의 /etc/hosts에 ‘${hosts.address} ${hosts.name}’ 줄이 ${is}`;
    if (nsswitch !== undefined)
      return `${on}의 /etc/nsswitch.conf에서 호스트를 찾는 순서가 ${nsswitch}${absent ? '이(가) 아닙니다' : '입니다'}`;
    if (sysctl !== undefined)
      return `${on}의 /etc/sysctl.conf에 ‘${sysctl.key} = ${sysctl.value}’ 줄이 ${is}`;
    if (search !== undefined) return `${on}의 /etc/resolv.conf에 검색 도메인 ${search}이(가) ${is}`;
    return `${on}의 /etc/resolv.conf에 네임 서버 ${nameserver}이(가) ${is}`;
  },
  listener({ on, protocol, port, address, process, absent }) {
    const where = `${address === undefined ? on : `${on}의 ${address}`}에서`;
    const what = `${protocol.toUpperCase()} ${port}번 포트를 열고`;
    const who = process === undefined ? '프로그램' : process;
    return absent
      ? `${where} ${what} 기다리는 ${who}이(가) 없습니다`
      : `${where} ${who}이(가) ${what} 기다립니다`;
  },
  tcp: ({ from, to, port, expect }) =>
    expect === 'accepted'
      ? `${from}에서 ${to}의 ${port}번 포트에 연결됩니다`
      : `${from}에서 ${to}의 ${port}번 포트에 연결되지 않습니다`,
  tls({ from, to, port, name, trust, expect }) {
    if (expect !== 'accepted') return `${from}에서 ${to}의 ${port}번 포트에 TLS로 연결되지 않습니다`;
    const wish = `${trust === undefined ? '' : `${trust} 파일로 신뢰할 수 있는 `}${name === undefined ? '' : `${name}의 `}유효한 인증서`;
    return `${from}에서 ${to}의 ${port}번 포트에 TLS로 연결하면 ${wish}를 받습니다`;
  },
  distribution({ from, url, backends, spread, requests }) {
    const names = Object.keys(backends).join(', ');
    if (spread === 'one')
      return `${from}에서 ${url}(으)로 보낸 요청에 항상 같은 백엔드가 응답합니다: ${names}`;
    if (spread === 'every') return `${from}에서 ${url}(으)로 보낸 요청에 모든 백엔드가 응답합니다: ${names}`;
    return `${from}에서 ${url}(으)로 보낸 요청 ${requests}개를 백엔드가 나누어 받습니다: ${parts(backends)}`;
  },
};

function parts(backends: Record<string, number>): string {
  const equal = new Set(Object.values(backends)).size < 2;
  const one = ([name, weight]: [string, number]) => (equal ? name : `${name}(${weight})`);
  return Object.entries(backends).map(one).join(', ');
}

function translation(translated: NonNullable<CheckArguments['path']['translated']>): string {
  if (translated.length === 0) return '주소 변환 없음';
  return `주소 변환: ${translated.map(({ at, chain }) => `${at}(${chain})`).join(', ')}`;
}

function endOf(address: string | undefined, port: number | undefined): string {
  return [address ?? '', port === undefined ? '' : `포트 ${port}`].filter(Boolean).join(' ');
}
