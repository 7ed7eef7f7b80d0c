import { HoplabError } from '../core/errors.ts';
import { addressesOf, addressFor } from '../core/path/recording/target.ts';
import type { Machine } from '../core/ports.ts';
import type { TraceCall } from '../core/session/tracing.ts';
import { parseIp, sameAddress } from '../core/state/ip.ts';
import { suggestion } from '../core/text/nearest.ts';
import { nearHost } from '../core/text/slip.ts';

/**
 * The address a trace goes to: given as it is, a node's own, or the sending node's resolution of a name. The
 * name in a URL is resolved as the program does that requests it, and it knows no nodes.
 */
export async function traceTarget(machine: Machine, { from, to, probe }: TraceCall): Promise<string> {
  if (probe.kind !== 'http') return addressOf(machine, from, to ?? '');
  const host = new URL(probe.url).hostname.replace(/^\[|\]$/g, '');
  const address = parseIp(host) === null ? await resolved(machine, from, host) : host;
  if (address === null)
    throw new HoplabError(
      'argument-invalid',
      `${from} knows no name ${host}${await misread(machine, from, host)}`,
      { to: host, url: probe.url },
    );
  if (to === null || to === host || (await owns(machine, from, to, address))) return address;
  throw new HoplabError('argument-invalid', `${to} is not the host of ${probe.url}`, { to, url: probe.url });
}

async function addressOf(machine: Machine, from: string, to: string): Promise<string> {
  if (parseIp(to) !== null) return to;
  const nodes = await machine.nodes();
  if (nodes.includes(to)) {
    const address = addressFor(await machine.observe(), from, to);
    if (address !== null) return address;
    throw new HoplabError('argument-invalid', `node ${to} has no address yet`, { to });
  }
  const found = await resolved(machine, from, to);
  if (found !== null) return found;
  const near = suggestion(to, nodes) || (await misread(machine, from, to));
  throw new HoplabError('argument-invalid', `${from} knows no name ${to}, and there is no such node${near}`, {
    to,
    known: nodes,
  });
}

/** The line of the node's /etc/hosts that was meant to give the name, and does not. */
async function misread(machine: Machine, from: string, name: string): Promise<string> {
  const { stdout } = await machine.run(from, ['cat', '/etc/hosts'], { timeout: 5000 });
  const near = nearHost(name, stdout.slice(0, 65_536));
  return near === null ? '' : `; /etc/hosts of ${from} has the line \`${near.line}\``;
}

/** As every program of the node does it: /etc/hosts, DNS, in the order of its nsswitch.conf. */
async function resolved(machine: Machine, from: string, name: string): Promise<string | null> {
  const { stdout } = await machine.run(from, ['getent', 'ahosts', name], { timeout: 12_000 });
  return stdout.split(/\s/)[0] || null;
}

async function owns(machine: Machine, from: string, to: string, address: string): Promise<boolean> {
  if (!(await machine.nodes()).includes(to)) return sameAddress(await addressOf(machine, from, to), address);
  return addressesOf(await machine.observe(), to).some((own) => sameAddress(own, address));
}
