import type { CheckArguments } from '../../core/check/check.ts';
import { rulePlace } from '../../core/explain/rule-place.ts';
import type { Questions } from '../../core/explain/words.ts';
import { entryQuestions } from './entries.ts';
import { wireQuestions } from './names.ts';

/** Particles are written in both forms; which one is read is chosen afterwards. */
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
  command({ on, run, as, exit }) {
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
