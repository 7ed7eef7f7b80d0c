import type { Template } from './template.ts';

/** Of a rule that a cluster or Docker made: the line itself would come back. */
const ownerCures = [
  'kubectl -n {podNamespace} patch networkpolicy {policy} {patch}',
  'kubectl -n {podNamespace} get networkpolicy',
  `kubectl -n {serviceNamespace} patch service {service} -p '{"spec":{"{localPolicy}":"Cluster"}}'`,
  'kubectl -n {serviceNamespace} describe service {service}',
  'docker network connect {dockerNetwork} {container}',
] as const;

/** Of a rule that should stop the packet by its other target. */
const retarget = '{exec}iptables -t {table} -R {chainName} {line} {retargeted}';

/** Of a rule, or of a chain's policy, that iptables does not show. */
const nftCures = [
  '{exec}nft delete rule {family} {table} {chainName} handle {handle}',
  "{exec}nft chain {family} {table} {policyNft} '{ policy accept; }'",
  // Where others, or the policy, would drop the packet without it.
  '{exec}nft insert rule {family} {table} {nftChain} {ipWord} saddr {source} {ipWord} daddr {destination} accept',
] as const;

/** Cures of rules that filter and translate; see cures.ts. */
export const ruleCures = {
  // Docker writes it, for a container that is started so.
  'rule-missing': { run: ['{engine} # docker ps', '{exec}{add}'] },
  'rule-present': { run: '{exec}{delete}' },
  'dropped-by-rule': {
    run: [
      retarget,
      ...ownerCures,
      '{ip} route add {backTo} via GATEWAY',
      '{exec}{loosened}',
      '{exec}nft insert rule {family} {table} {answerNft} ct state established,related accept',
      '{exec}iptables -t {table} -I {answerChain} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      ...nftCures,
      // No packet meets a rule with the name of no interface.
      '{exec}iptables -t {table} -R {nearChain} {nearLine} {renamed}',
      // In front of the rule that nearly lets it pass, which may be meant for others.
      '{exec}iptables -t {table} -I {nearChain} {nearLine} {fitting}',
      '{exec}iptables -I {userChain} -i {inLink} -o {outLink} -j ACCEPT\n{exec}iptables -I {userChain} -i {outLink} -o {inLink} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      '{exec}iptables -t filter -A {rightHook} {placed}',
      '{exec}iptables -t {table} -P {policyChain} ACCEPT',
      // Where the policy has to drop something else.
      '{exec}iptables -t {table} -A {policyChain} -s {source} -d {destination}[ {flow}] -j ACCEPT',
      '{exec}iptables -t {table} -D {chainName} {line}',
    ],
    on: ['{kubectl}', '{engine}', '{shell}'],
    // Of a reply that comes by another path than its request.
    better: [{ run: '{turnIp} route add {turnNetwork} via {turnBack}', on: '{turnShell}' }],
  },
  'rejected-by-rule': {
    run: [retarget, ...ownerCures, ...nftCures, '{exec}iptables -t {table} -D {chainName} {line}'],
    on: ['{kubectl}', '{shell}'],
  },
  'not-translated': {
    run: ['{exec}iptables -t nat -A {chain} {order}', '{exec}iptables -t nat -S'],
    better: [
      { run: '{routerExec}iptables -t nat -A POSTROUTING -s {observed} -j MASQUERADE', on: '{routerShell}' },
    ],
  },
  'wrong-translation': {
    run: ['{exec}iptables -t nat -I {chain} {order}', '{exec}iptables -t nat -S'],
    better: [
      { run: '{routerExec}sysctl -w {clusterKey}=1', on: '{routerShell}' },
      {
        run: '{routerExec}iptables -t nat -A POSTROUTING -s {client} -d {server} -j MASQUERADE',
        on: '{routerShell}',
      },
      { run: '{routerExec}sysctl -w {switchKey}=1', on: '{routerShell}' },
      { run: '{routerExec}iptables -t nat -D {chainName} {line}', on: '{routerShell}' },
    ],
  },
  'translated-otherwise': {
    run: ['{exec}iptables -t nat -D CHAIN NUMBER', '{exec}iptables -t nat -S'],
    better: [{ run: '{routerExec}iptables -t nat -D {chainName} {line}', on: '{routerShell}' }],
  },
  'rule-not-met': { run: '{exec}iptables {rule}' },
} satisfies Record<
  string,
  { run: Template; on?: Template; better?: readonly { run: string; on?: string }[] }
>;
