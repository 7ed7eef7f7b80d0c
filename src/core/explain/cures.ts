import type { Reason } from '../verdict/reasons.ts';
import { frameCures } from './cures-frames.ts';
import { nameCures } from './cures-names.ts';
import { programCures } from './cures-programs.ts';
import { ruleCures } from './cures-rules.ts';
import { serviceCures } from './cures-services.ts';
import type { Template } from './template.ts';

/**
 * The command that cures, the same in every language. Words in capitals (GATEWAY) stand for values that are
 * not in the state. `on`: the node whose shell it is typed in, `{shell}` by default; a line that begins with
 * `NODE # ` is typed in another.
 */
export interface Cure {
  run: Template;
  on?: Template;
  /** Before it, those whose values are in the state: any one of them cures, the likeliest first. */
  better?: readonly { run: string; on?: string }[];
}

/** The cures that bring the reply back, if the path of the request shows a router that could. */
const waysBack = [
  { run: '{turnIp} route add {turnNetwork} via {turnBack}', on: '{turnShell}' },
  { run: '{routerExec}iptables -t nat -A POSTROUTING -s {inside} -j MASQUERADE', on: '{routerShell}' },
  { run: '{ip} route {change} {network} via {back}' },
  { run: '{routerExec}iptables -t nat -A POSTROUTING -s {outside} -j MASQUERADE', on: '{routerShell}' },
];

export const cures: Record<Reason, Cure> = {
  'netns-missing': { run: 'ip netns add {name}', on: 'host' },
  'container-missing': { run: ['docker rename {misnamed} {name}', 'docker ps -a'], on: 'host' },
  'pod-missing': { run: 'kubectl get pods -A -o wide', on: 'host' },
  'netns-present': { run: 'ip netns del {name}', on: 'host' },
  'link-missing': {
    run: [
      '{movableIp} link set dev {link} netns {destinationNetns}',
      '{ip} link add {made}',
      '{ip} link add name {link} type veth peer {madePeer}',
      '{ip} link add name {link} type {wantedKind}',
      '{ip} link add name {link} type KIND',
    ],
    on: ['{movableShell}', '{shell}'],
  },
  'link-present': { run: '{ip} link del dev {link}' },
  'wrong-kind': {
    run: [
      '{ip} link del dev {link}\n{ip} link add {made}',
      '{ip} link del dev {link}\n{ip} link add name {link} type {expected}',
    ],
  },
  'wrong-peer': {
    run: [
      '{peerShell} # {peerIp} link set dev {peerLink} netns {farNetns}',
      '{ip} link del dev {link}\n{elsewhereIp} link set dev {link} netns {destinationNetns}',
      '{ip} link del dev {link}\n{ip} link add name {link} type veth peer {madePeer}',
    ],
    on: ['{elsewhereShell}', '{shell}'],
  },
  'link-down': { run: '{ip} link set dev {link} up' },
  'link-up': { run: '{ip} link set dev {link} down' },
  'no-carrier': {
    run: ['{peerIp} link set dev {peerLink} up', '{ip} link set dev OTHER-END up'],
    on: ['{peerShell}', '{shell}'],
  },
  'not-attached': { run: '{ip} link set dev {link} master {expected}' },
  'no-address': {
    run: [
      '{ip} link set dev {tight} mtu {wider}\n{ip} addr add {address} dev {tight}',
      '{ip} link set dev {tight} mtu {wider}\n{ip} addr add ADDRESS/LENGTH dev {tight}',
      '{ip} addr del {onLo} dev {lo}\n{ip} addr add {onLo} dev {link}',
      '{exec}sysctl -w {disabledKey}=0\n{ip} addr add {address} dev {link}',
      '{exec}sysctl -w {disabledKey}=0\n{ip} addr add ADDRESS/LENGTH dev {link}',
      '{ip} addr del {instead} dev {link}\n{ip} addr add {address} dev {link}',
      '{thereShell} # {thereIp} addr del {misplaced} dev {thereLink}\n{ip} addr add {address} dev {link}',
      '{ip} addr add {address} dev {link}',
      '{ip} addr add {address} dev LINK',
      '{ip} addr add ADDRESS/LENGTH dev {link}',
      '{ip} addr add ADDRESS/LENGTH dev LINK',
    ],
  },
  'address-present': { run: '{ip} addr del {wrong} dev {link}' },
  'wrong-prefix': { run: '{ip} addr del {wrong} dev {link}\n{ip} addr add {expected} dev {link}' },
  'duplicate-address': {
    run: [
      '{routerExec}iptables -t nat -A POSTROUTING -s {turnedTo} -d {turnedTo} -j MASQUERADE',
      '{routerExec}iptables -t nat -D {chainName} {line}',
      '{ip} addr del {twice} dev {link}',
      '{ip} addr del {address}/LENGTH dev LINK',
    ],
    on: ['{routerShell}', '{shell}'],
  },
  'no-route': {
    run: [
      '{ip} route del {thrown}',
      '{ip} rule del prio {jumpPriority}',
      '{ip} rule add lookup {passedOver} prio 32766',
      '{ip} route add {group} dev {link}',
      '{ip} route add {network} dev {link} src {own}',
      '{ip} route add {network} via {gateway}',
      '{ip} route add {dst} via {gateway}',
      '{ip} route add {dst} dev {onWire}',
      '{ip} route add {dst} dev {link}',
      '{ip} link set dev {idle} up\n{ip} route add {network} via {idleGateway}',
      '{ip} addr del {strange} dev {strangeLink}\n{ip} addr add {fitting} dev {strangeLink}',
      '{ip} addr del {strange} dev {strangeLink}\n{ip} addr add {fitting} dev {strangeLink}\n{ip} route add {network} via GATEWAY',
      '{ip} route add {network} via GATEWAY',
      '{ip} route add {dst} via GATEWAY',
      '{ip} route add NETWORK/LENGTH via GATEWAY',
    ],
  },
  'route-present': { run: '{ip} route del {destination}' },
  'wrong-gateway': {
    run: [
      '{ip} route add {lacking} via GATEWAY',
      '{ip} route replace {destination} via {gateway}',
      '{ip} route replace {destination}[ tos {routeTos}] via GATEWAY[ table {routeTable}]',
    ],
    // A route for much more may be right for all the rest.
    better: [
      { run: '{ip} route add {specific} via {gateway}' },
      { run: '{ip} route replace {destination} via {gateway}' },
    ],
  },
  'wrong-device': {
    run: [
      '{ip} addr del {misplaced} dev {observed}\n{ip} addr add {misplaced} dev {bridge}',
      '{ip} addr del ADDRESS/LENGTH dev {observed}\n{ip} addr add ADDRESS/LENGTH dev {bridge}',
      '{ip} addr del {wrong} dev {observed}\n{ip} addr add {wrong} dev {expected}',
      '{ip} route replace {destination} dev {expected}',
    ],
  },
  'neighbour-silent': {
    // Which node should have an address without an owner is not known: hoplab gives it to none.
    run: [
      '{ip} addr del {twiceWire} dev {link}',
      '{ip} addr del {wrongWire} dev {link}\n{ip} addr add {wrongWire} dev {rightWire}',
      '{ip} route add local {address} dev {unlisted} table local',
      '{ip} addr del {again} dev {detecting}\n{ip} addr add {again} dev {detecting}',
      '{ip} addr show dev {detecting}',
      '{exec}sysctl -w {disabledKey}=0\n{ip} addr add {whole} dev {link}',
      '{ip} route replace {destination}[ tos {routeTos}] via {hop}',
      '{ip} route replace {destination}[ tos {routeTos}] via GATEWAY[ table {routeTable}]',
      '{ip} neigh show {address}',
    ],
    // Unless a neighbour still knows which interface had it.
    better: [
      { run: '{peerIp} addr add {former} dev {peerLink}', on: '{peerShell}' },
      // A gateway that brings the packet there is looked for.
      { run: '{ip} route add {behind} via GATEWAY' },
    ],
  },
  'neighbour-missing': { run: '{exec}ping -c 1 {address}' },
  'neighbour-present': { run: '{ip} neigh del {address} dev {link}' },
  'wrong-value': { run: '{exec}sysctl -w {key}={expected}' },
  'forwarding-off': { run: '{exec}sysctl -w {key}=1' },
  'route-refuses': {
    run: ['{ip} rule del prio {priority}', '{ip} route del {deletion}', '{ip} route del {route}'],
  },
  'routing-loop': {
    run: [
      '{ip} route replace {destination}[ tos {routeTos}] via GATEWAY[ table {routeTable}]',
      '{ip} route replace NETWORK/LENGTH via GATEWAY',
    ],
  },
  'reply-not-routed': {
    run: [
      '{ip} route add {network} dev {link} src {own}',
      '{ip} route add {dst} via {gateway}',
      '{ip} route add {dst} dev {onWire}',
      '{ip} route add {dst} via GATEWAY',
    ],
    better: waysBack,
  },
  'other-path': { run: '{ip} route replace {to} via GATEWAY' },
  'enters-node': { run: '{ip} route replace {to} via GATEWAY' },
  'other-way-back': { run: '{ip} route replace NETWORK/LENGTH via GATEWAY' },
  // The larger of `all` and the link's own counts, and 2 is looser than 1.
  'rp-filter': {
    run: ['{exec}sysctl -w {validMark}=1', '{exec}sysctl -w {loose}=2', '{ip} route add {dst} via GATEWAY'],
    better: waysBack,
  },
  'no-listener': {
    run: [
      "{nodePortAt} # kubectl -n {nodePortNamespace} patch service {nodePortService} -p '{nodePortPatch}'",
      '{nodePortAt} # kubectl get services -A',
      "kubectl -n {serviceNamespace} patch service {service} -p '{targetPatch}'",
      'kubectl -n {serviceNamespace} describe service {service}',
      'docker rm -f {container}\ndocker run -d --name {container} -p {published}:{openPort} IMAGE',
      '{ip} addr add {group}/{bits} dev {link} autojoin',
      '{ip} route del {taken}',
      '{dockers} # docker ps',
      '{exec}iptables -t nat -R {nearChain} {nearLine} {fitting}',
      '{exec}iptables -t nat -A {moved}',
      '{engineAt} # docker ps -a',
      "{resolverShell} # sed -i 's/{wrongServer}/{otherServer}/' /etc/resolv.conf",
      '{exec}{nameProgram}',
      '{exec}python3 -m http.server {port}',
    ],
    on: ['{kubectl}', '{engine}', '{shell}'],
  },
  'port-closed': {
    run: [
      'docker rm -f {container}\ndocker run -d --name {container} -p {published}:{inner} IMAGE',
      '{exec}ss -nup dst {peer}',
      '{exec}ss -ltnup dev {bound}',
      '{exec}python3 -m http.server {port} --bind {address}',
    ],
    on: ['{engine}', '{shell}'],
  },
  'listener-full': { run: '{exec}ss -ltn' },
  'answer-broken': { run: '{exec}curl -v {url}' },
  'wrong-status': { run: '{exec}curl -i {url}' },
  'wrong-body': { run: '{exec}curl -i {url}' },
  'wrong-source': {
    run: '{exec}iptables -t nat -S',
    better: [
      {
        run: '{routerExec}iptables -t nat -I POSTROUTING -s {source} -j SNAT --to-source {expected}',
        on: '{routerShell}',
      },
    ],
  },
  'clock-unsynchronised': { run: '{exec}ntpdig {to}' },
  'wrong-offset': { run: '{exec}ntpdig {to}' },
  'wrong-stratum': { run: '{exec}ntpdig {to}' },
  'time-source-missing': { run: '{exec}chronyc add server {source} iburst' },
  'time-source-state': { run: '{exec}chronyc -n sources' },
  'wrong-mail-answer': { run: '{exec}swaks --server {to} --from {sender} --to {recipient}' },
  'queries-lost': { run: '{exec}conntrack -C' },
  'rate-too-low': { run: '{exec}conntrack -C' },
  'latency-too-high': { run: '{exec}conntrack -C' },
  ...ruleCures,
  ...programCures,
  'unexpected-reply': {
    run: [
      '{dropperShell} # {dropperExec}iptables -R {nearChain} {nearLine} {fitting}',
      '{dropperShell} # {dropperExec}iptables -I {early}',
      '{kubectl} # kubectl describe networkpolicy -A',
      '{exec}{dig}',
      '{exec}curl -i {url}',
      '{dropperShell} # {dropperExec}iptables -nvL {hook} --line-numbers',
      '{ip} route get {to}',
    ],
  },
  'other-reason': { run: '{actualCommand}', on: '{actualOn}' },
  ...frameCures,
  ...nameCures,
  ...serviceCures,
  'no-answer': { run: '{exec}tcpdump -n -i any host {to}' },
  'control-failed': {
    run: ['{controlRun}', 'getent ahosts {controlName}', 'ping -c 1 {controlTo}', 'hoplab lint DIR'],
    on: ['{controlFrom}', '{shell}'],
  },
  'tool-failed': { run: 'hoplab doctor', on: 'host' },
};
