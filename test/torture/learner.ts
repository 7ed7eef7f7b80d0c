import { withDaemon } from '../support/daemon.ts';
import { outsiders } from '../support/vm.ts';
import { answered, clientOf, type Part, result } from './part.ts';

/** Lines with which a learner spoils a machine; the limits of the machine end those that have no end of their own. */
export const ways: Record<string, string> = {
  processes: 'i=0; while [ $i -lt 1100 ]; do sleep 90 & i=$((i+1)); done 2>/dev/null',
  files: 'i=0; while [ $i -lt 40000 ]; do : >/tmp/$i || break; i=$((i+1)); done 2>/dev/null',
  'a full root': 'dd if=/dev/zero of=/root/full bs=1M 2>/dev/null',
  inotify: 'for i in $(seq 200); do setsid inotifywait -m /tmp >/dev/null 2>&1 & done',
  terminals:
    'for i in $(seq 300); do setsid script -qc "sleep 60" /dev/null >/dev/null 2>&1 </dev/null & done',
  'a FIFO for nsswitch.conf': 'rm -f /etc/nsswitch.conf; mkfifo /etc/nsswitch.conf',
  'a FIFO for passwd': 'rm -f /etc/passwd; mkfifo /etc/passwd',
  'a FIFO for resolv.conf': 'rm -f /etc/resolv.conf; mkfifo /etc/resolv.conf',
  'a FIFO for hosts': 'rm -f /etc/hosts; mkfifo /etc/hosts',
  'a FIFO among namespaces': 'mkdir -p /run/netns; mkfifo /run/netns/x',
  'a link for /run': 'mv /run /run2; ln -s /proc/1/root /run',
  'a link for /etc': 'mv /etc /etc2; ln -s /proc/self/root /etc',
  'a link for /root': 'rm -rf /root; ln -s / /root',
  'no /root': 'rm -rf /root',
  'no /etc': 'rm -rf /etc',
  'no /run': 'rm -rf /run/*',
  'no /tmp': 'rm -rf /tmp',
  'nothing of its own': 'rm -rf /.hoplab /var /home /tmp /root /etc',
  'a covered /usr': 'mount -t tmpfs none /usr',
  'a covered /proc': 'mount -t tmpfs none /proc',
  'a covered /sys': 'mount -t tmpfs none /sys',
  'a covered /dev': 'mount -t tmpfs none /dev',
  'many mounts': 'for i in $(seq 300); do mkdir -p /tmp/m/$i; mount -t tmpfs none /tmp/m/$i; done',
  'many namespaces': 'for i in $(seq 300); do ip netns add many$i; done',
  'many links': 'for i in $(seq 500); do ip link add d$i type dummy; done',
  'many routes':
    'for i in $(seq 200); do for j in $(seq 20); do echo "route add blackhole 10.$i.$j.0/24"; done; done | ip -batch -',
  'many rules':
    '(echo "*filter"; for i in $(seq 5000); do echo "-A INPUT -s 10.0.$((i/250)).$((i%250)) -j DROP"; done; echo COMMIT) | iptables-restore',
  'a name with control characters': "ip link add name $'\\e[31m' type veth",
  'kill -9 of all': 'kill -9 -1',
  'stopped processes': 'sleep 90 & kill -STOP $!',
  'busy loops': 'for i in 1 2 3; do (timeout 20 sh -c "while :; do :; done" &) ; done',
  'no addresses': 'for l in $(ls /sys/class/net); do ip addr flush dev $l; ip link set $l down; done',
  'a default of dropping':
    'for c in INPUT OUTPUT FORWARD; do iptables -P $c DROP; ip6tables -P $c DROP; done',
  'no capabilities for ping': 'sysctl -qw net.ipv4.ping_group_range="1 0"',
  'another hostname': "hostname '-x;$(true)'",
  'a deep directory': 'cd /tmp; for i in $(seq 500); do mkdir d; cd d; done',
  'no permissions': 'chmod 0 / /etc /run /root /tmp',
};

/** A spoilt machine: every question has an answer, another learner's check stays right, and reset heals. */
export const learner: Part = {
  name: 'learner',
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      const client = await clientOf(daemon);
      const { id: other } = await result(client, 'sessions.start', { lab: 'switching' });
      await result(client, 'steps.apply', { session: other, step: 'all' }, 120);
      const { id: session } = await result(client, 'sessions.start', { lab: 'switching' });
      const names = Object.keys(ways);
      for (let round = 0; round < most && goesOn(); round++) {
        // First each way alone, then two together.
        const chosen = round < names.length ? [names[round] ?? ''] : [random.pick(names), random.pick(names)];
        await tally.attempt(chosen.join(', then '), async () => {
          for (const name of chosen) {
            const line = [
              '--session',
              session,
              'exec',
              'host',
              '--',
              'timeout',
              '20',
              'bash',
              '-c',
              ways[name] ?? '',
            ];
            await daemon.hoplab(...line);
          }
          await answered(client, 'topology.get', { session }, 90);
          await answered(client, 'checks.run', { session }, 90);
          await answered(client, 'path.trace', { session, from: 'host', to: '127.0.0.1' }, 90);
          const { outcome } = await result(client, 'checks.run', { session: other, step: 'all' }, 60);
          if (outcome !== 'pass') throw new Error(`the other session: ${outcome}`);
          const outside = outsiders(daemon.run);
          if (outside.length > 0) throw new Error(`in namespaces of the VM: ${outside}`);
          if (random.chance(0.3)) await answered(client, 'sessions.reboot', { session }, 90);
          await result(client, 'sessions.reset', { session }, 30);
          await result(client, 'topology.get', { session }, 30);
        });
      }
    }),
};
