import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import t from 'tap';
import { sh, workplace } from '../support/machines.ts';
import { machineProcesses, vmInventory } from '../support/vm.ts';

t.test("the documents' commands run unchanged, and only in the machine", (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const before = vmInventory();
    for (const line of [
      'ip netns add red',
      'ip netns exec red ip link',
      'ip -n red link set dev lo up',
      'ip link add veth-red type veth peer name veth-blue',
      'ip link set veth-red netns red',
      'ip -n red addr add 192.168.15.1/24 dev veth-red',
      'ip netns exec red arp',
      'ip netns exec red route',
      'arp -n',
      'route -n',
      'ip link add v-net-0 type bridge',
      'ip link set dev v-net-0 up',
      'sysctl -w net.ipv4.ip_forward=1',
      'echo 0 > /proc/sys/net/ipv4/ip_forward',
      'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE',
      'ip6tables -A INPUT -p tcp --dport 80 -j DROP',
      "echo '192.168.1.11 db' >> /etc/hosts && getent hosts db",
      "echo 'net.ipv4.ip_forward = 1' >> /etc/sysctl.conf && sysctl -p",
      'ping -c 1 127.0.0.1',
      'timeout 20 tcpdump -i lo -c 1 -w /tmp/x.pcap & while kill -0 $!; do ping -c 1 127.0.0.1; done; wait $!',
      'nginx && curl -s http://127.0.0.1/ | grep client_address=127.0.0.1',
      'cd /tmp && (timeout 5 python3 -m http.server 8000 >/dev/null 2>&1 & for i in $(seq 50); do curl -s http://127.0.0.1:8000/ && break; sleep 0.1; done) | grep -q x.pcap',
      'nft list ruleset | grep masquerade',
      'conntrack -L',
      'ps aux | grep -c init',
      'hostname',
      'script -qec tty /dev/null | grep /dev/pts',
    ]) {
      t.ok((await machine.run('host', ['bash', '-c', line])).exitCode === 0, line);
    }
    t.strictSame(vmInventory(), before, 'the VM has not noticed');
  }),
);

t.test('root inside is nobody outside', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const map = readFileSync(`/proc/${machine.pid}/uid_map`, 'utf8').trim().split(/\s+/);
    t.strictSame([map[0], map[2]], ['0', '65536']);
    t.ok(Number(map[1]) >= 0x7000_0000, 'a range no distribution hands out');
    for (const kind of ['user', 'net', 'mnt', 'pid', 'uts', 'ipc']) {
      t.not(
        readlinkSync(`/proc/${machine.pid}/ns/${kind}`),
        readlinkSync(`/proc/self/ns/${kind}`),
        `${kind} namespace of its own`,
      );
    }
    for (const line of [
      'mknod /tmp/disk b 254 0',
      'touch /usr/bin/mark',
      'mount -o remount,rw /usr && touch /usr/bin/mark',
      'date -s 2000-01-01',
      'echo 1 > /proc/sys/kernel/panic',
      'dmesg -C',
      'kill -9 1; test ! -d /proc/1',
    ]) {
      t.not((await machine.run('host', ['bash', '-c', line])).exitCode, 0, `refused: ${line}`);
    }
    t.equal(machine.alive(), true);
  }),
);

t.test('two machines have the same names and do not see each other', (t) =>
  workplace(t, async ({ make }) => {
    const [one, other] = await Promise.all([make(), make()]);
    await sh(
      one,
      'ip netns add red; ip link add v-net-0 type bridge; ip addr add 192.168.15.5/24 dev v-net-0; echo mine >/tmp/file',
    );
    t.equal(
      await sh(
        other,
        'ip netns list; ip -br link | grep -v ^lo; ls /tmp; ps -e --no-headers | grep -c nginx || true',
      ),
      '0\n',
    );
    await sh(other, 'ip netns add red; ip link add v-net-0 type bridge');
    t.match(await sh(one, 'ip -br addr'), /192\.168\.15\.5\/24/);
  }),
);

t.test('a learner can end everything but pid 1; destroy ends that too', (t) =>
  workplace(t, async ({ make, root }) => {
    const machine = await make();
    await machine.run('host', [
      'bash',
      '-c',
      'sleep 1000 & rm -rf --no-preserve-root / 2>/dev/null; kill -9 -1',
    ]);
    t.equal(machine.alive(), true, 'pid 1 cannot be ended from inside');
    await machine.destroy();
    t.equal(machine.alive(), false);
    await t.rejects(machine.run('host', ['true']), { code: 'machine-gone' });
    await machine.destroy();
    t.strictSame(machineProcesses(root), [], 'destroying what is gone succeeds, and nothing is there');
  }),
);

t.test('a machine is destroyed once: its uid range is another one later', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const [, first] = readFileSync(`/proc/${machine.pid}/uid_map`, 'utf8').trim().split(/\s+/);
    await machine.destroy();
    const other = spawn('setpriv', [`--reuid=${first}`, '--clear-groups', 'sleep', '60']);
    const inRange = () => readFileSync(`/proc/${other.pid}/status`, 'utf8').includes(`Uid:\t${first}`);
    while (!inRange()) await new Promise(setImmediate);
    await Promise.all([machine.destroy(), machine.destroy()]);
    t.equal(inRange(), true, 'a process that has the range now goes on');
    other.kill('SIGKILL');
    await once(other, 'exit');
  }),
);

t.test('reboot ends only the machine', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const { exitCode } = await machine.run('host', ['bash', '-c', 'echo h > /proc/sysrq-trigger']);
    t.not(exitCode, 0, 'the magic keys of the VM are out of reach');
    await machine.run('host', ['python3', '-c', 'import ctypes; ctypes.CDLL(None).reboot(0x01234567)']);
    // The kernel ends the caller and pid 1 at the same time; which of them is gone first is open.
    while (machine.alive()) await new Promise(setImmediate);
    t.pass("reboot(2) ends the machine's pid 1 and nothing else");
  }),
);

t.test('processes in a machine are limited', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    t.match(await sh(machine, 'ulimit -c'), /^0$/m, 'no core dumps');
    t.match(await sh(machine, 'df --output=size -k / | tail -1'), /^\s*65536$/m, 'the root is 64 MiB');
    const full = await machine.run('host', ['dd', 'if=/dev/zero', 'of=/tmp/full', 'bs=1M', 'count=100']);
    t.match(full.stderr, /No space left/);
  }),
);
