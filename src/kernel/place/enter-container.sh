# Runs a command of the machine in the network of a container, and with the names it knows: copies of its
# /etc/resolv.conf and /etc/hosts, for a mount of its own cannot be bound here. Everything else is the machine's, so
# that its tools are there whatever the image has; `docker exec` is the way into the image.
# Arguments: the network namespace, the root of the container's files or nothing, then the command.
set -eu
network=$1 files=$2
shift 2
exec nsenter "--net=$network" unshare --mount sh -euc '
  umount -l /sys
  mount -a -T /.hoplab/enter.fstab
  mkdir -p /.hoplab/names
  mount -t tmpfs -o mode=755,size=256k names /.hoplab/names
  for file in resolv.conf hosts; do
    [ -f "$0/etc/$file" ] && [ -f "/etc/$file" ] || continue
    head -c 65536 "$0/etc/$file" >"/.hoplab/names/$file"
    mount --bind "/.hoplab/names/$file" "/etc/$file"
  done
  exec "$@"' "$files" "$@"
