import type { Text } from '../../language.ts';
import type { PacketReason } from '../../path/recording/hop.ts';
import type { Prompt } from '../../verdict/shown.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { CureLine } from '../explain.ts';

interface Why {
  text: (values: Values) => Text;
  /** `at`: the prompt of the node that one of the values names. */
  cure: (values: Values, prompt: Prompt, at: (value: string) => Prompt) => CureLine[];
}

/** Reasons that no check asks about: their words are here. */
export const packetReasonWords: Record<PacketReason, Why> = {
  ttl: {
    text: ({ dst }) => ({
      en: `Its time to live (TTL) was used up on the way to ${dst}: every router takes one off, and at 0 throws the packet away.`,
      ko: `${dst}(으)로 가는 길에 TTL이 다 되었습니다. 라우터마다 1씩 줄이고, 0이 되면 패킷을 버립니다.`,
    }),
    cure: ({ dst }, { ip, shell }) => [{ on: shell, run: `${ip} route get ${dst}`, or: false }],
  },
  mtu: {
    text: ({ length, link, mtu }) => ({
      en: `The packet has ${length} bytes and may not be cut into fragments; ${link} takes ${mtu} at most (MTU). The router says so to the sender, which sends smaller packets from now on.`,
      ko: `패킷은 ${length}바이트이고 단편화가 금지되어 있는데, ${link}의 MTU는 ${mtu}바이트입니다. 라우터가 이를 알려 주었으므로 보낸 쪽은 이제 더 작은 패킷을 보냅니다.`,
    }),
    cure: ({ link, length }, { ip, shell }) => [
      { on: shell, run: `${ip} link set dev ${link} mtu ${length}`, or: false },
    ],
  },
  'mtu-unheard': {
    text: ({ length, link, mtu, rule, deaf }) => ({
      en: `The packet has ${length} bytes and may not be cut into fragments; ${link} takes ${mtu} at most (MTU). The router says so, but a rule of ${deaf} drops the message: \`${rule}\`. So the sender never learns that it should send smaller packets.`,
      ko: `패킷은 ${length}바이트이고 단편화가 금지되어 있는데, ${link}의 MTU는 ${mtu}바이트입니다. 라우터가 이를 알리지만 ${deaf}의 규칙이 그 메시지를 버립니다: \`${rule}\`. 그래서 보낸 쪽은 더 작은 패킷을 보내야 한다는 것을 알지 못합니다.`,
    }),
    cure: ({ table, chainName, line, policyChain }, _, prompt) => {
      const exec = prompt('deaf').exec;
      const accept = `-I ${chainName} -p icmp --icmp-type fragmentation-needed -j ACCEPT`;
      const run = policyChain ? `-t ${table} ${accept}` : `-t ${table} -D ${chainName} ${line}`;
      return [{ on: prompt('deaf').shell, run: `${exec}iptables ${run}`, or: false }];
    },
  },
  // What would cure it is in the server's own settings.
  'other-source': {
    text: ({ observed, expected }) => ({
      en: `It comes from ${observed}, but ${expected} was asked, so nobody waits for it. A UDP server that listens on all addresses answers from the one its route prefers, not from the one that was asked.`,
      ko: `${expected} 주소로 요청했는데 ${observed} 주소에서 응답이 와서 받는 프로그램이 없습니다. 모든 주소에서 수신하는 UDP 서버는 요청받은 주소가 아니라 경로에 맞는 주소로 응답합니다.`,
    }),
    cure: () => [],
  },
};
