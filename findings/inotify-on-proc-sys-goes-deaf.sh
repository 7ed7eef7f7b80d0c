#!/usr/bin/env bash
# inotify-tools 3.22.6.0 (Debian 12, 3.22.6.0-4) on Linux 6.18 (seen); read: proc_sys_lookup and proc_sys_make_inode
# in fs/proc/proc_sysctl.c, the same since 4.x.
#
# A watch on a directory of /proc/sys hears writes to its files, and stops to do so without a word when the kernel
# reclaims the directory's dentry (memory pressure; here by a remount, which does the same to names not in use). The
# watch pins the inode, but every look-up in /proc/sys makes a new inode instead of finding the old one, so the next
# writer comes by an inode that nobody watches. No IN_IGNORED, no IN_DELETE_SELF. A descriptor of the directory
# (O_PATH is enough) holds the name, and the watch keeps hearing. On ext4 or tmpfs the watch survives the same.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes namespaces' >&2; exit 2; }
if [ "${1:-}" != inside ]; then
  self=$(readlink -f "$0")
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  chmod 755 "$work"
  cd "$work"
  apt-get -q download inotify-tools=3.22.6.0-4 libinotifytools0=3.22.6.0-4 >/dev/null 2>&1 ||
    { echo 'the packages are not to be had' >&2; exit 2; }
  for package in *.deb; do dpkg -x "$package" tree; done
  status=0
  # A /proc, a network and a temporary file system of its own.
  unshare --mount --net --pid --fork --mount-proc "$self" inside "$work/tree" || status=$?
  exit "$status"
fi

export LD_LIBRARY_PATH=$2/usr/lib/$(uname -m)-linux-gnu
inotifywait=$2/usr/bin/inotifywait
mkdir "$2/files"
mount -t tmpfs files "$2/files"
echo 0 >"$2/files/setting"

# heard DIRECTORY FILE FILE-SYSTEM: whether a write after a remount is told within two seconds
heard() {
  local log
  log=$(mktemp -p "$tree")
  : >"$log.err"
  "$inotifywait" -m -e modify "$1" >"$log" 2>"$log.err" &
  local watcher=$!
  until grep -q 'Watches established' "$log.err"; do :; done
  mount -o remount "$3"
  echo 1 >"$1/$2"
  local end=$((SECONDS + 3))
  while [ "$SECONDS" -lt "$end" ] && ! grep -q "MODIFY $2" "$log"; do :; done
  kill "$watcher"
  wait "$watcher" 2>/dev/null || :
  if grep -q "MODIFY $2" "$log"; then echo heard; else echo deaf; fi
}

tree=$2
sys=/proc/sys/net/ipv4
plain=$(heard "$sys" ip_forward /proc)
exec 9<"$sys"
held=$(heard "$sys" ip_default_ttl /proc)
file=$(heard "$2/files" setting "$2/files")
echo "/proc/sys: $plain; /proc/sys with the directory held open: $held; tmpfs: $file"
umount "$2/files"
[ "$plain $held $file" = 'deaf heard heard' ]
