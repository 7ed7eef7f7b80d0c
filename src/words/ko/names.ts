import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** Names, the files that turn them into addresses, and the servers that are asked. */
export const names = {
  'name-unknown': {
    what: '{node}에서 {name} 이름의 주소를 알 수 없습니다.[ 물어본 곳: {sources}.]',
    why: '패킷을 보내기 전에 /etc/hosts나 네임 서버를 통해 이름을 주소로 바꿔야 합니다.',
    where:
      '`{exec}getent ahosts {name}` 명령은 ping과 같은 방법으로 이름을 찾습니다. 찾는 순서는 /etc/nsswitch.conf, 네임 서버는 /etc/resolv.conf에 있습니다.',
    idea: '{node}의 /etc/hosts나 네임 서버에 이름을 등록하세요.',
  },
  'no-name-server': {
    what: '{node}에 네임 서버가 없습니다. /etc/resolv.conf에 지정된 서버가 없습니다.',
    why: '/etc/hosts에 없는 이름은 네임 서버에 물어봅니다. 네임 서버가 없으면 물어볼 곳이 없습니다.',
    where: '`{exec}cat /etc/resolv.conf` 명령으로 nameserver로 시작하는 줄이 있는지 확인합니다.',
    idea: '{node}의 /etc/resolv.conf에 네임 서버 주소를 적으세요.',
  },
  'name-server-silent': {
    what: '{node}에서 네임 서버 {server}에 {name}의 주소를 물었지만 답이 없습니다({said}).',
    why: '"없다"고 답하는 서버는 응답한 것입니다. 이 서버는 응답하지 않았습니다. 이름은 있을 수도 있습니다.',
    where:
      '`{exec}cat /etc/resolv.conf` 명령으로 어느 서버에 묻는지 보고, `{exec}dig @{server} {name}` 명령으로 그 서버에만 물어봅니다.',
    idea: '{server} 주소가 맞는지 확인하세요. 맞다면 서버가 실행 중인지, 그 서버가 다시 물어보는 서버는 응답하는지 확인하세요.',
  },
  'name-server-refuses': {
    what: '네임 서버 {server}에서 {name}에 대한 응답을 거부합니다(REFUSED).',
    why: '네임 서버는 자기 존에 대해서만 답합니다. 그 밖의 이름은 다른 서버에 물어보도록 설정하고, 누구의 질의를 받을지도 정해야 합니다.',
    where: '`{exec}dig @{server} {name}` 명령을 실행하면 헤더 줄의 status에 나옵니다.',
    idea: '다른 서버에 묻거나, {server}에서 다른 서버에 물어볼 수 있게 전달할 서버나 루트 서버를 설정하세요.',
  },
  'name-server-fails': {
    what: '네임 서버 {server}에서 {name}의 답을 찾지 못했습니다(SERVFAIL).',
    why: '이름이 없다는 뜻이 아닙니다. 다른 서버에 물어봤지만 쓸 만한 답을 얻지 못했다는 뜻입니다.',
    where: '`{exec}dig @{server} {name}` 명령을 실행하면 헤더 줄의 status에 나옵니다.',
    idea: '{server}에서부터 질의를 따라가 보세요. 어느 서버에 묻는지, 그 서버들은 답하는지 확인하세요.',
  },
  'record-missing': {
    what: '{name} 이름은 있지만 요청한 종류의 레코드가 없습니다[(물어본 서버: {server})].',
    why: '이름 하나에 여러 종류의 레코드가 있을 수 있습니다. 한 종류가 없다고 다른 종류도 없는 것은 아닙니다.',
    where: '`{exec}{dig}` 명령을 실행하면 오류는 없지만 이 종류의 레코드도 나오지 않습니다.',
    idea: '이 이름에 있는 종류로 묻거나, 존에 레코드를 추가하세요.',
  },
  'wrong-answer': {
    what: '{node}에서 {name}의 값은 {observed}입니다. {expected}(이)여야 합니다.[ 응답한 서버: {server}.]',
    why: '같은 이름이 여러 곳에 있을 수 있고, 내용이 서로 다를 수도 있습니다. 먼저 답하는 곳의 값을 씁니다.',
    where: [
      '`{exec}{dig}` 명령으로 레코드를 확인합니다. 답한 서버는 SERVER 줄에 나옵니다({server}).',
      '`{exec}getent ahosts {name}` 명령은 ping과 같은 방법으로 이름을 찾습니다. 찾는 순서는 /etc/nsswitch.conf에 있습니다({order}).',
    ],
    idea: '이렇게 답하는 곳을 찾아 고치거나, 다른 곳에 먼저 물어보게 하세요.',
  },
  'wrong-name-server': {
    what: '{name}에 대해 {server}에서 답했습니다. {expected}에서 답해야 합니다.',
    why: '어느 서버에서 답하느냐에 따라 보이는 값, 캐시에 남는 값, 질의가 닿는 곳이 달라집니다.',
    where: '`{exec}cat /etc/resolv.conf` 명령으로 네임 서버를 확인합니다. 먼저 답하는 서버가 쓰입니다.',
    idea: '{node}에서 {expected}에 물어보게 하세요.',
  },
  'not-cached': {
    what: '{at}에서 {name}에 대해 방금 답했는데도 다시 물어봅니다({observed}).',
    why: '네임 서버는 받은 답을 TTL만큼 보관합니다. 그래야 루트 서버가 전 세계의 질의를 감당할 수 있습니다.',
    where:
      '{from}에서 `{dig}` 명령을 두 번째로 실행하는 동안 `{exec}tcpdump -n -i any port 53` 명령으로 {at}에서 나가는 질의를 봅니다.',
    idea: '응답의 TTL과 서버의 캐시 설정을 확인하세요.',
  },
  'listener-present': {
    what: '{node}에 대기 중인 프로그램이 있습니다: {observed}. 없어야 합니다.',
    why: '대기 중인 프로그램에는 누군가 접속할 수 있습니다.',
    where: '`{exec}ss -ltnup` 명령으로 {node}에서 대기 중인 소켓과 프로그램을 확인합니다.',
    idea: '그 프로그램을 종료하세요.',
  },
  'wrong-process': {
    what: '{wanted}에서 대기 중인 프로그램은 {expected}이(가) 아니라 {observed}입니다.',
    why: '포트 하나는 한 번에 한 프로그램만 쓸 수 있습니다. 먼저 차지한 프로그램이 응답합니다.',
    where: '`{exec}ss -ltnup` 명령으로 {node}에서 대기 중인 소켓과 프로그램을 확인합니다.',
    idea: '{observed}을(를) 종료하고 {expected}을(를) 시작하세요.',
  },
} as const satisfies Record<string, Ladder>;

export const namePhrases = {
  dns: {
    expected: '{from}에서 `{dig}` 명령을 실행하면 다음과 같이 응답해야 합니다: {wish}.',
    negated: '{from}에서 실행한 `{dig}` 명령이 다음 이유로 실패해야 합니다: {wish}.',
    observed: '{from}에서 실행한 `{dig}`: {fact}.',
  },
  resolve: {
    expected: '{from}의 프로그램에서 {name} 이름의 주소를 찾을 수 있어야 합니다: {wish}.',
    negated: '{from}의 프로그램에서 {name} 이름의 주소를 다음 이유로 찾지 못해야 합니다: {wish}.',
    observed: '{from}에서 찾은 {name}: {fact}.',
  },
  cached: {
    expected: '{from}에서 `{dig}` 명령을 두 번째로 실행하면 {at}에서 캐시에 있는 답을 보내야 합니다.',
    observed: '{from}에서 실행한 `{dig}`: {fact}에서 답했고, {at}에서 나간 질의는 없습니다.',
  },
  file: {
    expected: '{node}의 {path}에 있어야 할 항목: {wish}.',
    negated: '{node}의 {path}에 없어야 할 항목: {entry}.',
    observed: '{node}의 {path}: {fact}.',
  },
  listener: {
    expected: '{node}에 대기 중인 프로그램이 있어야 합니다: {wish}.',
    negated: '{node}에 대기 중인 프로그램이 없어야 합니다: {wanted}.',
    observed: '{node}에서 대기 중: {fact}.',
  },
  tcp: {
    expected: '{from}에서 {to}의 포트 {port}(으)로 TCP 연결이 되어야 합니다.',
    negated: '{from}에서 {to}의 포트 {port}(으)로 하는 TCP 연결이 다음 이유로 실패해야 합니다: {wish}.',
    observed: '{from}에서 {to}의 포트 {port}(으)로 한 TCP 연결: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
