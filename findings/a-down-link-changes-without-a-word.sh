#!/usr/bin/env bash
# Linux 6.18, iproute2 6.1 (seen); read: do_setlink in net/core/rtnetlink.c, netdev_state_change in net/core/dev.c.
#
# Whoever follows links by RTNLGRP_LINK (`ip monitor link`) hears of a new name, MAC address or MTU of any link. New
# settings of a link's kind (IFLA_LINKINFO: STP and ageing of a bridge, TTL and key of a tunnel) are reported only
# while the link is up: do_setlink leaves them to netdev_state_change, which returns at once without IFF_UP. They are
# in the next message about the link, whatever that is about. A program that keeps its picture of the links from
# messages alone has the old settings until then; only a new dump shows them.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a namespace' >&2; exit 2; }
[ "${1:-}" = inside ] || exec unshare --mount --net --pid --fork --mount-proc "$(readlink -f "$0")" inside

mount -t tmpfs tmpfs /run
ip link add br0 type bridge || { echo 'no bridges here' >&2; exit 2; }
ip monitor link >/run/heard &
# messages LINE...: how many are heard about br0 because of the line; a new link behind it is the end of waiting
count=0
messages() {
  local before end=mark$((count += 1))
  before=$(grep -c 'br0' /run/heard || :)
  "$@"
  ip link add "$end" type bridge
  until grep -q "$end" /run/heard; do :; done
  heard=$(($(grep -c 'br0' /run/heard || :) - before))
}
messages ip link set dev br0 mtu 1400
until [ "$heard" -gt 0 ]; do messages ip link set dev br0 mtu 14$((10 + count)); done # the monitor listens
messages ip link set dev br0 type bridge ageing_time 4000
down=$heard
shown=$(ip -d link show br0 | grep -c 'ageing_time 4000' || :)
messages ip link set dev br0 up
messages ip link set dev br0 type bridge ageing_time 5000
up=$heard
echo "messages about a new ageing_time: $down while the bridge is down (a dump shows it: $shown), $up while it is up"
[ "$down" -eq 0 ] && [ "$shown" -eq 1 ] && [ "$up" -gt 0 ]
