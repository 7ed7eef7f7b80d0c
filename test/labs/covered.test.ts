import t from 'tap';
import { Library } from '../../src/library/library.ts';

/**
 * The mistakes in the source documents, and those of beginners: the fault of a shipped lab that stands for
 * each, as `lab/step/fault`, and the reason that a learner gets. The acceptance run proves that the fault has
 * that reason.
 */
const covered: [slip: string, fault: string, reason: string][] = [
  // The documents' slips.
  ['A2: only one side has a route', 'router/way-back/half-of-it', 'reply-not-routed'],
  [
    'A3: the internet router for the other network',
    'default-gateway/two-routers/internet-router-again',
    'no-route',
  ],
  ['A4: no route at all', 'linux-router/survives-reboot/routes-not-typed-again', 'no-route'],
  ['A4: no route back', 'linux-router/ipv6/way-back-forgotten', 'reply-not-routed'],
  ['A4: Linux does not forward by default', 'linux-router/forwarding/only-looked-at', 'forwarding-off'],
  [
    'A4: not in sysctl.conf, gone after a reboot',
    'linux-router/survives-reboot/only-typed',
    'forwarding-off',
  ],
  ['A5: no such name', 'hosts-file/db/other-name', 'name-unknown'],
  ['A6: two sources, the file wins', 'dns-server/order/still-the-file', 'wrong-answer'],
  ['A6: a name in neither', 'dns-server/search/half-a-domain', 'name-unknown'],
  ['A6: the server forwards nothing', 'dns-server/forwarding/server-not-told', 'name-server-refuses'],
  ['A7: dig and getent differ', 'domain-names/dig-and-getent/at-the-alias', 'wrong-answer'],
  [
    'B2: the second move names the end that has gone',
    'network-namespaces/veth-pair/wrong-end-moved',
    'link-missing',
  ],
  ['B2: an address without /24', 'network-namespaces/veth-pair/no-prefix', 'wrong-prefix'],
  ['B2: without /24 there is no way', 'network-namespaces/veth-pair/no-prefix-no-way', 'wrong-prefix'],
  ['B3: only the inner end up', 'network-namespaces/virtual-switch/inner-end-only', 'no-carrier'],
  ['B5: ip_forward left out', 'network-namespaces/lan-forwarding/left-at-0', 'forwarding-off'],
  ['B5: no way back to the namespace', 'network-namespaces/lan-masquerade/wrong-source', 'reply-not-routed'],
  ['B6: the default route elsewhere', 'network-namespaces/internet/in-red-instead', 'no-route'],
  ['B7: --dport without -p tcp', 'network-namespaces/being-reached/no-protocol', 'no-listener'],
  ['B8: NET_ADMIN is there', 'capabilities/drop-one/nothing-dropped', 'capability-present'],
  ['B8: another capability', 'capabilities/drop-one/other-capability', 'capability-missing'],
  ['B8: not the user it should be', 'capabilities/user/other-user', 'wrong-user'],
  ['C1: no common network', 'compose/backbone/only-one-of-them', 'no-listener'],
  ['C1: the service stays published', 'compose/only-nginx/not-up-again', 'unexpected-reply'],
  ['C2: ports the other way round', 'published-ports/publish/the-other-way-round', 'no-listener'],
  ['C2: published for everybody', 'published-ports/loopback-only/for-everybody', 'unexpected-reply'],
  ['C2: a rule in INPUT is passed by', 'published-ports/firewall/in-input', 'unexpected-reply'],
  ['C2: FORWARD is DROP, one rule only', 'published-ports/left-behind/one-way-only', 'dropped-by-rule'],
  [
    'E1: the clock of the internet server is taken for right',
    'clock/one-question/the-false-clock-here-too',
    'wrong-offset',
  ],
  ['E1: two servers that disagree', 'clock/three-clocks/instead-of-a-third', 'time-source-missing'],
  ['E2: a range that is one bit too narrow', 'spf/newsletter/one-bit-narrower', 'wrong-mail-answer'],
  ['E2: too many look-ups', 'spf/look-ups/still-eleven', 'wrong-mail-answer'],
  ['E3: an answer too long for UDP', 'dns-load/truncated/another-port', 'no-route'],
  ['E3: only the queries are not tracked', 'dns-load/cure/only-one-way', 'entry-present'],
  ['E4: the token is not sent', 'watchdog/log-in/token-not-sent', 'wrong-output'],
  ['E4: the session cookie is lost', 'watchdog/log-in/cookie-lost', 'wrong-output'],
  ['E4: a healthy server is restarted', 'watchdog/watchdog/restarts-the-healthy', 'wrong-exit'],
  ['K2: the port of the tunnel stays closed', 'cni-failure/firewall/control-port-only', 'dropped-by-rule'],
  ['K2: the add-on is not there', 'cni-failure/install/only-tried', 'pod-missing'],
  ['K4: half to the first of three', 'load-balancing/by-hand/halves', 'share-too-large'],
  ['K4: a third in every rule', 'load-balancing/by-hand/a-third-each', 'some-unanswered'],
  ['K7: a node port out of range', 'node-port/node-port/out-of-range', 'no-listener'],
  ['K8: a node without an endpoint', 'source-ip/balancer-local/not-left-out', 'dropped-by-rule'],
  ['151: base64 with line breaks', 'cluster-access/certificate/line-breaks', 'wrong-exit'],
  ['154: the wrong certificate file', 'cluster-access/kubeconfig/wrong-file-left', 'wrong-exit'],
  ['157: a kind asked for in another group', 'api-groups/groups/among-the-named', 'pod-missing'],
  ['157: kubectl proxy for everybody', 'api-groups/proxy/for-everybody', 'port-closed'],
  ['168: a wrong password', 'image-security/credentials/wrong-password', 'wrong-body'],
  ['168: credentials for another server', 'image-security/credentials/other-server', 'wrong-body'],
  ['172: a running pod cannot change its user', 'security-contexts/user/applied-only', 'wrong-user'],
  ['172: capabilities at the pod', 'security-contexts/capabilities/at-the-pod', 'pod-missing'],
  ['231: the indentation', 'ingress-controller/manifest/indentation-left', 'no-listener'],
  ['231: a version that is not served', 'ingress-controller/manifest/version-left', 'wrong-exit'],
  ['231: another namespace', 'ingress-controller/manifest/namespace-left', 'no-listener'],
  ['231: no NodePort', 'ingress-controller/manifest/type-left', 'no-listener'],
  ['231: no rewrite-target', 'ingress-controller/rules/no-rewrite', 'wrong-status'],
  // The usual mistakes.
  ['interface left down', 'network-namespaces/veth-pair/one-end-down', 'link-down'],
  ['wrong mask', 'switching/one-address/no-prefix', 'wrong-prefix'],
  ['no return route', 'router/everybody/d-forgotten', 'reply-not-routed'],
  ['wrong gateway', 'network-namespaces/internet/wrong-gateway', 'wrong-gateway'],
  ['gateway that nobody is', 'network-namespaces/internet/gateway-that-is-nobody', 'neighbour-silent'],
  ['forwarding off', 'router/ipv6/forwarding-forgotten', 'forwarding-off'],
  ['rule in the wrong chain', 'network-namespaces/lan-masquerade/wrong-chain', 'reply-not-routed'],
  ['rule in the wrong table', 'network-namespaces/lan-masquerade/no-nat-table', 'not-translated'],
  [
    'MASQUERADE for the wrong source',
    'network-namespaces/lan-masquerade/wrong-source-seen',
    'not-translated',
  ],
  ['DROP', 'network-namespaces/lan-masquerade/forwarded-to-nobody', 'dropped-by-rule'],
  ['REJECT', 'network-namespaces/lan-masquerade/forwarding-rejected', 'rejected-by-rule'],
  ['duplicate address', 'switching/two-addresses/same-address', 'no-address'],
  ['wrong namespace', 'network-namespaces/lan-masquerade/in-blue-instead', 'not-translated'],
  ['wrong nameserver', 'dns-server/name-server/nobody-there', 'name-server-silent'],
];

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const faults = new Map<string, string>(
  library
    .list()
    .flatMap((lab) =>
      lab.steps.flatMap((step) =>
        step.faults.map((fault) => [`${lab.id}/${step.id}/${fault.id}`, fault.reason] as const),
      ),
    ),
);

t.test(
  'every slip of the documents and every usual mistake is a fault of a lab, with its reason',
  async (t) => {
    for (const [slip, fault, reason] of covered) t.equal(faults.get(fault), reason, `${slip}: ${fault}`);
  },
);
