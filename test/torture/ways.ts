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
  'many links':
    'for i in $(seq 500); do ip link add d$i type dummy || ip link add d$i type bridge; done 2>/dev/null',
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
  // The rest of what a review of safety has tried.
  'processes of three users':
    'for u in 1001 1002 1003; do setpriv --reuid=$u --clear-groups sh -c "while sleep 90 & :; do :; done" 2>/dev/null; done',
  'another tmpfs':
    'mkdir /tmp/more; mount -t tmpfs -o size=2g none /tmp/more; dd if=/dev/zero of=/tmp/more/x bs=1M count=300 2>/dev/null',
  'a sparse file': 'truncate -s 20G /root/sparse',
  'a node named __proto__': 'ip netns add __proto__; ip netns add constructor',
  'a writable /usr': 'mount -o remount,rw,bind /usr; touch /usr/mark',
  'a storm of rules':
    'timeout 8 sh -c "while :; do iptables -A INPUT -j ACCEPT; iptables -D INPUT 1; done" & sleep 1',
  'a storm of addresses':
    'timeout 8 sh -c "while :; do ip addr add 10.99.0.1/32 dev lo; ip addr del 10.99.0.1/32 dev lo; done" & sleep 1',
  'user namespaces': 'for i in $(seq 300); do setsid unshare --user sleep 60 & done 2>/dev/null',
  keys: 'python3 -c \'import ctypes; l = ctypes.CDLL(None); [l.syscall(248, b"user", b"%d" % i, b"x", 1, -4) for i in range(500)]\'',
  'pending signals':
    "python3 -c 'import os, signal; signal.pthread_sigmask(0, range(34, 64)); [os.kill(os.getpid(), 34) for i in range(9000)]; signal.pause()' & sleep 1",
  'a FIFO for ld.so.preload': 'mkfifo /etc/ld.so.preload',
  'a library that is a FIFO': 'mkfifo /etc/lib.so; echo /etc/lib.so >/etc/ld.so.preload',
  'a library that is no library': 'echo no >/etc/lib.so; echo /etc/lib.so /etc/none.so >/etc/ld.so.preload',
  'a library in every program':
    'ls /usr/lib/*/faketime/libfaketime.so.1 >/etc/ld.so.preload; echo -10y >/etc/faketimerc',
  'a cache of libraries that is none': 'rm -f /etc/ld.so.cache; head -c 4096 /dev/urandom >/etc/ld.so.cache',
  'the libraries of nsenter':
    'for f in /usr/lib/*/libselinux.so.1 /usr/lib/*/libc.so.6; do : >/run/none; mount --bind /run/none $(readlink -f $f); done',
  'a name service that is none':
    'echo "hosts: hoplab nis; passwd: nis; group: nis" | tr ";" "\\n" >/etc/nsswitch.conf',
  'no locale':
    'mkfifo /run/fifo; for d in /usr/share/locale /usr/lib/locale; do mount -t tmpfs none $d; ln -s /run/fifo $d/locale-archive; ln -s /run/fifo $d/locale.alias; done',
  'no terminfo':
    'mkfifo /run/fifo; for d in /usr/share/terminfo /lib/terminfo /etc/terminfo; do mkdir -p $d/d $d/x; mount -t tmpfs none $d && mkdir $d/d $d/x && ln -s /run/fifo $d/d/dumb && ln -s /run/fifo $d/x/xterm-256color; done',
  "no library of python's": 'mount -t tmpfs none "$(echo /usr/lib/python3.*)"',
  'a library of python that never ends':
    'd=/root/.local/lib/$(basename /usr/lib/python3.*)/site-packages; mkdir -p $d; echo "while True: pass" | tee $d/usercustomize.py >$d/sitecustomize.py',
  'a shell that ends at once':
    'echo exit >/root/.bashrc; cp /root/.bashrc /root/.profile; sed -i s,/bin/bash,/bin/false, /etc/passwd',
  'a covered file in /proc':
    'mkfifo /run/fifo; mount --bind /run/fifo /proc/net/sockstat; mount --bind /run/fifo /proc/sys/net/ipv4/ip_forward',
};
