import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** What is to be taken away where a packet gets further than a check wants it to. */
const surplus = [
  '{surplusNode}의 {surplusLink} 인터페이스에서 주소 {surplusAddress}을(를) 삭제하세요. 이 주소 때문에 {surplusNode}에 {surplusTo}(으)로 가는 경로가 생기는데, 이 단계에서는 없어야 합니다. 나중 단계에서 필요하면 그때 추가하세요.',
  '{surplusNode}에서 `{surplusRoute}` 경로를 삭제하세요. 이 단계에서는 {surplusNode}에 {surplusTo}(으)로 가는 경로가 없어야 합니다. 나중 단계에서 필요하면 그때 추가하세요.',
  '{surplusNode}에서 `{surplusRule}` 규칙을 삭제하세요. 이 단계에서는 패킷의 출발지를 바꾸지 않아야 합니다. 나중 단계에서 필요하면 그때 추가하세요.',
  '{surplusNode}에서 {surplusKey} 값을 0으로 바꾸세요. 이 단계에서는 {surplusNode}에서 패킷을 전달하지 않아야 합니다.',
  '{surplusNode}에 {surplusTo}(으)로 가는 경로를 만드는 것을 없애세요: {surplus}. 이 단계에서는 그 경로가 없어야 합니다.',
] as const;

/** Programs and probes. */
export const probes = {
  'no-listener': {
    what: [
      '{node}의 {link} 인터페이스에서 그룹 {group}에 가입한 프로그램이 없어, 커널이 그 그룹의 패킷을 버립니다.',
      '{protocol} 노드 포트 {nodePort}번을 쓰는 서비스가 없습니다.[ 노드 포트가 있는 서비스: {nodePorts}.] 그래서 {node}에는 이 패킷을 파드로 보내는 kube-proxy의 규칙이 없고, 이 포트에서 수신 대기 중인 프로그램도 없습니다.[ 규칙 하나가 거의 맞습니다: `{nearly}`. `{condition}` 조건 때문에 적용되지 않습니다.][ {node}에 {misnamed} 인터페이스는 없습니다.][ `{forArrivals}` 규칙은 이 패킷을 다른 곳으로 보낼 수 있지만 들어오는 패킷만 봅니다. 이 패킷은 {node}에서 만들어졌으므로 OUTPUT 체인을 거칩니다.][ `{forOwn}` 규칙은 이 패킷을 다른 곳으로 보낼 수 있지만 {node}에서 만든 패킷만 봅니다. 이 패킷은 들어온 것이므로 PREROUTING 체인을 거칩니다.]',
      '{node}의 {protocol} 포트 {port}: 수신 대기 중인 프로그램이 없습니다.[ 서비스 {service}({serviceNamespace} 네임스페이스)는 패킷을 파드의 이 포트로 보냅니다.][ {engine}의 {published}번 포트로 온 연결은 `docker run -p`로 정한 대로 이 포트로 갑니다.][ 이 노드에서 쓸 수 있는 서비스의 노드 포트: {nodePorts}.][ 수신 대기 중인 {protocol} 포트: {openPorts}.][ {nearProcess}은(는) 포트 {nearPort}에서 수신 대기하고 있습니다.][ {client}의 네임 서버로 지정된 {nameServer}은(는) {node}의 주소입니다.][ 규칙 하나가 거의 맞습니다: `{nearly}`. `{condition}` 조건 때문에 적용되지 않습니다.][ {node}에 {misnamed} 인터페이스는 없습니다.][ `{forArrivals}` 규칙은 이 패킷을 다른 곳으로 보낼 수 있지만 들어오는 패킷만 봅니다. 이 패킷은 {node}에서 만들어졌으므로 OUTPUT 체인을 거칩니다.][ `{forOwn}` 규칙은 이 패킷을 다른 곳으로 보낼 수 있지만 {node}에서 만든 패킷만 봅니다. 이 패킷은 들어온 것이므로 PREROUTING 체인을 거칩니다.][ {node}에서 {address} 주소를 자기 것으로 여기는 것은 `{taken}` 경로 때문입니다.][ {node}에서 {named} 이름은 {node} 자신의 주소 {tried}입니다.][ /etc/hosts에 `{hostsLine}` 줄이 있습니다.]',
    ],
    why: [
      '노드는 프로그램이 그룹({group})에 가입해 있는 인터페이스에서만 그 그룹의 패킷을 받습니다. 보낸 쪽에는 아무것도 알리지 않습니다.',
      '노드 포트({nodePort})는 모든 노드에 있는 kube-proxy의 규칙에만 나오고, 규칙은 서비스의 포트마다 하나씩 있습니다. 그 밖의 포트로 온 패킷은 노드에서 수신 대기 중인 프로그램이 없으면 커널이 거부합니다.',
      '패킷은 도착하지만 기다리는 프로그램이 없어 커널이 거부합니다.',
    ],
    where: [
      '`{ip} maddr show dev {link}` 명령으로 {link}의 그룹을 확인합니다. {group}은(는) 목록에 없습니다.',
      '`kubectl get services -A` 명령을 실행하면 노드 포트는 서비스의 포트 다음에 나옵니다(`80:{nodePort}/TCP`). {nodePort}번은 목록에 없습니다.',
      '`{exec}iptables -t nat -L {nearIn} -n -v` 명령으로 규칙마다 패킷이 몇 개 걸렸는지 확인합니다. 이 규칙의 카운터는 늘지 않습니다.',
      '`{exec}iptables -t nat -S` 명령으로 체인별 규칙을 확인합니다. {rightChain} 체인에는 이 패킷에 맞는 규칙이 없습니다.',
      '`{ip} route show table local` 명령으로 {node}에서 자기 것으로 여기는 주소를 확인합니다. `{taken}` 경로는 있지만 {address} 주소를 가진 인터페이스는 없습니다.',
      '`{exec}ss -ltnu` 명령으로 {node}에서 수신 대기 중인 소켓을 확인합니다.',
    ],
    idea: [
      '{node}에서 {group}에 가입하는 프로그램을 시작하세요.',
      '{named} 이름이 원하는 노드를 가리키는지 확인하세요. 아니라면 그 노드의 주소로 고치세요. 지금 {node}에서는 {tried}입니다.',
      '{service} 서비스의 targetPort를 파드에서 수신 대기 중인 포트({openPorts})로 바꾸세요.',
      '{dockers}에서 공개된 포트의 규칙은 `docker run -p HOST:CONTAINER`에 따라 만들어집니다. 포트가 틀린 컨테이너를 삭제하고(`docker rm -f`) 올바른 포트로 다시 시작하세요. Compose로 시작했다면 파일의 `ports:`를 고치고 `docker compose up -d`를 실행합니다.',
      '{engineAt}에서 {protocol} 포트 {port}번을 공개한 컨테이너가 없습니다. 공개할 컨테이너를 시작하세요. `docker run -p {port}:PORT`를 쓰거나, Compose 파일의 `ports:`에 적고 `docker compose up -d`를 실행합니다.',
      '서비스의 노드 포트를 {nodePort}번으로 바꾸거나, 이미 있는 노드 포트({nodePorts})로 보내세요.',
      '노드 포트가 {nodePort}번인 NodePort 서비스를 만드세요(`kubectl create service nodeport NAME --tcp=PORT:TARGETPORT --node-port={nodePort}`).',
      '서비스의 노드 포트({nodePorts})로 보내거나, {node}의 이 포트에서 서버를 시작하세요.',
      '{node}의 규칙에서 패킷과 맞지 않는 조건 `{condition}`을(를) 고치세요.',
      '이 패킷이 지나는 {rightChain} 체인에도 그 규칙을 추가하세요.',
      '{node}에서 `{taken}` 경로를 삭제하세요. 이 패킷은 다른 노드로 가야 합니다.',
      '패킷의 포트를 {givenPort}번으로 바꾸는 {portGiver}의 규칙을 고치세요.',
      '{node}에서 서버를 시작하거나, 서버가 실행 중인 노드와 포트로 패킷을 보내세요.',
    ],
  },
  'port-closed': {
    what: [
      '{engine}에서 {container} 컨테이너의 포트 {inner}번은 `docker run -p`로 정한 대로 {observed}에서만 열려 있고, {address} 주소에서는 열려 있지 않습니다.',
      '{node}에서 {protocol} 포트 {port}의 소켓이 {peer}에 연결되어 있어, 그 상대의 패킷만 받습니다.',
      '{node}의 프로그램은 {bound} 인터페이스에서만 포트 {port}에서 수신 대기합니다(SO_BINDTODEVICE). 패킷은 {cameBy}(으)로 들어왔습니다.',
      '{node}의 프로그램은 {sixOnly}에서 IPv6만 수신 대기합니다(IPV6_V6ONLY). 패킷은 {address} 주소로 온 IPv4 패킷입니다.',
      '{node}의 프로그램은 {observed}에서만 대기하고 {address} 주소에서는 수신 대기하지 않습니다.[ {node}에서 {named} 이름은 {node} 자신의 주소 {tried}입니다.][ /etc/hosts에 `{hostsLine}` 줄이 있습니다.]',
    ],
    why: [
      'UDP 소켓은 connect(2)를 하면 상대 하나({peer})의 것이 됩니다. 다른 곳에서 온 패킷에는 맞는 소켓이 없으므로 커널은 포트가 닫혔다고 응답합니다.',
      '인터페이스({bound})에 묶인 소켓은 주소와 관계없이 다른 인터페이스로 들어온 패킷을 받지 못합니다.',
      'IPv6의 모든 주소에서 대기하는 소켓({sixOnly})은 프로그램이나 net.ipv6.bindv6only 설정이 막지 않는 한 IPv4도 받습니다.',
      '한 주소에서만 수신 대기하는 프로그램은 같은 노드의 다른 주소로 온 연결을 받지 못합니다.',
    ],
    where: [
      '`{exec}ss -nup` 명령에 연결된 소켓의 상대가 {peer}(으)로 나옵니다.',
      '`{exec}ss -ltnu` 명령에 주소와 함께 인터페이스가 `%{bound}`로 나옵니다.',
      '`{exec}ss -ltn` 명령에 이 소켓은 {sixOnly}(으)로 나옵니다. 두 프로토콜을 모두 받는 소켓은 주소 자리에 `*`가 나옵니다.',
      '`{exec}ss -ltn` 명령으로 수신 대기 중인 소켓의 로컬 주소를 확인합니다.',
    ],
    idea: [
      '주소 없이(`docker run -p {published}:{inner}`) 또는 {address} 주소로 포트를 공개하세요.',
      '프로그램이 질문을 받는 소켓에서는 {peer}에 connect(2)를 하는 대신 sendto(2)와 recvfrom(2)를 쓰게 하세요.',
      '프로그램을 {cameBy}에도 묶거나, 어느 인터페이스에도 묶지 마세요.',
      '프로그램이 {sixOnly} 외에 0.0.0.0에서도 수신 대기하게 하거나, IPV6_V6ONLY 없이 대기하게 하세요.',
      '프로그램이 {address} 주소나 모든 주소(0.0.0.0, IPv6는 ::)에서 수신 대기하게 하세요.',
    ],
  },
  'listener-full': {
    what: '{node}의 TCP 포트 {port}에서 [{process} ]프로그램이 수신 대기하지만, 수락을 기다리는 연결의 큐가 가득 찼습니다({waiting}개).',
    why: '커널은 연결을 맺은 뒤 프로그램이 수락할 때까지 큐에 둡니다. 큐가 가득 차면 새 SYN 패킷을 아무 말 없이 버리고, 클라이언트는 기다리게 됩니다.',
    where:
      '`{exec}ss -ltn` 명령으로 수신 대기 중인 소켓의 큐를 확인합니다. Recv-Q는 기다리는 수, Send-Q는 최대 수입니다.',
    idea: '프로그램이 연결을 수락하지 않는 이유(멈춤, 정지)를 찾거나 backlog를 늘리세요.',
  },
  'unexpected-reply': {
    what: [
      '{from}에서 {to}의 {open}번 포트에 연결됩니다. 연결되지 않아야 합니다. 예상한 이유: {expectText}.[ {dropper}에 조건 하나만 맞으면 이 패킷을 막을 규칙이 있습니다: `{nearly}`. `{condition}` 조건이 맞지 않습니다.][ {dropper}에 {misnamed} 인터페이스는 없습니다.][ 이 규칙에서 패킷의 목적지는 이미 {natted}(으)로 변환되어 있습니다.][ {dropper}의 `{late}` 규칙이라면 막지만, 그 앞의 `{taken}` 규칙이 먼저 통과시킵니다.][ {dropper}의 `{strange}` 규칙은 이 패킷을 보지 못합니다. {dropper}에서 이 패킷은 {otherHook}이(가) 아니라 {hook} 체인을 지납니다.]',
      '{from}의 요청에 {to}에서 응답합니다. 응답하지 않아야 합니다. 예상한 이유: {expectText}.[ {dropper}에 조건 하나만 맞으면 이 패킷을 막을 규칙이 있습니다: `{nearly}`. `{condition}` 조건이 맞지 않습니다.][ {dropper}에 {misnamed} 인터페이스는 없습니다.][ 이 규칙에서 패킷의 목적지는 이미 {natted}(으)로 변환되어 있습니다.][ {dropper}의 `{late}` 규칙이라면 막지만, 그 앞의 `{taken}` 규칙이 먼저 통과시킵니다.][ {dropper}의 `{strange}` 규칙은 이 패킷을 보지 못합니다. {dropper}에서 이 패킷은 {otherHook}이(가) 아니라 {hook} 체인을 지납니다.]',
    ],
    why: [
      '{open}번 포트에 연결할 수 있으면 누구나 그 뒤의 프로그램을 쓸 수 있습니다.',
      '응답이 왔다는 것은 가는 길과 돌아오는 길이 모두 열려 있다는 뜻입니다.',
    ],
    where: [
      '`kubectl describe networkpolicy -A` 명령으로 정책마다 네임스페이스, 선택하는 파드, 허용하는 것을 확인합니다. {policyPod}의 레이블은 `kubectl get pods -A --show-labels` 명령으로 봅니다.',
      '`hoplab trace --details {from} --tcp {open} {to}` 명령으로 연결이 만나는 규칙과 응답하는 프로그램을 확인합니다.',
      '`{ip} route get {to}` 명령으로 패킷이 가는 경로를 확인합니다.',
    ],
    idea: [
      ...surplus,
      '{dropper}의 규칙에서 패킷과 맞지 않는 조건 `{condition}`을(를) 고치세요.',
      '규칙을 {dropper}에서 이 패킷이 먼저 만나는 곳에 넣으세요: `iptables -I {early}`.',
      '정책은 {policyPod}와(과) 같은 네임스페이스에 있고 그 레이블을 선택해야 적용됩니다. 적용되는 정책이 없으면 모든 패킷이 통과합니다.',
      '무엇이 {open}번 포트를 열었는지 찾으세요. 너무 많은 주소에서 수신 대기하는 프로그램, 포트를 변환하거나 허용하는 규칙, 버려야 하는데 조건이 맞지 않는 규칙일 수 있습니다.',
      '아직 없어야 할 경로, 인터페이스, 규칙 중 무엇이 길을 열었는지 찾으세요.',
    ],
  },
  'other-reason': {
    what: [
      '예상한 이유로 실패하지만, {expectAt}이(가) 아니라 {actualAt}에서 실패합니다. {actualWhat}',
      '실패하는 것은 맞지만 이유가 다릅니다. {actualWhat} 예상한 이유: {expectText}.',
    ],
    why: [
      '패킷이 {expectAt}까지 가야만 실패가 {expectAt}에 대해 무언가를 증명합니다.',
      '예상한 이유로 실패해야만 실패가 무언가를 증명합니다.',
    ],
    where: '{actualWhere}',
    idea: [...surplus, '{actualIdea}'],
  },
  'no-answer': {
    what: [
      '{from}에서 {to}의 응답을 받지 못했습니다({resultText}). 지금 상태에서 패킷을 막는 것은 없습니다. {server}의 {silentServer}은(는) 포트 {port}에서 수신 대기하지만 응답하지 않습니다.',
      '{from}에서 {to}의 응답을 받지 못했습니다({resultText}). trace의 패킷이 이유를 보여 줍니다. {packetsShow}',
      '{from}에서 {to}의 응답을 받지 못했습니다({resultText}). hoplab이 보는 상태만으로는 원인을 알 수 없습니다.[ `{undecided}`에 따라 달라집니다.][ 상태로는 {suspect}이(가) 원인 같지만 실제 결과와 맞지 않습니다.]',
    ],
    why: [
      '{silentServer} 같은 서버에는 누구에게 응답할지 정할 수 있습니다. 나머지 클라이언트의 요청은 아무 알림 없이 버립니다.',
      '주소와 경로, 규칙만으로는 설명되지 않으므로 패킷을 직접 보아야 합니다.',
    ],
    where:
      '지나가는 각 노드에서 `{exec}tcpdump -n -i any host {to}` 명령으로 패킷이 어디까지 오는지 확인합니다.',
    idea: [
      '{server}의 {silentServer}이(가) 어떤 클라이언트에 응답하는지 확인하세요(chrony는 chrony.conf의 `allow` 줄). {from}도 포함되어야 합니다.',
      '노드를 하나씩 따라가며 패킷을 넘기지 않는 첫 노드를 찾으세요.',
    ],
  },
  'control-failed': {
    what: [
      '비교용 명령이 끝나지 않았습니다: 같은 권한으로 실행한 `{endless}` 명령이 10초 안에 끝나지 않았습니다. 그래서 이 실패는 아무것도 증명하지 못합니다.',
      '비교용 명령이 실패했습니다: 같은 권한으로 실행한 `{controlRun}`도 성공하지 못했습니다({controlText}). 그래서 이 실패는 아무것도 증명하지 못합니다.',
      '비교용 질의가 실패했습니다: {controlFrom}에서 {controlName} 이름을 찾지 못했습니다({controlText}). 그래서 이 실패는 아무것도 증명하지 못합니다.',
      '비교용 ping이 실패했습니다: {controlFrom}에서 {controlTo}의 응답을 받지 못했습니다({controlText}). 그래서 이 실패는 아무것도 증명하지 못합니다.',
      '비교할 ping이 없어서 이 실패는 아무것도 증명하지 못합니다.',
    ],
    why: '비슷한 다른 것이 동작할 때에만, 동작하지 않는다는 사실에 의미가 있습니다.',
    where: [
      '`{controlRun}` 명령이 성공해야 합니다.',
      '{controlFrom}에서 `getent ahosts {controlName}` 명령으로 이름을 찾을 수 있어야 합니다.',
      '{controlFrom}에서 `ping -c 1 {controlTo}` 명령이 성공해야 합니다.',
      '이 검사에는 비교용 ping이 정의되어 있지 않습니다.',
    ],
    idea: [
      '먼저 이 명령이 성공하게 하세요: {controlRun}',
      '먼저 {controlFrom}에서 {controlName} 이름을 찾을 수 있게 하세요.',
      '먼저 {controlFrom}에서 {controlTo}의 응답을 받을 수 있게 하세요.',
      '학습자가 아니라 실습 작성자가 고쳐야 합니다.',
    ],
  },
  'tool-failed': {
    what: [
      '{unseen} 작업 결과와는 관계가 없습니다.',
      'hoplab의 도구가 실패했습니다[: `{tool}`]. 작업 결과와는 관계가 없습니다.',
    ],
    why: '실제로 시험한 것만 판정합니다.',
    where: '`hoplab doctor` 명령으로 이 VM에 부족한 것을 확인합니다.',
    idea: '다시 검사해 보세요. 계속 실패하면 단계를 초기화하세요.',
  },
} as const satisfies Record<string, Ladder>;

/** Processes, their users and rights, and commands. */
export const programs = {
  'process-missing': {
    what: [
      '`{program}` 프로세스가 {node}이(가) 아닌 {runsIn}에서 실행 중입니다.',
      '{node}의 `{program}` 프로세스는 머신의 PID 네임스페이스에 있고 번호가 {outer}입니다. 독립된 PID 네임스페이스에서 {pid}번이어야 합니다.',
      '{node}에 명령행이 `{program}`(으)로 시작하는 프로세스는 없고, `{alike}` 프로세스가 있습니다.',
      '독립된 PID 네임스페이스에서 PID가 {pid}인 프로세스 `{stray}`은(는) {node}이(가) 아닌 {strayIn}에서 실행 중입니다.',
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
    what: [
      '[아직 이렇지 않습니다: {means}. ]{node}에서 `{endless}` 명령이 10초 안에 끝나지 않았습니다. 결과가 {wish}(이)여야 합니다.',
      '[아직 이렇지 않습니다: {means}. ]{node}에서 `{run}` 명령의 결과가 {fact}입니다. {wish}(이)여야 합니다.[ 출력: {printed}]',
    ],
    why: '종료 코드 0은 명령이 성공했다는 뜻이고, 나머지는 모두 오류입니다.',
    where: [
      '{node}에서 `{endless}` 명령이 끝나지 않고 기다립니다. Control-C로 끝내고, 그때까지의 출력에서 무엇을 기다렸는지 확인합니다.',
      '명령 바로 다음에 `echo $?` 명령으로 종료 코드를 확인합니다.',
    ],
    idea: [
      '`{endless}` 명령이 무엇을 기다리는지 찾으세요. 규칙이 응답을 버리거나 경로가 없으면 응답을 기다리는 프로그램은 끝나지 않습니다.',
      '명령을 직접 실행하고 출력을 읽어 보세요.',
    ],
  },
  'wrong-output': {
    what: '[아직 이렇지 않습니다: {means}. ]{node}에서 `{run}` 명령의 종료 코드는 맞지만 출력에 `{expected}` 내용이 없습니다. 출력: {observed}',
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
    expected: [
      '다음과 같아야 합니다: {means}({node}에서 `{run}`: {wish}).',
      '{node}에서 `{run}` 명령을[ `{program}` 프로세스의 권한으로] 실행한 결과가 다음과 같아야 합니다: {wish}.',
    ],
    observed: '{node}에서 실행한 `{run}`: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
