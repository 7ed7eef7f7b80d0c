import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { Check } from '../../../src/core/check/check.ts';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import { HoplabError } from '../../../src/core/errors.ts';
import type { Lab } from '../../../src/core/lab/lab.ts';
import type { MachineSize } from '../../../src/core/lab/machine-size.ts';
import { planEntry } from '../../../src/core/plan/entry.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { TraceProbe } from '../../../src/core/probe/trace-probe.ts';
import { Library } from '../../../src/library/library.ts';
import { machineAt } from '../../../src/session/boot.ts';
import { traceTarget } from '../../../src/session/trace-target.ts';
import * as cluster from '../../support/lab-ways/cluster.ts';
import * as clusterPolicies from '../../support/lab-ways/cluster-names-and-policies.ts';
import * as clusterSecurity from '../../support/lab-ways/cluster-security.ts';
import * as clusterServices from '../../support/lab-ways/cluster-services.ts';
import * as docker from '../../support/lab-ways/docker.ts';
import * as names from '../../support/lab-ways/names.ts';
import * as namespaces from '../../support/lab-ways/namespaces.ts';
import type { LabWays, Row } from '../../support/lab-ways/row.ts';
import * as services from '../../support/lab-ways/services.ts';
import * as routing from '../../support/lab-ways/switching-routing.ts';
import { inLanes } from '../../support/lanes.ts';
import { workplace } from '../../support/machines.ts';
import { wayOf } from '../../support/way.ts';

const ways: Record<string, LabWays> = {
  'network-namespaces': namespaces.networkNamespaces,
  'domain-names': names.domainNames,
  'network-namespaces-ipv6': namespaces.networkNamespacesIpv6,
  'dns-server': names.dnsServer,
  'linux-router': routing.linuxRouter,
  'default-gateway': routing.defaultGateway,
  router: routing.router,
  switching: routing.switching,
  'hosts-file': names.hostsFile,
  capabilities: namespaces.capabilities,
  'container-network': docker.containerNetwork,
  'published-ports': docker.publishedPorts,
  compose: docker.compose,
  'pod-network': cluster.podNetwork,
  'cluster-access': clusterServices.clusterAccess,
  'cni-failure': clusterServices.cniFailure,
  'cluster-ip': cluster.clusterIp,
  'load-balancing': clusterServices.loadBalancing,
  'node-port': clusterServices.nodePort,
  'source-ip': clusterServices.sourceIp,
  'cluster-dns': clusterPolicies.clusterDns,
  'secure-service': clusterPolicies.secureService,
  ingress: clusterPolicies.ingress,
  'ingress-controller': clusterPolicies.ingressController,
  'network-policies': clusterPolicies.networkPolicies,
  'policy-practice': clusterPolicies.policyPractice,
  'api-groups': clusterSecurity.apiGroups,
  'image-security': clusterSecurity.imageSecurity,
  'security-contexts': clusterSecurity.securityContexts,
  spf: services.spf,
  clock: services.clock,
  'dns-load': services.dnsLoad,
  'two-families': services.twoFamilies,
  watchdog: services.watchdog,
  playground: namespaces.playground,
};

const library = await Library.read([fileURLToPath(new URL('../../../labs', import.meta.url))]);

t.test('no lab, no step and no probe of a check is left out', async (t) => {
  t.strictSame(
    Object.keys(ways).sort(),
    library
      .list()
      .map(({ id }) => id)
      .sort(),
  );
  for (const [name, steps] of Object.entries(ways)) {
    const lab = library.get(name);
    t.strictSame(
      Object.keys(steps),
      lab.steps.map(({ id }) => id),
      name,
    );
    for (const { id, checks } of lab.steps) {
      const rows = (steps[id] ?? []).map(([from, what]) => `${from} ${what}`);
      for (const asked of checks.flatMap(packetsOf))
        t.ok(
          rows.some((row) => row === asked || row.startsWith(`${asked} @`)),
          `${name} ${id}: ${asked}`,
        );
    }
  }
});

/** The packets a check sends, as rows name them; what a program asks of files and name servers sends none of its own. */
function packetsOf(check: Check): string[] {
  const control = (given: { from: string; to: string } | undefined) =>
    given === undefined ? [] : [`${given.from} ping ${given.to}`];
  switch (check.kind) {
    case 'ping':
      return [`${check.args.from} ping ${check.args.to}`, ...control(check.args.control)];
    case 'seen':
    case 'path':
    case 'nat':
      return [`${check.args.from} ping ${check.args.to}`];
    case 'http':
      return [`${check.args.from} http ${check.args.url}`, ...control(check.args.control)];
    case 'tcp':
      return [`${check.args.from} tcp ${check.args.to} ${check.args.port}`, ...control(check.args.control)];
    case 'dns':
    case 'cached': {
      const { from, name, server } = check.args;
      return [`${from} dns ${name}${server === undefined ? '' : ` @${server}`}`];
    }
    case 'command': {
      const lines = [check.args.run, check.args.control ?? ''];
      const pings = lines.map((line) => /^ping .*?(\S+)$/.exec(line)?.[1]);
      return pings.flatMap((to) => (to === undefined ? [] : [`${check.args.on} ping ${to}`]));
    }
    default:
      return [];
  }
}

/** Labs walked through at the same time. */
const atOnce = 2;

t.test('every probe of the labs, on entry to its step and after the solution', (t) =>
  workplace(t, async ({ make }) => {
    await inLanes(atOnce, Object.entries(ways), async ([name, steps]) => {
      for (const [title, { way, ...more }, expected] of await walked(make, library.get(name), steps))
        t.ok(
          expected.split(' or ').some((each) => withoutChance(way, each) === translatedAlike(each)),
          `${name} ${title}`,
          { way, expected, ...more },
        );
    });
  }),
);

/**
 * Ports that are expected as N are chosen at random. A question for a neighbour that an earlier packet has asked ends
 * before that of the trace: the sender's kernel may tell the sender by then that there was no answer.
 */
function withoutChance(found: string, expected: string): string {
  const way = found.replace(/ \| (\S+) \1(?=: dropped neighbour-silent \1$)/, '');
  if (!expected.includes('Port N')) return translatedAlike(way);
  return translatedAlike(
    way.replaceAll(/Port (\d+)/g, (port) => (expected.includes(port) ? port : 'Port N')),
  );
}

/**
 * A frame that gets another destination on a bridge (br_netfilter) is switched where the neighbour is known, and routed
 * where it is not (br_nf_pre_routing_finish_bridge).
 */
const translatedAlike = (way: string): string => way.replaceAll(/\(([\w-]+)\)\[/g, '$1[');

/** The way of a traced packet; what the trace says of its end, and what the program printed that sent it. */
interface Walked {
  way: string;
  said?: string;
  printed?: string;
}

type Seen = [title: string, walked: Walked, expected: string];

/** One machine walks through the whole lab, as a learner does; a restart brings another. */
async function walked(
  made: (size: MachineSize) => Promise<Machine>,
  lab: Lab,
  steps: LabWays,
): Promise<Seen[]> {
  const make = () => made(lab.machine);
  const seen: Seen[] = [];
  const [first] = lab.steps;
  let machine = await outspoken(machineAt(make, lab, first?.id ?? ''));
  for (const [index, { id, solution }] of lab.steps.entries()) {
    const rows = steps[id] ?? [];
    for (const row of rows) {
      const way = await wayIn(machine, row);
      seen.push([`${id}, entry: ${row[0]} ${row[1]}`, way, row[2]]);
    }
    await settled(machine);
    const next = lab.steps[index + 1];
    if (next !== undefined && planEntry(lab, next.id).length > planEntry(lab, id).length) {
      await machine.destroy();
      machine = await outspoken(machineAt(make, lab, next.id));
    } else await machine.perform([{ kind: 'lines', lines: solution }]);
    for (const row of rows) {
      const expected = row[3] === 'same' ? row[2] : row[3];
      seen.push([`${id}, done: ${row[0]} ${row[1]}`, await wayOnceHeard(machine, row, expected), expected]);
    }
  }
  await machine.destroy();
  return seen;
}

/**
 * A machine that sends an error for every packet it refuses; by default the kernel sends one host one a
 * second (icmp_ratelimit).
 */
async function outspoken(making: Promise<Machine>): Promise<Machine> {
  const machine = await making;
  const settings = ['net.ipv4.icmp_ratelimit=0', 'net.ipv6.icmp.ratelimit=0'];
  for (const node of await machine.nodes()) {
    const { exitCode, stderr } = await machine.run(node, ['sysctl', '-qw', ...settings]);
    if (exitCode !== 0) throw new Error(`${node}: ${stderr}`);
  }
  return machine;
}

/**
 * A server that the solution has begun in the background is waited for by asking it again; so is an error of a missing
 * route, of which the kernel sends one node five and then one a second (ip_error; a namespace cannot set that limit).
 */
async function wayOnceHeard(machine: Machine, row: Row, expected: string): Promise<Walked> {
  let walked = await wayIn(machine, row);
  const isEarly = () => walked.way.includes('no-listener') || /icmp_ratelimit/.test(walked.said ?? '');
  for (let asked = 1; asked < 20 && isEarly() && walked.way !== expected; asked += 1)
    walked = await wayIn(machine, row);
  return walked;
}

async function wayIn(machine: Machine, [from, what]: Row): Promise<Walked> {
  const asked = { from, ...askedBy(what) };
  try {
    const to = await traceTarget(machine, asked);
    const recording = await machine.trace({ from, to, probe: asked.probe });
    const path = tracedPath(recording);
    const { result, evidence } = recording.outcome;
    const printed = `${result}: ${evidence.output}`;
    return { way: wayOf(path), said: path.end.text.en, printed };
  } catch (error) {
    if (error instanceof HoplabError) return { way: error.code };
    throw error;
  }
}

function askedBy(what: string): { to: string | null; probe: TraceProbe } {
  const [kind, first = '', second = ''] = what.split(' ');
  switch (kind) {
    case 'ping':
      return { to: first, probe: { kind: 'icmp' } };
    case 'http':
      return { to: null, probe: { kind: 'http', url: first, port: Number(new URL(first).port || 80) } };
    case 'dns':
      return { to: second.slice(1), probe: { kind: 'dns', name: first } };
    case 'tcp':
      return { to: first, probe: { kind: 'tcp', port: Number(second) } };
    default:
      throw new Error(what);
  }
}

/** A question for a neighbour that is not there goes on for seconds, and delays the next one. */
async function settled(machine: Machine): Promise<void> {
  for (const node of await machine.nodes())
    await machine.run(node, ['ip', 'neigh', 'flush', 'nud', 'incomplete']).catch((error: unknown) => {
      // A pod may have ended meanwhile.
      if (!(error instanceof HoplabError) || error.code !== 'node-not-found') throw error;
    });
}
