import type { Template } from './template.ts';

/** A server that may not have read its files since they changed. */
const readAgain = [{ run: '{serverExec}pkill -HUP {daemon}', on: '{serverShell}' }];
const atTheServer = [...readAgain, { run: '{serverExec}getent ahosts {name}', on: '{serverShell}' }];

/** Cures for faults of names, files and servers; see cures.ts. */
export const nameCures = {
  'name-unknown': {
    run: [
      "sed -i 's/^hosts:.*/hosts: {withDns}/' /etc/nsswitch.conf",
      '{kubectl} # kubectl get services -A',
      '{exec}dig @{answered} {name}',
      "echo '{serverLine}' >> {noServerIn}",
      "echo '{wanted} {asking}' >> /etc/hosts",
      "echo 'ADDRESS {name}' >> /etc/hosts",
      '{exec}dig @{server} {name}',
      '{exec}dig {name}',
    ],
    better: atTheServer,
  },
  'no-name-server': {
    run: [
      "sed -i 's/{nearPattern}/{serverLine}/' /etc/resolv.conf",
      "echo '{serverLine}' >> /etc/resolv.conf",
      "echo 'nameserver ADDRESS' >> /etc/resolv.conf",
    ],
  },
  'name-server-silent': {
    run: ['{kubectl} # {clusterLook}', "sed -i 's/{server}/ADDRESS/' /etc/resolv.conf"],
    better: readAgain,
  },
  'name-server-refuses': {
    run: ['{kubectl} # {clusterLook}', "sed -i 's/{server}/ADDRESS/' /etc/resolv.conf"],
    better: readAgain,
  },
  'name-server-fails': {
    run: ['{kubectl} # kubectl get services -A', '{exec}dig @{rootless} . NS', '{exec}dig @{server} {name}'],
  },
  'record-missing': { run: '{exec}{dig}' },
  // A program asks the sources in their order; dig knows of no hosts file.
  'wrong-answer': {
    run: [
      "sed -i 's/{pattern}/{entry}/' /etc/hosts",
      '{kubectl} # kubectl -n {dnsNamespace} get service {dnsService}',
      '{exec}getent ahosts {asking}\n{exec}grep {asking} /etc/hosts\n{exec}grep hosts: /etc/nsswitch.conf',
      '{exec}{dig}',
    ],
    better: atTheServer,
  },
  'one-family-only': { run: '{exec}dig @{server} {name} {type}' },
  'wrong-name-server': {
    run: ["sed -i '/{firstLine}/d' /etc/resolv.conf", "sed -i 's/{server}/{expected}/' /etc/resolv.conf"],
  },
  'not-cached': { run: '{exec}tcpdump -n -i any port 53' },
  'entry-missing': {
    run: ['{exec}{add}', "mkdir -p {folder}\necho '{entry}' >> {file}", "echo '{entry}' >> {file}"],
  },
  'entry-present': { run: ['{exec}{delete}', "sed -i '/{pattern}/d' {file}"] },
  'wrong-entry': {
    run: [
      '{exec}{set}',
      '{exec}{remake}',
      '{exec}{delete}\n{exec}{add}',
      '{exec}{delete}',
      "sed -i 's/{pattern}/{entry}/' {file}",
    ],
  },
  'listener-present': { run: ['{exec}pkill {process}', '{exec}ss -ltnup'] },
  'wrong-process': { run: ['{exec}pkill {running}', '{exec}ss -ltnup'] },
} satisfies Record<string, { run: Template; better?: readonly { run: string; on?: string }[] }>;
