# shellcheck shell=dash
# Adds the programs of scripts/services to a machine: over its /usr, without a copy. Argument: where they are.
set -eu
mount -t overlay -o "ro,nosuid,nodev,lowerdir=$1:/usr" programs /usr

# Their packages, which are not installed, would have made these.
system_user() { # NAME UID HOME
  grep -q "^$1:" /etc/passwd || echo "$1:x:$2:$2::$3:/usr/sbin/nologin" >>/etc/passwd
  grep -q "^$1:" /etc/group || echo "$1:x:$2:" >>/etc/group
}
system_user _chrony 780 /var/lib/chrony
system_user postfix 781 /var/spool/postfix
system_user policyd-spf 782 /nonexistent
grep -q '^postdrop:' /etc/group || echo 'postdrop:x:783:' >>/etc/group
mkdir -p /var/lib/chrony
chown _chrony:_chrony /var/lib/chrony
