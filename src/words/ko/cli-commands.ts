import type { commands as english } from '../en/cli-commands.ts';

/** 각 명령의 도움말. */
export const commands: typeof english = {
  daemon: {
    summary: '데몬을 포그라운드에서 실행합니다 (root 필요)',
    labs: '실습 디렉터리를 더합니다. 여러 번 줄 수 있습니다',
    more: 'sudo scripts/up은 백그라운드에서 실행합니다.',
  },
  doctor: {
    summary: '실습에 필요한 것이 이 VM에 있는지 봅니다. 전부 보려면 root가 필요합니다',
    more: '종료 코드 0: 실습할 수 있음, 1: 실습할 수 없음, 2: root만 볼 수 있는 것이 있어 알 수 없음',
  },
  schema: {
    summary: '편집기가 쓰는 lab.yaml 또는 track.yaml의 JSON Schema를 출력합니다',
    file: 'lab(기본값) 또는 track',
    header: '이 경로의 스키마를 편집기에 알려 주는 줄을 출력합니다. YAML 파일의 첫 줄에 넣으세요',
    more: '예: hoplab schema > lab.schema.json; hoplab schema --header ../../lab.schema.json',
  },
  completion: {
    summary: '셸에서 명령, 실습, 단계, 노드, 세션을 자동 완성하는 스크립트를 출력합니다',
    shell: 'bash, zsh 또는 fish',
    more: [
      'bash: ~/.bashrc에 source <(hoplab completion bash)',
      'zsh:  ~/.zshrc의 compinit 뒤에 source <(hoplab completion zsh)',
      'fish: hoplab completion fish > ~/.config/fish/completions/hoplab.fish',
    ].join('\n'),
  },
  reasons: {
    summary: '검사가 실패하는 까닭을 모두, 언제 나오는지 예와 함께 보여 줍니다',
    reason: '까닭 하나. 주지 않으면 모두',
    more: 'lab.yaml의 expect와 reason에 쓰는 말입니다.',
  },
  labs: { summary: '실습 목록을 봅니다' },
  lint: {
    summary: '실습 디렉터리(lab.yaml과 설명)의 오류를 찾습니다. 오류가 있으면 종료 코드 1',
    dir: 'lab.yaml, en.md, ko.md가 있는 디렉터리. 실습이나 트랙의 디렉터리를 주면 그 안을 모두 봅니다',
    mark: '번역한 절마다 어느 영어 글을 옮긴 것인지 표시를 써 넣습니다',
  },
  start: {
    summary: '실습을 전용 머신에서 시작합니다. 현재 세션이 됩니다',
    lab: '실습 이름. 목록은 hoplab labs',
    step: '첫 단계 대신 이 단계에서 시작합니다',
    more: '예: hoplab start network-namespaces --step veth-pair',
  },
  sessions: { summary: '세션 목록을 봅니다. *가 현재 세션입니다' },
  use: { summary: '현재 세션을 바꿉니다', id: '세션 이름. 목록은 hoplab sessions' },
  stop: {
    summary: '세션과 그 머신의 모든 것을 끝냅니다',
    id: '세션 이름. 없으면 현재 세션',
    all: '모든 세션을 끝냅니다',
  },
  status: { summary: '실습의 단계와 진행 상황을 봅니다' },
  show: {
    summary: '단계의 설명과 해답을 읽습니다',
    step: '단계 이름. 없으면 현재 단계',
    noSolution: '설명만 봅니다',
    whole: '아직 답하지 않은 질문 뒤의 글까지 모두 보여 줍니다',
  },
  apply: {
    summary: '해답을 대신 입력해 줍니다',
    step: '단계 이름. 없으면 현재 단계',
    all: '남은 모든 단계',
  },
  predict: {
    summary: '보기 전에 질문에 답하면 머신에 확인해 줍니다. 종료 코드 0: 맞음, 1: 다름',
    id: '질문 이름. 없으면 이 단계의 질문을 보여 줍니다',
    answer: '보기 하나(여럿을 고르는 질문이면 여러 개), 또는 머신이 출력할 값',
    step: '현재 단계가 아닌 다른 단계의 질문',
    more: '예: hoplab predict who-replies far-leg',
  },
  check: {
    summary: '단계가 끝났는지 커널에 묻습니다. 종료 코드 0: 통과, 1: 실패, 2: 확인 불가',
    step: '단계 이름. 없으면 현재 단계',
    all: '모든 단계',
  },
  watch: {
    summary: '작업하는 동안 검사를 지켜봅니다. 판정이 바뀔 때마다 한 줄, 중단할 때까지',
    more: '--json을 주면 한 줄에 JSON 문서 하나: 먼저 세션, 다음은 세션의 이벤트마다 하나씩.',
  },
  hint: { summary: '통과하지 못한 첫 검사를 도와줍니다. 실행할 때마다 조금씩 더 알려 줍니다' },
  break: {
    summary: '연습: 완성된 실습에 실수 하나를 숨겨 둡니다. 찾아서 고쳐 보세요',
    seed: '같은 번호는 같은 실수입니다. 다시 해 보거나 서로 겨룰 때 씁니다',
    show: '포기하고 무엇이 실수였는지 봅니다',
    more: 'hoplab check는 무엇이 안 되는지, 언제 다 고쳐졌는지 말해 줍니다. 막히면 hoplab hint.\nhoplab undo는 이전 머신으로 돌아갑니다.',
  },
  yes: '묻지 않고, 무엇이 없어지고 생겼는지는 나중에 알려 줍니다',
  goto: {
    summary: '어떤 단계에 들어갈 때의 새 머신으로 갑니다. hoplab undo로 되돌립니다',
    step: '단계 이름. 목록은 hoplab status',
  },
  reset: { summary: '이 단계에 들어왔을 때의 새 머신으로 갑니다. hoplab undo로 되돌립니다' },
  reboot: {
    summary: '파일을 유지한 채 머신을 재시작합니다. 입력만 한 설정은 사라집니다. hoplab undo로 되돌립니다',
    more: [
      '재시작한 뒤: 네트워크는 실습을 시작할 때의 상태이고, /etc, /root, /home, /var의 파일은 그대로이며,',
      '호스트마다 /etc/sysctl.conf의 설정이 적용됩니다.',
    ].join('\n'),
  },
  undo: { summary: '마지막 goto, reset, reboot 이전의 머신으로 돌아갑니다' },
  exec: {
    summary: '노드에서 명령 하나를 실행합니다. 출력과 종료 코드를 그대로 돌려줍니다',
    node: '노드 이름: host, red, blue... 목록은 hoplab topology',
    command: '명령과 인자. 적은 그대로 실행합니다',
    more: '예: hoplab exec red ip addr show dev veth-red',
  },
  shell: {
    summary: '노드의 터미널을 엽니다. exit로 나옵니다',
    node: '노드 이름. 없으면 host',
    more: 'Ctrl-C는 노드의 프로그램에 전달됩니다. exit 뒤에도 실습은 계속됩니다.',
  },
  topology: { summary: '지금 커널의 상태: 노드, 인터페이스의 양 끝, 주소, 경로, 규칙' },
  expose: {
    summary:
      'VM의 도구로 노드에 들어갈 수 있도록 VM의 네트워크 네임스페이스로 내보내기 (사용하려면 root 권한 필요)',
    node: '노드 이름. 주지 않으면 모든 노드',
    more: '예: hoplab expose blue; sudo ip netns exec hoplab.abcd.blue tcpdump -ni veth-blue\n노드가 없어지거나, 머신이 끝나거나 새 머신으로 바뀌면 함께 없어집니다.',
  },
  url: {
    summary: '접근 토큰이 들어 있는 웹 페이지 주소를 봅니다',
    more: '토큰이 있으면 이 VM의 hoplab을 모두 쓸 수 있습니다. 주소를 다른 사람에게 알려 주지 마세요.',
  },
  trace: {
    summary: '실제 패킷 하나와 그 응답을 노드마다 따라가며, 어디서 왜 끝났는지 말합니다',
    from: '패킷을 보내는 노드',
    to: '주소, 노드 또는 이름',
    icmp: 'ping과 같은 에코 요청 (기본값)',
    sport: '--tcp나 --udp의 출발지 포트. 이미 있는 연결을 볼 때 사용. 주지 않으면 쓰이지 않는 포트',
    mark: '보내는 소켓이 붙이는 표시(SO_MARK). ip rule과 iptables가 보는 값',
    tos: '패킷의 TOS 또는 트래픽 클래스',
    size: '에코 요청의 데이터 크기(바이트). 주지 않으면 56. MTU보다 크면 단편화를 볼 수 있음',
    tcp: '이 포트로 TCP 연결',
    udp: '이 포트로 UDP 데이터그램. 그 포트를 쓰는 서비스의 질문을 알면 그 질문을 보냄',
    dns: '이 이름을 묻는 DNS 질의. 대상은 서버입니다',
    http: '웹 요청. 대상은 생략할 수 있습니다',
    details: '모든 패킷, 훅, 규칙, 경로, MAC 주소, 연결까지 봅니다',
    pcapng: '잡은 패킷을 모두 Wireshark용 파일로도 씁니다',
    more: '예: hoplab trace blue 8.8.8.8\n    hoplab trace lan --http http://192.168.1.2/',
  },
  capture: {
    summary: '노드의 패킷을 pcapng로 내보냅니다. 표준 출력이나 파일로, 중단할 때까지',
    node: '패킷을 볼 노드',
    device: '인터페이스 하나. 주지 않으면 모든 인터페이스',
    filter: 'tcpdump가 받는 필터',
    write: '표준 출력 대신 이 파일에 씁니다',
    count: '이만큼 패킷을 받으면 끝냅니다',
    more: '예: hoplab capture blue | wireshark -k -i -',
  },
  test: {
    summary: '실습의 인수 시험: 모든 단계, 해답, 실수를 두 번씩. 실패하면 종료 코드 1',
    labs: '실습 이름들',
    all: '모든 실습',
  },
};
