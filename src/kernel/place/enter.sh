# Runs a command on another host of the lab: its network and hostname, its own /etc, a /sys (whatever is mounted
# below the machine's) and a /run/netns of its own. The mounts are made anew for every command, as `ip netns exec` does it: pinning a mount
# namespace fails at random on Linux 6.18 (ARCHITECTURE.md).
# Arguments: the host's name, then the command.
set -eu
host=/.hoplab/nodes/$1
shift
exec nsenter "--net=$host/net" "--uts=$host/uts" unshare --mount sh -euc '
  mount --bind "$0/etc" /etc
  umount -l /sys
  mount -a -T /.hoplab/enter.fstab
  exec "$@"' "$host" "$@"
