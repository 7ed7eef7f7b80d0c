import { HoplabError } from '../../core/errors.ts';
import type { Action } from '../../core/plan/action.ts';
import { hear, startProgram } from '../exec/python-server.ts';
import { groupOf, type NodePlace, networkOf } from '../place/enter.ts';

/** A thing to make, as py/hoplab_kernel/build takes it; `in` is the path of a network namespace, '' the machine's own. */
type Step =
  | { do: 'netns' | 'host'; name: string }
  | { do: 'veth'; ends: [path: string, link: string, index: number][] }
  | { do: 'sysctl'; in: string; file: string; value: string }
  | { do: 'bridge'; in: string; link: string }
  | { do: 'set'; in: string; link: string; up: boolean; mtu: number | null; master: string | null }
  | { do: 'address'; in: string; link: string; address: string; length: number }
  | { do: 'route'; in: string; to: [string, number] | null; via: string | null; link: string | null };

/** A step, the place of its action in the plan, and the line that `ip` would have been given. */
interface Building {
  step: Step;
  action: number;
  line: string;
}

/**
 * The beginning of a plan that one netlink process can make: namespaces, settings and links, as the planner writes
 * them. What it cannot, and all that comes after, is left to the script. Pure.
 */
export function buildingOf(
  actions: readonly Action[],
  known: readonly NodePlace[],
): { building: Building[]; rest: number } {
  const paths = new Map(known.map((place) => [place.name, pathOf(place)]));
  const building: Building[] = [];
  for (const [place, action] of actions.entries()) {
    const steps = stepsOf(action, paths);
    if (steps === null) return { building, rest: place };
    building.push(...steps.map(([line, step]) => ({ step, action: place, line })));
    if (action.kind === 'host' || action.kind === 'netns')
      paths.set(action.name, pathOf({ name: action.name, kind: action.kind }));
  }
  return { building, rest: actions.length };
}

const pathOf = (place: NodePlace): string => (place.kind === 'machine' ? '' : networkOf(place));

type Paths = ReadonlyMap<string, string>;

function stepsOf(action: Action, paths: Paths): [line: string, step: Step][] | null {
  switch (action.kind) {
    case 'host':
    case 'netns':
      return [[`netns add ${action.name}`, { do: action.kind, name: action.name }]];
    case 'veth':
      return every(action.pairs, (pair) => {
        const ends = every(pair, ({ node, link, index }): [string, string, number] | null => {
          const path = paths.get(node);
          return path === undefined ? null : [path, link, index];
        });
        return ends === null ? null : [`link add ${pair[0].link} type veth`, { do: 'veth', ends }];
      });
    case 'sysctl':
      return every(Object.entries(action.values), ([key, value]) => {
        const path = paths.get(action.on);
        // A dot in a link's name is written as a slash there (sysctl(8)).
        if (path === undefined || !/^net\.[\w.-]+$/.test(key)) return null;
        const file = `sys/${key.replaceAll('.', '/')}`;
        return [`${key} = ${value}`, { do: 'sysctl', in: path, file, value: String(value) }];
      });
    case 'ip':
      return every(action.lines, (line) => {
        const path = paths.get(action.on);
        const step = path === undefined ? null : stepOfLine(line, path);
        return step === null ? null : [line, step];
      });
    default:
      return null;
  }
}

/** Null where one of them is. */
function every<From, To>(items: readonly From[], one: (item: From) => To | null): To[] | null {
  const found: To[] = [];
  for (const item of items) {
    const made = one(item);
    if (made === null) return null;
    found.push(made);
  }
  return found;
}

/** The lines of core/plan/topology.ts; null for any other. */
function stepOfLine(line: string, path: string): Step | null {
  const at = { in: path };
  const blank = { ...at, up: false, mtu: null, master: null };
  const words = line.split(' ');
  const [object, verb, ...more] = words;
  if (`${object} ${verb}` === 'route add') return routeStep(more, path);
  if (/^link add name \S+ type bridge$/.test(line)) return { do: 'bridge', ...at, link: words[3] ?? '' };
  const address = /^address add ([\da-f.:]+)\/(\d+) dev (\S+)( nodad)?$/.exec(line);
  if (address !== null) {
    const [, text = '', length, link = '', nodad] = address;
    if (text.includes(':') !== (nodad !== undefined)) return null;
    return { do: 'address', ...at, link, address: text, length: Number(length) };
  }
  const set = /^link set dev (\S+) (up|mtu (\d+)|master (\S+))$/.exec(line);
  if (set === null) return null;
  const [, link = '', what, mtu, master] = set;
  if (what === 'up') return { do: 'set', ...blank, link, up: true };
  return { do: 'set', ...blank, link, mtu: mtu === undefined ? null : Number(mtu), master: master ?? null };
}

/** `default via 10.0.0.1`, `10.1.0.0/16 via 10.0.0.1 dev eth0`, `10.1.0.0/16 dev eth0`. */
function routeStep(words: readonly string[], path: string): Step | null {
  const found =
    /^(default|([\da-f.:]+)(?:\/(\d+))?)(?: via ([\da-f.:]+))?(?: dev (\S+))?$/.exec(words.join(' ')) ?? null;
  if (found === null) return null;
  const [, , network, length, via, link] = found;
  if (via === undefined && (link === undefined || network === undefined)) return null;
  const whole = network?.includes(':') ? 128 : 32;
  const to = network === undefined ? null : ([network, Number(length ?? whole)] as [string, number]);
  if (to !== null && via !== undefined && to[0].includes(':') !== via.includes(':')) return null;
  return { do: 'route', in: path, to, via: via ?? null, link: link ?? null };
}

const end = Buffer.from('end\n');

/** Bytes of the words of an error. */
const longest = 1 << 16;

/**
 * Makes what `buildingOf` has found.
 * @param settings what a namespace begins with: a file below /proc, and its value
 * @throws `action-failed` with the line that failed, in the kernel's words
 */
export async function build(
  pid: number,
  building: readonly Building[],
  actions: readonly Action[],
  settings: readonly [file: string, value: string][],
  timeout: number,
): Promise<void> {
  if (building.length === 0) return;
  const request = JSON.stringify({ settings, steps: building.map(({ step }) => step) });
  const { bytes } = await hear(
    await startProgram({ program: 'build', machine: pid, group: groupOf(pid) }),
    request,
    {
      ...{ most: longest, timeout, last: end },
    },
  );
  const said = bytes.toString();
  if (said === 'end\n') return;
  const [, number, words] = /^failed (\d+) (.*)\nend\n$/s.exec(said) ?? [];
  const failed = building[Number(number ?? -1)];
  const action = failed === undefined ? null : (actions[failed.action] ?? null);
  const on = action !== null && 'on' in action ? `on ${action.on}: ` : '';
  const output = failed === undefined ? 'the machine ended meanwhile' : `${failed.line}: ${words}`;
  throw new HoplabError('action-failed', `${on}${output}`, { action, exitCode: null, output });
}
