import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';

/** Names, the files that turn them into addresses, and the servers that are asked. */
export const names = {
  'name-unknown': {
    what: '{node}에서 {name} 이름의 주소를 알 수 없습니다.[ 물어본 곳: {sources}.][ {noServerIn}에 지정된 서버가 없습니다.][ 서비스 {nearService}은(는) 있습니다. 철자를 하나씩 비교해 보세요.][ 서비스 {otherService}은(는) 있습니다. 다른 네임스페이스에서는 짧은 이름만으로 찾을 수 없습니다.][ {serverNode}의 {daemon}은(는) 시작할 때나 마지막으로 SIGHUP을 받았을 때 파일에 있던 것만 압니다.][ {nearFile} 파일에 `{near}` 줄이 있습니다. {slipText}]',
    why: '패킷을 보내기 전에 /etc/hosts나 네임 서버를 통해 이름을 주소로 바꿔야 합니다.',
    where: [
      '`kubectl get services -A` 명령으로 클러스터 DNS({clusterDns})에서 찾을 수 있는 서비스와 네임스페이스를 확인합니다.',
      '`{exec}getent ahosts {name}` 명령은 ping과 같은 방법으로 이름을 찾습니다. 찾는 순서는 /etc/nsswitch.conf, 네임 서버는 /etc/resolv.conf에 있습니다.',
    ],
    idea: [
      '{name}이(가) 클러스터 DNS({clusterDns})에서 찾을 서비스 이름이라면 이름에 맞는 네임스페이스에 서비스를 만들거나, 이미 있는 서비스의 이름으로 물어보세요.',
      '{node}의 /etc/hosts나 네임 서버에 이름을 등록하세요.[ 네임 서버에 물어보려면 {noServerIn}의 `nameserver` 줄에 그 서버를 지정해야 합니다.][ {serverNode}의 {daemon}은(는) SIGHUP을 받으면 파일을 다시 읽습니다.]',
    ],
  },
  'no-name-server': {
    what: '{node}에 네임 서버가 없습니다. /etc/resolv.conf에 지정된 서버가 없습니다.[ 이 파일에 `{near}` 줄이 있습니다. {slipText}]',
    why: '/etc/hosts에 없는 이름은 네임 서버에 물어봅니다. 네임 서버가 없으면 물어볼 곳이 없습니다.',
    where:
      '`{exec}cat /etc/resolv.conf` 명령으로 nameserver, 공백, 서버의 IP 주소로 된 줄이 있는지 확인합니다.',
    idea: '{node}의 /etc/resolv.conf에 네임 서버 주소를 적으세요.',
  },
  'name-server-silent': {
    what: [
      '{node}에서 클러스터 DNS({outside})에 {name}의 주소를 물었지만 답이 없습니다({resultText}). 서비스와 파드의 이름에는 답하지만, 그 밖의 이름을 물어보는 클러스터 밖의 서버에서 답을 받지 못합니다.',
      '{node}에서 네임 서버 {server}에 {name}의 주소를 물었지만 답이 없습니다({resultText}). {serverNode}에서 {forwarder}이(가) 질문을 받고 있지만, 다시 물어보는 서버가 답하지 않으면 이 서버도 답하지 않습니다.',
      '{node}에서 네임 서버 {server}에 {name}의 주소를 물었지만 답이 없습니다({resultText}).',
    ],
    why: '"없다"고 답하는 서버는 응답한 것입니다. 이 서버는 응답하지 않았습니다. 이름은 있을 수도 있습니다.',
    where: [
      '`kubectl -n kube-system get configmap coredns -o yaml` 명령으로 {outside}에서 그 밖의 이름을 어디에 물어보는지(`forward`) 확인합니다.',
      '`{exec}cat /etc/resolv.conf` 명령으로 어느 서버에 묻는지 보고, `{exec}dig @{server} {name}` 명령으로 그 서버에만 물어봅니다.',
    ],
    idea: [
      'ConfigMap coredns의 `forward` 줄을 고치세요. {outside}에서 물어보는 주소에서 네임 서버가 응답하는지 확인하세요.',
      '{clusterDns}은(는) kubelet이 모든 파드에 적어 주는 올바른 주소입니다. DNS 파드가 실행 중인지, {node}에서 DNS 파드에 물어보는 것(포트 53, UDP와 TCP)을 막는 네트워크 정책은 없는지 확인하세요.',
      '{server} 주소가 맞는지 확인하세요. 맞다면 서버가 실행 중인지, 그 서버가 다시 물어보는 서버는 응답하는지 확인하세요.[ {serverNode}의 {daemon}은(는) SIGHUP을 받으면 파일을 다시 읽습니다.]',
    ],
  },
  'name-server-refuses': {
    what: '네임 서버 {server}에서 {name}에 대한 응답을 거부합니다(REFUSED).[ {serverNode}의 {daemon}은(는) 시작할 때나 마지막으로 SIGHUP을 받았을 때 파일에 있던 서버에만 다시 물어봅니다.]',
    why: '네임 서버는 자기 존에 대해서만 답합니다. 그 밖의 이름은 다른 서버에 물어보도록 설정하고, 누구의 질의를 받을지도 정해야 합니다.',
    where: '`{exec}dig @{server} {name}` 명령을 실행하면 헤더 줄의 status에 나옵니다.',
    idea: [
      '클러스터 DNS({clusterDns})는 ConfigMap coredns에 그 밖의 이름을 위한 `forward` 줄이 없으면 서비스와 파드의 이름에만 답합니다.',
      '다른 서버에 묻거나, {server}에서 다른 서버에 물어볼 수 있게 전달할 서버나 루트 서버를 설정하세요.[ {serverNode}의 {daemon}은(는) SIGHUP을 받으면 파일을 다시 읽습니다.]',
    ],
  },
  'name-server-fails': {
    what: [
      '클러스터 DNS({clusterDns})에 {name} 이름이 없습니다. 이런 이름의 서비스나 파드가 없습니다. 클러스터 밖의 서버에도 물어봤지만 답을 얻지 못했습니다(SERVFAIL).[ 서비스 {nearService}은(는) 있습니다. 철자를 하나씩 비교해 보세요.][ 서비스 {otherService}은(는) 있습니다. 다른 네임스페이스에서는 짧은 이름만으로 찾을 수 없습니다.]',
      '네임 서버 {rootless}에서 {name}의 답을 찾지 못했습니다(SERVFAIL). 조회가 시작되는 루트 서버부터 찾지 못합니다.',
      '네임 서버 {server}에서 {name}의 답을 찾지 못했습니다(SERVFAIL).',
    ],
    why: [
      '클러스터 DNS({clusterDns})는 서비스와 파드의 이름에 답합니다. 그 밖의 이름은 없는 서비스의 이름까지 클러스터 밖의 서버에 물어봅니다.',
      '아직 아무것도 모르는 네임 서버({rootless})는 먼저 루트 서버에 묻습니다. 루트 힌트에는 루트 서버의 이름(NS)과 바로 그 이름의 주소(A)가 있어야 합니다.',
      '이름이 없다는 뜻이 아닙니다. 다른 서버에 물어봤지만 쓸 만한 답을 얻지 못했다는 뜻입니다.',
    ],
    where: [
      '`kubectl get services -A` 명령으로 서비스와 네임스페이스를, `kubectl -n kube-system get configmap coredns -o yaml` 명령으로 {clusterDns}에서 그 밖의 이름을 어디에 물어보는지(`forward`) 확인합니다.',
      '`{exec}dig @{rootless} . NS` 명령으로 루트만 물어보면 역시 status가 SERVFAIL입니다.',
      '`{exec}dig @{server} {name}` 명령을 실행하면 헤더 줄의 status에 나옵니다.',
    ],
    idea: [
      '{name}이(가) 서비스 이름이라면 이름에 맞는 네임스페이스에 서비스를 만드세요. 클러스터 밖의 이름이라면 ConfigMap coredns의 `forward` 줄을 고치세요.',
      '{rootless}의 루트 힌트를 한 글자씩 읽어 보세요. NS 뒤의 이름과 주소를 준 이름이 같아야 하고, 그 주소에서 서버가 응답해야 합니다. 고친 뒤에는 네임 서버를 다시 시작하세요. 루트 힌트는 시작할 때 읽습니다.',
      '{server}에서부터 질의를 따라가 보세요. 어느 서버에 묻는지, 그 서버들은 답하는지 확인하세요.',
    ],
  },
  'record-missing': {
    what: '{name} 이름은 있지만 요청한 종류의 레코드가 없습니다[(물어본 서버: {server})].',
    why: '이름 하나에 여러 종류의 레코드가 있을 수 있습니다. 한 종류가 없다고 다른 종류도 없는 것은 아닙니다.',
    where: '`{exec}{dig}` 명령을 실행하면 오류는 없지만 이 종류의 레코드도 나오지 않습니다.',
    idea: '이 이름에 있는 종류로 묻거나, 존에 레코드를 추가하세요.',
  },
  'one-family-only': {
    what: [
      '네임 서버 {server}에 {name}의 {has} 레코드는 있지만 {type} 질의를 거부합니다({refused}).',
      '네임 서버 {server}에 {name}의 {has} 레코드는 있지만 {type} 질의에는 그런 이름이 없다고 합니다({denied}).',
      '네임 서버 {server}에 {name}의 {has} 레코드는 있지만 {silent} 질의에는 응답하지 않습니다.',
    ],
    why: '프로그램은 두 주소 체계를 동시에 묻습니다. glibc는 받은 쪽을 쓰지만, 다른 쪽에 응답이 없으면 시간 제한을 세 번(15초) 기다립니다. musl(Alpine)은 거부를 무응답으로 여겨 5초 뒤에 포기하고, 없는 이름이라는 응답은 그대로 믿습니다.',
    where:
      '`{exec}dig @{server} {name} {type}` 명령의 헤더 줄에 상태가 있습니다. 레코드 없이 NOERROR면 맞습니다.',
    idea: [
      '{name}의 {silent} 질의를 버리는 것을 찾으세요. {server}까지 가는 길이나 그 서버에 있는 규칙 또는 필터입니다.',
      '서버가 그 이름을 직접 맡아 "그런 레코드가 없다"고 말할 수 있게 하세요. dnsmasq.conf에 `local=/{name}/`을 추가합니다.',
    ],
  },
  'wrong-answer': {
    what: [
      '{node}에서 {name}의 값은 {observed}입니다. {expected}(이)여야 합니다. 클러스터 DNS에서 답한 {dnsAddress}은(는) 서비스 {dnsService}({dnsNamespace} 네임스페이스)의 ClusterIP입니다.',
      '{node}에서 {name}의 값은 {observed}입니다. {expected}(이)여야 합니다.[ 문자열 {parts}개로 나뉘어 있고, 이들은 공백 없이 이어집니다. 텍스트 전체를 큰따옴표 한 쌍으로 묶어야 합니다.][ 응답한 서버: {server}.][ {serverNode}의 {daemon}에서 온 응답입니다. 파일의 내용은 시작할 때나 마지막으로 SIGHUP을 받았을 때 읽은 것입니다.]',
    ],
    why: [
      '클러스터 DNS에는 서비스마다 이름과 ClusterIP(여기서는 {dnsAddress})가 있습니다. 같은 네임스페이스에서는 SERVICE로, 어느 네임스페이스에서든 SERVICE.NAMESPACE로 찾습니다.',
      '같은 이름이 여러 곳에 있을 수 있고, 내용이 서로 다를 수도 있습니다. 먼저 답하는 곳의 값을 씁니다.',
    ],
    where: [
      '`kubectl -n {dnsNamespace} get service {dnsService}` 명령으로 ClusterIP를 확인합니다.',
      '`{exec}{dig}` 명령으로 레코드를 확인합니다. 답한 서버는 SERVER 줄에 나옵니다({server}).',
      '`{exec}getent ahosts {name}` 명령은 ping과 같은 방법으로 이름을 찾습니다. 찾는 순서는 {order}입니다. 이 순서는 /etc/nsswitch.conf의 `hosts:` 줄로 정합니다.',
    ],
    idea: [
      '{name}의 텍스트를 큰따옴표 한 쌍으로 묶어 문자열 {parts}개가 아닌 하나로 만드세요. 따옴표는 셸이 없애므로 `echo`로 쓰는 내용 전체를 작은따옴표로 묶습니다.',
      '{dnsService}이(가) 원하는 서비스라면 삭제하고 `--cluster-ip={expected}` 옵션으로 다시 만드세요. ClusterIP는 바꿀 수 없습니다. 다른 서비스를 찾는 것이라면 그 서비스의 이름으로 물어보세요.',
      '이렇게 답하는 곳을 찾아 고치거나, 다른 곳에 먼저 물어보게 하세요.[ {serverNode}의 {daemon}은(는) SIGHUP을 받으면 파일을 다시 읽습니다.]',
    ],
  },
  'wrong-name-server': {
    what: '{name}에 대해 {server}에서 답했습니다. {expected}에서 답해야 합니다.[ {node}의 /etc/resolv.conf에는 {server}이(가) 먼저 나옵니다. 그 뒤의 {later}에는 {server}에서 응답이 없을 때만 물어봅니다.]',
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
    expected: '{from}의 프로그램에서 {asking} 이름의 주소를 찾을 수 있어야 합니다[: {wanted}].',
    negated: '{from}의 프로그램에서 {asking} 이름의 주소를 다음 이유로 찾지 못해야 합니다: {wish}.',
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

/** Servers for time and mail. */
export const wire = {
  'clock-unsynchronised': {
    what: [
      "{to}에서 시간을 알려 주기를 거부했습니다: kiss-o'-death {refused}.",
      '{to}에서 응답은 했지만 자기 시계가 동기화되지 않았다고 합니다: {observed}.',
    ],
    why: '클라이언트는 기준 시계가 없는 서버를 따르지 않습니다. 응답이 왔으므로 네트워크 문제는 아닙니다.',
    where:
      '서버에서 `chronyc -n sources` 명령으로 어느 서버에 물어보는지, `chronyc tracking` 명령으로 그중 하나를 따르는지 확인합니다.',
    idea: '서버가 도달할 수 있는 기준 서버를 설정하거나, 자기 시계를 기준으로 삼게 하세요(chrony.conf의 `local stratum 8`).',
  },
  'wrong-offset': {
    what: '{from}의 시계를 기준으로 {to}의 시계는 {offset}초 차이가 납니다(+는 빠름, -는 늦음). {wanted}초(오차 {within}초)여야 합니다.',
    why: '오프셋은 두 시계가 얼마나 다른지만 알려 줍니다. 어느 쪽이 맞는지는 세 번째 시계가 있어야 알 수 있습니다.',
    where: '`{exec}ntpdig {to}` 명령으로 오프셋을 보고, 다른 서버에도 물어봅니다.',
    idea: '여러 서버에 물어 서로 일치하는 서버를 찾아 어느 시계가 틀렸는지 알아내세요.',
  },
  'wrong-stratum': {
    what: '{to}의 stratum은 {seen}입니다. {stratum}(이)여야 합니다.',
    why: 'stratum은 기준 시계까지 거치는 서버의 수입니다. 기준 서버를 잃었거나 자기 시계를 믿는 서버는 값이 달라집니다.',
    where: '서버에서 `chronyc -n sources` 명령으로 어느 서버를 따르는지 확인합니다.',
    idea: '서버가 정해진 기준 서버를 따르게 하거나 chrony.conf의 `local stratum` 값을 고치세요.',
  },
  'path-mtu': {
    what: [
      '{from}에서 {to}(으)로 보내서 응답을 받는 가장 큰 패킷은 {observed}바이트입니다. {expected}바이트여야 합니다. {place}의 MTU는 {takes}바이트입니다.',
      '{from}에서 {to}(으)로 보내서 응답을 받는 가장 큰 패킷은 {observed}바이트입니다. {expected}바이트여야 합니다.',
    ],
    why: '더 큰 패킷은 조각으로 나뉘거나, 나눌 수 없으면(DF, IPv6에서는 항상) 버려집니다. 이를 알리는 ICMP 오류까지 돌아오지 않으면 작은 패킷은 통과하고 큰 패킷은 사라집니다.',
    where:
      '`{exec}ping -n -M do -c 1 -s {data} {to}` 명령으로 나눌 수 없는 예상 크기의 패킷을 보냅니다. `hoplab trace {from} {to} --size {data}` 명령으로 어디에서 끝나는지 확인합니다.',
    idea: '경로에 있는 회선마다 양쪽 끝 인터페이스의 MTU를 비교합니다. 터널에는 자체 헤더가 들어갈 자리가 필요합니다(`ip link`, `ip route get {to}`).',
  },
  'time-source-missing': {
    what: '{node}의 chronyd가 {source}에 시간을 물어보지 않습니다.',
    why: 'chronyd는 시작할 때 한 번 읽은 chrony.conf의 서버에만 물어봅니다.',
    where: '`{exec}chronyc -n sources` 명령으로 물어보는 서버 목록을 확인합니다.',
    idea: 'chrony.conf에 `server {source} iburst` 줄을 추가하고 chronyd를 다시 시작하거나 `chronyc add server {source}` 명령을 사용하세요.',
  },
  'time-source-state': {
    what: '{node}의 chronyd가 판단한 {source}의 상태는 {observed}입니다. {wanted}(이)여야 합니다.',
    why: '클라이언트는 다수와 일치하는 서버를 따릅니다. 일대일은 다수가 아니며, 응답하지 않는 서버에는 투표권이 없습니다.',
    where:
      '`{exec}chronyc -n sources` 명령으로 상태(`*` 선택됨, `x` 틀린 시계, `?` 사용 불가)와 최근 질문 여덟 개 중 응답받은 것(8진수)을, `{exec}chronyc -n sourcestats` 명령으로 서버마다 얼마나 다른지 확인합니다.',
    idea: '오프셋을 비교해 어느 서버들이 일치하는지 찾으세요. 응답하지 않는 서버가 있으면 `hoplab trace {node} {source} --udp 123` 명령으로 패킷이 어디서 끝나는지 찾으세요.',
  },
  'wrong-mail-answer': {
    what: '{sender}에서 {recipient}(으)로 보낸 메일에 {to}에서 {stage} 단계에 이렇게 응답했습니다: {observed}. {wanted}(이)여야 합니다.',
    why: '첫 숫자가 결과를 정합니다. 2는 수신, 4는 나중에 다시 시도, 5는 영구 거부입니다. SPF는 From 줄이 아니라 봉투의 발신자를 검사합니다.',
    where:
      '`{exec}swaks --server {to} --from {sender} --to {recipient}` 명령으로 세션 전체를 보고, 메일 서버의 로그에서 그렇게 응답한 이유를 확인합니다.',
    idea: '응답의 문장에 결정한 규칙이 있습니다. SPF라면 보낸 주소를 발신자 도메인의 TXT 레코드와 비교하세요.',
  },
  'queries-lost': {
    what: '{from}에서 {to}(으)로 보낸 질의 {sent}개 중 {missing}개에 응답이 없습니다({part}). 잃어도 되는 것은 {lost}까지입니다.',
    why: '잃어버린 UDP 질의를 네트워크가 다시 보내 주지 않습니다. 프로그램은 자기 시간 제한(보통 5초)이 지나야 다시 묻습니다.',
    where:
      '어디서 끝나는지 찾습니다. `{exec}nft list ruleset`과 `iptables -S -v`는 규칙이 버린 수를, `conntrack -C`는 노드의 플로 수를 보여 줍니다. 출발지 포트마다 플로가 하나입니다.',
    idea: '플로 수 제한 때문에 버려진다면 플로를 줄이세요. 변환할 필요가 없는 것은 추적하지 않거나(NOTRACK) 제한을 늘립니다.',
  },
  'rate-too-low': {
    what: '{from}에서 {to}(으)로 물으면 초당 응답 수가 {against}에 물을 때의 {rateSeen}배입니다. {rate}배 이상이어야 합니다.',
    why: '두 길을 같은 실행에서 번갈아 쟀으므로 VM의 부하는 양쪽에 똑같이 들어 있습니다. 괄호 안은 측정의 불확실한 범위입니다.',
    where:
      '`hoplab trace {from} {to} --dns {name}` 명령으로 질의가 가는 길에서 무슨 일이 일어나는지 확인합니다.',
    idea: '{against}(으)로 가는 길에는 없고 {to}(으)로 가는 길에만 있는 제한이나 우회를 찾으세요.',
  },
  'latency-too-high': {
    what: '{to}의 응답은 {against}의 응답보다 {latencySeen}배 걸립니다. {latency}배 이하여야 합니다.',
    why: '두 길을 같은 실행에서 번갈아 쟀으므로 VM의 부하는 양쪽에 똑같이 들어 있습니다. 괄호 안은 측정의 불확실한 범위입니다.',
    where:
      '`hoplab trace {from} {to} --dns {name}` 명령으로 질의가 가는 길에서 무슨 일이 일어나는지 확인합니다.',
    idea: '{against}(으)로 가는 길에는 없고 {to}(으)로 가는 길에만 있는 대기열이나 우회를 찾으세요.',
  },
} as const satisfies Record<string, Ladder>;

export const wirePhrases = {
  ntp: {
    expected: '{to}에서 {from}(으)로 시간을 알려 주어야 합니다: {wish}.',
    negated: '{from}에서 {to}(으)로 보낸 시간 질문이 다음 이유로 실패해야 합니다: {wish}.',
    observed: '{to}에서 {from}(으)로 온 응답: {fact}.',
  },
  'time-source': {
    expected: '{node}의 chronyd가 판단한 {source}의 상태는 이래야 합니다: {wish}.',
    observed: '{node}의 chronyd가 판단한 {source}의 상태: {fact}.',
  },
  load: {
    expected: '부하가 있을 때 {to}에서 {from}(으)로 이렇게 응답해야 합니다: {wish}.',
    negated: '{from}에서 {to}(으)로 보낸 질의가 다음 이유로 실패해야 합니다: {wish}.',
    observed: '부하가 있을 때의 {to}: {fact}.',
  },
  mtu: {
    expected: '{from}에서 {to}(으)로 보내서 응답을 받는 가장 큰 패킷은 {wish}바이트여야 합니다.',
    observed: '{from}에서 {to}(으)로 보내서 응답을 받는 가장 큰 패킷(바이트): {fact}.',
  },
  'all-pairs': {
    expected: '{nodes}의 모든 쌍에서 응답을 받아야 합니다: {wish}쌍({family}).',
    observed: '응답을 받은 쌍: {fact}.',
  },
  smtp: {
    expected: '{from}에서 보낸 {sender}의 메일({recipient} 앞)에 {to}에서 이렇게 응답해야 합니다: {wish}.',
    negated: '{from}에서 {to}(으)로 보낸 메일이 다음 이유로 실패해야 합니다: {wish}.',
    observed: '{to}의 응답: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const wireQuestions = {
  ntp: ({ from, to, expect, offset }) => {
    if (expect !== 'answer') return `${from}에서 ${to}(으)로 보낸 시간 질문이 실패합니다(${expect})`;
    const apart = offset === undefined ? '' : `, ${from}의 시계와 ${offset}초 차이`;
    return `${to}에서 ${from}(으)로 시간을 알려 줍니다${apart}`;
  },
  'time-source': ({ on, source, state, answers }) => {
    const wish = [
      ...(state === undefined ? [] : [state.join(' / ')]),
      ...(answers === undefined ? [] : [answers ? '응답 있음' : '응답 없음']),
    ];
    return `${on}의 chronyd가 ${source}에 시간을 물어봅니다${wish.length === 0 ? '' : `: ${wish.join(', ')}`}`;
  },
  load: ({ from, to, against, clients, expect }) => {
    if (expect !== 'answer')
      return `${from}의 클라이언트 ${clients}개에서 ${to}(으)로 보낸 질의가 실패합니다(${expect})`;
    const beside = against === undefined ? '' : `(${against}와(과) 비교)`;
    return `${from}의 클라이언트 ${clients}개가 보낸 많은 질의에 ${to}에서 응답합니다${beside}`;
  },
  mtu: ({ from, to, bytes }) =>
    `${from}에서 ${to}(으)로 보내서 응답을 받는 가장 큰 패킷은 ${bytes}바이트입니다`,
  'all-pairs': ({ nodes, family }) =>
    `${nodes === undefined ? '모든 노드' : nodes.join(', ')}의 모든 쌍에서${family === 'ipv6' ? ' IPv6로' : ''} 통신이 됩니다`,
  smtp: ({ from, to, sender, code, expect }) =>
    expect === 'answer'
      ? `${from}에서 보낸 ${sender || '<>'}의 메일에 ${to}에서 ${code}(으)로 응답합니다`
      : `${from}에서 ${to}(으)로 보낸 메일이 실패합니다(${expect})`,
} satisfies Partial<Questions>;
