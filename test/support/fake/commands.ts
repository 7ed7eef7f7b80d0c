import { CommandRefused, type FakeNetwork } from './network.ts';

/** Nothing of a real shell but these lines: each is compared with the real machine in test/support/machine-contract.ts. */
export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A string is what it prints. */
type Work = (network: FakeNetwork, on: string, words: string[]) => unknown;

/** A line at a node's shell: commands joined by `&&` or `;`, which ends at the first that fails. */
export function type(network: FakeNetwork, on: string, line: string): CommandResult {
  let stdout = '';
  try {
    for (const command of line.split(/\s*(?:&&|;)\s*/)) stdout += carryOut(network, on, command.split(/\s+/));
    return { exitCode: 0, stdout, stderr: '' };
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    const exitCode = error instanceof Exit ? error.code : 1;
    return { exitCode, stdout, stderr: error.message };
  }
}

class Exit extends CommandRefused {
  readonly code: number;

  constructor(code: number, words: string) {
    super(words);
    this.code = code;
  }
}

function carryOut(network: FakeNetwork, on: string, words: string[]): string {
  for (const [pattern, work] of commands) {
    const found = pattern.exec(words.join(' '));
    if (found === null) continue;
    const printed = work(network, on, found.slice(1));
    return typeof printed === 'string' ? printed : '';
  }
  throw new Exit(127, `${words[0]}: command not found`);
}

const commands: [RegExp, Work][] = [
  [/^true$/, () => ''],
  [
    /^exit (\d+)$/,
    (_, __, [code]) => {
      throw new Exit(Number(code), '');
    },
  ],
  [/^echo (\S+)$/, (_, __, [word]) => `${word}\n`],
  [/^echo (\S+) >(\S+)$/, ({ files }, on, [word, path]) => files.set(`${on}:${path}`, `${word}\n`)],
  [
    /^cat (\S+)$/,
    ({ files }, on, [path]) => {
      const text = files.get(`${on}:${path}`);
      if (text === undefined) throw new CommandRefused(`cat: ${path}: No such file or directory`);
      return text;
    },
  ],
  [/^ip netns add (\S+)$/, (network, _, [name = '']) => network.add(name, 'netns')],
  [/^ip netns del (\S+)$/, (network, _, [name = '']) => network.remove(name)],
  [
    /^ip link set (?:dev )?(\S+) (up|down)$/,
    (network, on, [name = '', way]) => setUp(network, on, name, way === 'up'),
  ],
  [
    /^ip link add (?:name )?(\S+) type bridge$/,
    (network, on, [name = '']) => network.addLink(on, name, { kind: 'bridge' }),
  ],
  [/^ip link del (\S+)$/, (network, on, [name = '']) => network.removeLink(on, name)],
  [
    /^ip addr(?:ess)? add (\S+) dev (\S+)$/,
    (network, on, [address = '', name = '']) => addAddress(network, on, name, address),
  ],
  [
    /^ip addr(?:ess)? del (\S+) dev (\S+)$/,
    (network, on, [address = '', name = '']) => removeAddress(network, on, name, address),
  ],
  [/^ip route add (.+)$/, (network, on, [route = '']) => network.node(on).routes.push(route)],
  [/^sysctl -qw (\S+)=(\S+)$/, (network, on, [key = '', value = '']) => setSysctl(network, on, key, value)],
  [/^iptables (-A .+)$/, (network, on, [rule = '']) => addRule(network, on, rule)],
];

function setUp(network: FakeNetwork, on: string, name: string, up: boolean): void {
  if (name === 'lo') network.node(on).loDown = !up;
  else network.link(on, name).up = up;
}

function addAddress(network: FakeNetwork, on: string, name: string, address: string): void {
  const { addresses } = network.link(on, name);
  if (addresses.includes(address)) throw new Exit(2, 'RTNETLINK answers: File exists');
  addresses.push(address);
}

function removeAddress(network: FakeNetwork, on: string, name: string, address: string): void {
  const link = network.link(on, name);
  if (!link.addresses.includes(address))
    throw new Exit(2, 'RTNETLINK answers: Cannot assign requested address');
  link.addresses = link.addresses.filter((one) => one !== address);
}

function setSysctl(network: FakeNetwork, on: string, key: string, value: string): void {
  network.node(on).sysctls[key] = value;
}

function addRule(network: FakeNetwork, on: string, rule: string): void {
  const { rules } = network.node(on);
  rules.filter = [...(rules.filter ?? []), rule];
}
