import t from 'tap';
import type { Check } from '../../src/core/check/check.ts';
import { type MachineSize, usualSize } from '../../src/core/lab/machine-size.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { checkStep } from '../../src/session/checker.ts';
import { everyCheck, everyKind } from '../support/every-kind.ts';
import { sh, workplace } from '../support/machines.ts';

/** Some kinds are about servers that a usual machine does not have. */
const size: MachineSize = { ...usualSize, root: 128, programs: 'services' };

/** The networks that single kinds need beyond that. */
const networks = Object.values(everyKind).map(({ network = '' }) => network);

/** red 10.0.0.1 on a cable to host 10.0.0.2, a web server and a name server and a TLS server there. */
async function asking(machine: Machine): Promise<void> {
  const dnsmasq = [
    ...['user=root', 'no-resolv', 'no-hosts', 'bind-interfaces', 'listen-address=10.0.0.2'],
    ...['host-record=db.example,192.0.2.1', 'host-record=localhost,127.0.0.1', 'local=/example/'],
  ].join('\n');
  await sh(
    machine,
    `ip netns add red; ip -n red link set lo up
    ip link add name to-red type veth peer name eth0 netns red
    ip -n red addr add 10.0.0.1/24 dev eth0; ip addr add 10.0.0.2/24 dev to-red
    ip link set to-red up; ip -n red link set eth0 up; ip link set lo up
    iptables -A FORWARD -p icmp -j ACCEPT; sysctl -qw net.ipv4.ip_forward=0
    mkdir -p /etc/netns/red; echo 'nameserver 10.0.0.2' >/etc/netns/red/resolv.conf
    echo '${dnsmasq}' >/etc/dnsmasq.conf
    dnsmasq; nginx
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=db \\
      -addext subjectAltName=DNS:db.example -keyout /root/key -out /root/cert 2>/dev/null
    setsid openssl s_server -accept 443 -www -quiet -cert /root/cert -key /root/key </dev/null >/dev/null 2>&1 &
    until nc -z 10.0.0.2 443; do sleep 0.05; done
    ip netns exec red setsid sleep 1001 </dev/null >/dev/null 2>&1 &
    until pgrep -f '^sleep 1001' >/dev/null; do sleep 0.05; done
    ip netns exec red ping -c 1 10.0.0.2 >/dev/null
    ${networks.join('\n')}`,
  );
}

/** The path of a machine's programs leads through a directory in which a test can break single ones. */
const putInOrder = `set -e
mkdir -p /mnt/own; mount --bind /usr /mnt/own
for dir in bin sbin; do
  mkdir -p /run/tools/$dir; cp -rs /mnt/own/$dir/. /run/tools/$dir/
  mount --bind /run/tools/$dir /usr/$dir
done`;

/** Exit codes that would mean something if the program were whole. */
const meaningful: Record<string, number[]> = { ping: [0, 1], curl: [0, 7, 28], dig: [0, 9], getent: [0, 2] };

/** The ways in which a program may be broken; its text then, null if it is missing. */
const waysOf = (program: string): [way: string, text: string | null][] => [
  ['is not there', null],
  ...(meaningful[program] ?? [0, 1]).map((code): [string, string] => [
    `prints garbage and says ${code}`,
    `#!/mnt/own/bin/bash\necho garbage; echo garbage >&2; exit ${code}\n`,
  ]),
];
/** A program that never ends, in the place of another. */
const hanging = (
  program: string,
) => `printf '#!/bin/dash\\nexec sleep 1000\\n' >/run/hanging; chmod 755 /run/hanging
for file in /usr/bin/${program} /usr/sbin/${program}; do [ ! -e $file ] || mount --bind /run/hanging $file; done`;
/** Of the programs that read state and of those that send: each that hoplab waits for by a limit of its own. */
const waitedFor = [
  'iptables-save',
  'ip',
  'ps',
  'ping',
  'tcpdump',
  'curl',
  'dig',
  'getent',
  'nc',
  'bash',
  'python3',
];

const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };
const programs = [...new Set(Object.values(everyKind).flatMap((one) => one.programs))];
const askedWith = (program: string) =>
  everyCheck.filter(({ kind }) => everyKind[kind].programs.includes(program));

const summary = ({ check, status, reason }: Verdict) => `${check} ${status} ${reason ?? ''}`;
const unasked = (checks: readonly Check[]) => checks.map(({ id }) => `${id} could-not-check tool-failed`);
const askAll = (machine: Machine, checks: readonly Check[]) =>
  checkStep(machine, step, checks).then((verdicts) => verdicts.map(summary));

/** Works while a program of the machine is replaced by a text, or by nothing. */
async function without<T>(
  machine: Machine,
  program: string,
  text: string | null,
  work: () => Promise<T>,
): Promise<T> {
  // The shell that repairs it is never broken.
  const whole = async (line: string) => {
    const path = 'PATH=/mnt/own/bin:/mnt/own/sbin';
    const { exitCode, stderr } = await machine.run('host', [
      ...['/mnt/own/bin/env', path, 'bash', '-c', line, program],
      ...(text === null ? [] : [text]),
    ]);
    if (exitCode !== 0) throw new Error(stderr);
  };
  await whole(`cd /run/tools; for file in bin/$0 sbin/$0; do
    [ -e $file ] || continue
    mv $file $file.whole
    [ $# -eq 0 ] || { printf '%s' "$1" >$file; chmod 755 $file; }
  done`);
  // Rules that have not changed are not asked for again.
  await whole('nft add table inet other; nft delete table inet other');
  try {
    return await work();
  } finally {
    await whole(
      'cd /run/tools; for file in bin/$0 sbin/$0; do [ ! -e $file.whole ] || mv $file.whole $file; done',
    );
  }
}

// The longest limit is a minute: all the rest is asked meanwhile.
t.jobs = 2;

t.test('a program that hangs neither passes nor fails a check', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const working = async (program: string) => {
      const machine = await make(size);
      await asking(machine);
      await sh(machine, hanging(program));
      const checks = askedWith(program).slice(0, 1);
      t.same(await askAll(machine, checks), unasked(checks), program);
    };
    await Promise.all(waitedFor.map(working));
  }),
);

t.test('while every program works, every check is answered', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make(size);
    await asking(machine);
    await sh(machine, putInOrder);
    const answers = await askAll(machine, everyCheck);
    t.same(
      answers.filter((one) => !one.endsWith(' pass ')),
      [],
    );
  }),
);

t.test('a broken program neither passes nor fails a check', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make(size);
    await asking(machine);
    await sh(machine, putInOrder);
    for (const program of programs) {
      const checks = askedWith(program);
      for (const [way, text] of waysOf(program)) {
        const answers = await without(machine, program, text, () => askAll(machine, checks));
        t.same(answers, unasked(checks), `${program} ${way}`);
      }
    }
  }),
);

t.test(
  'a machine that is gone neither passes nor fails a check, also when it ends meanwhile',
  { buffered: true },
  (t) =>
    workplace(t, async ({ make }) => {
      const machine = await make(size);
      await asking(machine);
      const asked = askAll(machine, everyCheck);
      await machine.observe();
      await machine.destroy();
      t.same(await asked, unasked(everyCheck));
      t.same(await askAll(machine, everyCheck), unasked(everyCheck));
    }),
);
