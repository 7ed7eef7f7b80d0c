import type { Template } from './template.ts';

/**
 * Cures for frames that do not come through a wire, and for the kernel's decisions between its tables; see
 * cures.ts.
 */
export const frameCures = {
  'question-ignored': {
    run: [
      '{ip} link set dev {noArp} arp on',
      '{ip} link set dev {sourceOnly} type {kind} macaddr add {askerMac}',
      '{exec}sysctl -w {solicitKey}=3',
      '{exec}sysctl -w {key}=0',
    ],
  },
  'question-dropped': {
    run: [
      '{ip} rule del prio {priority}',
      '{exec}nft delete rule {family} {table} {chainName} handle {handle}',
      "{exec}nft insert rule {family} {table} {policyNft} '{accepting}'",
      "{exec}nft chain {family} {table} {policyNft} '{ policy accept; }'",
      '{exec}ip6tables -t {table} -I {bridgedIn} -p icmpv6 --icmpv6-type neighbour-solicitation -j ACCEPT\n{exec}ip6tables -t {table} -I {bridgedIn} -p icmpv6 --icmpv6-type neighbour-advertisement -j ACCEPT',
      '{exec}ip6tables -t {table} -I {chainName} -p icmpv6 --icmpv6-type neighbour-{message} -j ACCEPT',
    ],
  },
  'proxy-silent': {
    run: [
      // Entries are not read; one that is there may be added again.
      '{exec}sysctl -w {forwardKey}=1\n{ip} neigh add proxy {entry} dev {link}',
      '{exec}sysctl -w {forwardKey}=1',
      '{exec}sysctl -w {proxyKey}=1\n{ip} neigh add proxy {entry} dev {link}',
      '{ip} neigh add proxy {entry} dev {link}',
      '{exec}sysctl -w {proxyKey}=1',
      '{ip} route add {address} dev LINK',
    ],
  },
  'port-state': {
    run: [
      '{exec}bridge link set dev {locked} locked off',
      '{exec}bridge link set dev {written} state forwarding',
      '{ip} link set dev {bridge} type bridge stp_state 0',
    ],
  },
  'port-isolated': { run: '{exec}bridge link set dev {link} isolated off' },
  'other-vlan': {
    run: [
      '{exec}bridge vlan add dev {trunk} vid {vlan}',
      '{exec}bridge vlan add dev {access} vid {vlan} pvid untagged',
      '{exec}bridge vlan add dev {self} vid {vlan} self',
      '{exec}bridge vlan add dev {bare} vid VLAN pvid untagged',
      '{ip} link add link {untaken} name {untaken}.{vlan} type vlan id {vlan}\n{ip} link set dev {untaken}.{vlan} up',
    ],
  },
  'not-flooded': { run: '{exec}bridge link set dev {link} {option} on' },
  'port-hairpin': { run: '{exec}bridge link set dev {link} hairpin on' },
  'wrong-port': {
    run: ['{exec}bridge fdb del {mac} dev {taken} self', '{exec}bridge fdb del {mac} dev {observed} master'],
  },
  'frame-too-long': {
    run: [
      '{belowShell} # {belowIp} link set dev {belowLink} mtu {belowMtu}\n{ip} link set dev {link} mtu {length}',
      '{ip} link set dev {link} mtu {length}',
    ],
  },
  'path-mtu': {
    run: '{ip} route get {to}',
    better: [{ run: '{peerIp} link set dev {peerLink} mtu {expected}', on: '{peerShell}' }],
  },
  'duplicate-mac': { run: '{ip} link set dev {link} address MAC' },
  'wrong-mac': {
    run: [
      '{rewriterShell} # {rewriterExec}nft delete rule {family} {table} {chainName} handle {handle}',
      '{replierShell} # {replierExec}nft delete rule {family} {table} {chainName} handle {handle}\n{ip} neigh del {address} dev {link}',
      '{ip} neigh del {address} dev {learned}',
      '{ip} neigh replace {address} lladdr {expected} dev {link}',
      '{ip} neigh del {address} dev {link}',
    ],
  },
  'wrong-tunnel-end': {
    run: [
      '{ip} link set dev {link} type {kind} local {own}',
      // The entry for all has several ends, which `replace` does not take (vxlan_fdb_update_existing).
      '{exec}bridge fdb append {everyone} dev {link} dst {expected}',
      '{exec}bridge fdb replace {mac} dev {link} dst {expected}',
      '{exec}bridge fdb append {mac} dev {link} dst ADDRESS',
    ],
  },
  'tunnel-unheard': {
    run: [
      '{ip} link set dev {link} type {kind} remote {source}',
      '{ip} -d link show type {kind}',
      '{ip} -d link show type vxlan',
    ],
  },
  'no-peer': {
    run: [
      '{exec}wg set {link} peer {key} endpoint {right}',
      '{exec}wg set {link} peer {foreign} remove\n{exec}wg set {link} peer {expected} endpoint {endpoint} allowed-ips {allowed}',
      '{exec}wg set {link} peer {key} allowed-ips {wider}',
      '{exec}wg set {link} peer {key} allowed-ips {whole}',
      '{exec}wg show {link}',
    ],
  },
  'lower-link': {
    run: [
      '{ip} link set dev {closed} type {closedKind} mode bridge',
      '{peerIp} link add link {peerLink} name mv-own type {ownKind}\n{peerIp} link set dev mv-own up\n{peerIp} addr del {whole} dev {peerLink}\n{peerIp} addr replace {whole} dev mv-own',
      '{peerIp} link add link {peerLink} name mv-own type {ownKind}',
    ],
    on: ['{peerShell}', '{shell}'],
  },
  'loopback-only': {
    run: [
      '{exec}iptables -t nat -A POSTROUTING -s 127.0.0.0/8 -o {leaves} -j MASQUERADE',
      '{exec}sysctl -w {key}=1\n{exec}iptables -t nat -A POSTROUTING -s 127.0.0.0/8 -o {masquerade} -j MASQUERADE',
      '{exec}sysctl -w {key}=1',
    ],
  },
  'no-free-port': {
    run: [
      '{exec}nft replace rule {family} {table} {nftChain} handle {handle} {wider}',
      '{exec}{tool} -t nat -R {chainName} {line} {wider}',
    ],
  },
  'other-zone': {
    run: [
      '{exec}nft delete rule {family} {table} {nftChain} handle {handle}',
      '{exec}iptables -t raw -D {chainName} {line}',
    ],
  },
  'proxy-unrouted': {
    run: [
      '{ip} rule add fwmark {mark} lookup 100\n{ip} route add local 0.0.0.0/0 dev lo table 100',
      '{ip} rule add fwmark {mark} lookup 100',
      '{ip} route add local 0.0.0.0/0 dev lo table 100',
    ],
  },
  'proxy-unheard': { run: '{exec}iptables -t {table} -D {chainName} {line}' },
  'queue-full': { run: '{exec}tc qdisc del dev {link} root' },
  'ipsec-refuses': { run: ['{ip} xfrm policy delete {blocked}', '{ip} xfrm state', '{ip} xfrm policy'] },
  'kernel-drop': { run: '{exec}nstat -as' },
} satisfies Record<
  string,
  { run: Template; on?: Template; better?: readonly { run: string; on?: string }[] }
>;
