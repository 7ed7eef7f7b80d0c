import { typedAll } from '../cure/proof.ts';
import type { Line } from '../lab/lab.ts';
import type { Observation } from '../state/observation.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Network, SavedLink, SavedNode } from './network.ts';
import { type Pair, troubleOf } from './pairs.ts';
import { quoted } from './quote.ts';

/** A line that leaves a network as it is, and what is typed in its place by mistake. */
interface Setting extends Line {
  wrong: string[];
}

interface PlayFault {
  id: string;
  /** Index of the line. */
  line: number;
  run: string;
  /** Index of the first pair that it stops, and why. */
  pair: number;
  reason: Reason;
}

/** The settings of a network that a hand may get wrong, each as a line that changes nothing. */
export function settingsOf(network: Network): Setting[] {
  return network.nodes.flatMap((node) => [
    ...[...node.bridges, ...node.ends].flatMap((link) => linkSettings(node.name, link)),
    ...node.routes.map((route) => routeSetting(node.name, route)),
    ...forwardSettings(node),
  ]);
}

function linkSettings(on: string, { name, up, addresses }: SavedLink): Setting[] {
  const link = quoted(name);
  const state = up ? [{ on, run: `ip link set ${link} up`, wrong: [`ip link set ${link} down`] }] : [];
  return [
    ...state,
    ...addresses.map((address) => ({
      ...{ on, run: `ip addr replace ${address} dev ${link}` },
      wrong: otherAddresses(address).map((other) =>
        [`ip addr del ${address} dev ${link}`, ...(other ? [`ip addr add ${other} dev ${link}`] : [])].join(
          ' && ',
        ),
      ),
    })),
  ];
}

/** None, one of another network, one with the wrong prefix length. */
function otherAddresses(address: string): (string | null)[] {
  const [ip = '', bits = ''] = address.split('/');
  if (ip.includes(':')) return [null];
  const parts = ip.split('.');
  const third = (Number(parts[2]) + 50) % 256;
  return [null, `${parts.with(2, String(third)).join('.')}/${bits}`, `${ip}/32`];
}

function routeSetting(on: string, route: string): Setting {
  const [destination = ''] = route.split(' ');
  const via = /\bvia (\d+\.\d+\.\d+)\.(\d+)/.exec(route);
  const elsewhere = via && `${via[1]}.${Number(via[2]) === 250 ? 251 : 250}`;
  const wrong = [`ip route del ${route}`];
  if (elsewhere !== null)
    wrong.push(`ip route replace ${route.replace(`${via?.[1]}.${via?.[2]}`, elsewhere)}`);
  return { on, run: `ip route replace ${route}`, wrong: destination === '' ? [] : wrong };
}

function forwardSettings({ name: on, sysctls }: SavedNode): Setting[] {
  return sysctls
    .filter(
      ([key, value]) => /^net\.(ipv4\.ip_forward|ipv6\.conf\.all\.forwarding)$/.test(key) && value === '1',
    )
    .map(([key]) => ({ on, run: `sysctl -w ${key}=1`, wrong: [`sysctl -w ${key}=0`] }));
}

/** Faults that stop a pair which worked, by the model: one a line of each kind. */
export function faultsOf(
  observation: Observation,
  settings: readonly Setting[],
  pairs: readonly Pair[],
): PlayFault[] {
  return settings.flatMap(({ on, wrong }, line) =>
    wrong.flatMap((run, kind): PlayFault[] => {
      const typed = run.split(' && ').map((part) => ({ on, run: part }));
      const broken = typedAll(observation, typed);
      if (typeof broken === 'string') return [];
      for (const [pair, each] of pairs.entries()) {
        const trouble = troubleOf(broken, each);
        if (trouble?.kind === 'lost')
          return [{ id: `line-${line + 1}-${kind + 1}`, line, run, pair, reason: trouble.reason }];
      }
      return [];
    }),
  );
}
