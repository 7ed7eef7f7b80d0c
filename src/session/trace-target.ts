import { HoplabError } from '../core/errors.ts';
import { wrongArgument } from '../core/explain/wrong-argument.ts';
import { addressesOf, addressFor } from '../core/path/recording/target.ts';
import type { Machine } from '../core/ports.ts';
import type { ProbeResult } from '../core/probe/probe.ts';
import type { TraceCall } from '../core/session/tracing.ts';
import { parseIp, sameAddress } from '../core/state/ip.ts';
import { nearest } from '../core/text/nearest.ts';
import { said } from '../core/text/said.ts';
import { nearHost } from '../core/text/slip.ts';

/**
 * The address a trace goes to: given as it is, a node's own, or the sending node's resolution of a name. The
 * name in a URL is resolved as the program does that requests it, and it knows no nodes.
 */
export async function traceTarget(machine: Machine, { from, to, probe }: TraceCall): Promise<string> {
  if (probe.kind !== 'http') return addressOf(machine, from, to ?? '');
  const host = new URL(probe.url).hostname.replace(/^\[|\]$/g, '');
  const address = parseIp(host) === null ? await resolved(machine, from, host) : host;
  if (address === null) {
    await refuseSilence(machine, from, host);
    const values = { from, name: host, ...(await misread(machine, from, host)) };
    throw wrongArgument(said('name-unresolved', values), { to: host, url: probe.url });
  }
  if (to === null || to === host || (await owns(machine, from, to, address))) return address;
  throw wrongArgument(said('not-the-host', { to, url: probe.url }), { to, url: probe.url });
}

async function addressOf(machine: Machine, from: string, to: string): Promise<string> {
  if (parseIp(to) !== null) return to;
  const nodes = await machine.nodes();
  if (nodes.includes(to)) {
    const address = addressFor(await machine.observe(), from, to);
    if (address !== null) return address;
    throw wrongArgument(said('node-without-address', { node: to }), { to });
  }
  const found = await resolved(machine, from, to);
  if (found !== null) return found;
  await refuseSilence(machine, from, to);
  const near = nearest(to, nodes);
  const meant = near === null ? await misread(machine, from, to) : { near };
  throw wrongArgument(said('target-unknown', { from, name: to, ...meant }), { to, known: nodes });
}

/** The name server did not get the question, or its answer did not come. */
const unreached: readonly ProbeResult[] = ['silence', 'rejected', 'host-unreachable', 'no-route'];

/** A name server that says nothing does not say that there is no such name. */
async function refuseSilence(machine: Machine, from: string, name: string): Promise<void> {
  const asked = await machine.probe({ kind: 'resolve', from, name, libc: 'glibc', families: false }, true);
  const server = asked.names?.server ?? asked.names?.nameservers?.[0];
  if (server === undefined || !unreached.includes(asked.result)) return;
  throw wrongArgument(said('name-server-mute', { from, name, server }), { to: name, server });
}

/** The line of the node's /etc/hosts that was meant to give the name, and does not. */
async function misread(machine: Machine, from: string, name: string): Promise<Record<string, string>> {
  const { stdout } = await machine.run(from, ['cat', '/etc/hosts'], { timeout: 5000 });
  const near = nearHost(name, stdout.slice(0, 65_536));
  return near === null ? {} : { line: near.line };
}

/** As every program of the node does it: /etc/hosts, DNS, in the order of its nsswitch.conf. */
async function resolved(machine: Machine, from: string, name: string): Promise<string | null> {
  const ran = await machine.run(from, ['getent', 'ahosts', name], { timeout: 12_000 });
  const address = ran.stdout.split(/\s/)[0] || null;
  // getent(1): 2 says that the name was not found; everything else is an error of its own.
  if (address !== null || ran.exitCode === 2) return address;
  const why = ran.timedOut ? 'no answer in 12 s' : `exit code ${ran.exitCode}`;
  throw new HoplabError('feature-missing', `${from} could not look ${name} up with getent: ${why}`, {
    tool: 'getent',
    output: ran.stderr.slice(-4096),
  });
}

async function owns(machine: Machine, from: string, to: string, address: string): Promise<boolean> {
  if (!(await machine.nodes()).includes(to)) return sameAddress(await addressOf(machine, from, to), address);
  return addressesOf(await machine.observe(), to).some((own) => sameAddress(own, address));
}
