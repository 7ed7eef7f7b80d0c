import t from 'tap';
import { nearlyTranslatedByNft } from '../../../src/core/path/recording/nft-near.ts';
import { nftChains } from '../../../src/core/path/recording/nft-text.ts';

const nat = (hook: string, rule: string) =>
  nftChains(`table ip n { # handle 1
	chain c { # handle 2
		type nat hook ${hook} priority 0; policy accept;
		${rule} # handle 5
	}
}`)[0];

const headers = {
  ...{ protocol: 'tcp' as const, source: '10.0.1.2', destination: '10.0.1.1' },
  ...{ sourcePort: 40000, destinationPort: 80 },
};

/** What the words name of a rule in a chain of NAT, and the line that corrects it. */
function near(hook: 'prerouting' | 'postrouting', rule: string, given: Partial<typeof headers> = {}) {
  const chain = nat(hook, rule);
  if (chain === undefined) throw new Error('no chain');
  const met = { headers: { ...headers, ...given }, original: headers, in: 'v1', out: 'v2' };
  const deed = hook === 'prerouting' ? /\b(dnat to|redirect)\b/ : /\b(snat to|masquerade)\b/;
  const { nearCondition, hooking } = nearlyTranslatedByNft(chain, met, deed, ['v1', 'v2']);
  return [nearCondition, hooking];
}

const replace = (rule: string) => `{exec}nft replace rule ip n c handle 5 '${rule}'`;

t.test(
  'a rule of NAT in nftables that fits but for one condition, and the line that corrects it',
  async (t) => {
    t.strictSame(
      near('postrouting', 'ip saddr 10.0.11.0/24 oifname "v2" counter packets 0 bytes 0 masquerade'),
      ['ip saddr 10.0.11.0/24', replace('ip saddr 10.0.1.2 oifname "v2" masquerade')],
      'a network, and no counter in the new rule',
    );
    t.strictSame(
      near('prerouting', 'iifname "v2" tcp dport 80 dnat to 10.0.2.2'),
      ['iifname "v2"', replace('iifname "v1" tcp dport 80 dnat to 10.0.2.2')],
      'an interface',
    );
    t.strictSame(
      near('prerouting', 'ip daddr 10.0.1.1 udp dport 80 dnat to 10.0.2.2'),
      ['udp dport 80', replace('ip daddr 10.0.1.1 tcp dport 80 dnat to 10.0.2.2')],
      'a protocol',
    );
    t.strictSame(
      near('prerouting', 'ip daddr 10.0.1.1 tcp dport { 81, 443 } redirect to :8080'),
      ['tcp dport { 81, 443 }', replace('ip daddr 10.0.1.1 tcp dport 80 redirect to :8080')],
      'ports',
    );
    t.strictSame(
      near('postrouting', 'oifname "v2" ip daddr != 10.0.1.0/24 masquerade'),
      ['ip daddr != 10.0.1.0/24', replace('oifname "v2" masquerade')],
      'a condition that keeps it from matching goes',
    );
    t.strictSame(
      near('postrouting', 'ip6 saddr fd00::/64 oifname "v2" masquerade'),
      ['ip6 saddr fd00::/64', undefined],
      'a rule about another family is corrected by no line',
    );
    t.strictSame(
      near('postrouting', 'ip saddr 10.0.1.0/24 masquerade'),
      [undefined, undefined],
      'one that fits',
    );
  },
);
