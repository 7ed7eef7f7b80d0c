import { join } from 'node:path';
import t from 'tap';
import { explain } from '../../src/core/explain/explain.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { workplace } from '../support/machines.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);

interface Slip {
  lab: string;
  step: string;
  on: string;
  typed: string;
  check: string;
  says: RegExp;
}

/** A line of the step, typed on another node than the step says. */
const slips: Slip[] = [
  {
    ...{ lab: 'network-namespaces', step: 'lan-route', on: 'host', check: 'blue-reaches-host-eth0' },
    typed: 'ip netns exec red ip route add 192.168.1.0/24 via 192.168.15.5',
    says: /`ip route add 192\.168\.1\.0\/24 via 192\.168\.15\.5` has taken effect on red; this step wants it on blue\.$/,
  },
  {
    ...{ lab: 'network-namespaces', step: 'lan-masquerade', on: 'host', check: 'lan-sees-the-host' },
    typed: 'ip netns exec blue iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE',
    says: /MASQUERADE` has taken effect on blue; this step wants it on host\.$/,
  },
  {
    ...{ lab: 'network-namespaces', step: 'being-reached', on: 'host', check: 'host-reaches-web' },
    typed: 'nginx',
    says: /^Nothing listens on tcp port 80 in blue\. `nginx` has taken effect on host; this step wants it on blue\.$/,
  },
  {
    ...{ lab: 'linux-router', step: 'survives-reboot', on: 'a', check: 'b-file' },
    typed: "echo 'net.ipv4.ip_forward = 1' >> /etc/sysctl.conf",
    says: /there is no line .*\. The line is in that file of a; this step wants it on b\.$/,
  },
  {
    // The lab has this route on a as well, in a later step: nothing says that it was typed there by mistake.
    ...{ lab: 'router', step: 'way-there', on: 'a', check: 'b-reaches-far-leg' },
    typed: 'ip route add 192.168.2.0/24 via 192.168.1.1',
    says: /^b has no route to 192\.168\.2\.1\.$/,
  },
];

t.test('a line that was typed on another node is named with both nodes', (t) =>
  workplace(t, async ({ root }) => {
    const directory = join(t.testdir(), 'sessions');
    const labOf = (id: string) => library.get(id);
    const sessions = await Sessions.open({ machines: new KernelMachines(root), labOf, directory, limit: 2 });
    for (const { lab, step, on, typed, check, says } of slips) {
      const { id } = await sessions.start(lab, step);
      const stream = await sessions.of(id).open(on, ['bash', '-c', typed], { pty: null });
      await new Promise<void>((resolve) => stream.onExit(() => resolve()));
      const verdicts = await sessions.of(id).check(step);
      const verdict = verdicts.find((one) => one.check === check);
      t.match(verdict && explain(verdict, 'en').observed, says, `${lab}: ${typed}`);
      await sessions.stop(id);
    }
  }),
);
