# Becomes pid 1 of a machine: builds a root of its own, then waits for ever.
# Arguments: mountpoint, skeleton, hostname, the initial settings of a network namespace (a script). Prints
# `ready` on stdout; the first error ends it.
set -eu
root=$1 skeleton=$2 name=$3 settings=$4

mount -t tmpfs -o mode=755,size=64m,nr_inodes=32k hoplab "$root"
cd "$root"
mkdir -p usr proc sys .sys dev/pts dev/shm dev/net run/netns run/lock tmp root home mnt .old \
  .hoplab/nodes var/log/nginx var/lib/nginx var/lib/misc var/cache var/tmp var/spool
ln -s usr/bin bin
ln -s usr/sbin sbin
ln -s usr/lib lib
[ ! -d /usr/lib64 ] || ln -s usr/lib64 lib64
ln -s /run var/run
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
for device in null zero full random urandom tty net/tun; do : >"dev/$device"; done
chmod 1777 tmp var/tmp dev/shm
chmod 700 root .hoplab
cp -R --preserve=mode,links "$skeleton/." .

# Two sysfs: `ip netns exec` replaces the one on /sys, which the kernel allows in a user namespace only
# while another one is fully visible. Container runtimes need the control groups (cgroup_namespaces(7)).
cat >fstab <<EOF
/usr $root/usr none bind,ro 0 0
proc $root/proc proc nosuid,nodev,noexec 0 0
sysfs $root/sys sysfs nosuid,nodev,noexec 0 0
sysfs $root/.sys sysfs nosuid,nodev,noexec 0 0
cgroup2 $root/sys/fs/cgroup cgroup2 nosuid,nodev,noexec 0 0
devpts $root/dev/pts devpts newinstance,mode=620,ptmxmode=666,gid=5,max=256 0 0
/dev/null $root/dev/null none bind 0 0
/dev/zero $root/dev/zero none bind 0 0
/dev/full $root/dev/full none bind 0 0
/dev/random $root/dev/random none bind 0 0
/dev/urandom $root/dev/urandom none bind 0 0
/dev/tty $root/dev/tty none bind 0 0
EOF
[ ! -e /dev/net/tun ] || echo "/dev/net/tun $root/dev/net/tun none bind 0 0" >>fstab
mount -a -T "$root/fstab"
rm fstab

hostname "$name"
pivot_root . .old
umount -l /.old
rmdir /.old
cd /
printf '%s' "$settings" >/.hoplab/settings
. /.hoplab/settings
ip link set dev lo up
echo ready

# The shell reaps orphans; no signal from inside ends it, since it is pid 1. Labs have `sleep infinity` for a process
# of the learner's, so this one waits by another name.
exec sh -c 'while :; do sleep 365d & wait $!; done' init </dev/null >/dev/null 2>&1
