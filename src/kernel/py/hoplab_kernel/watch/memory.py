"""Which kernel messages are news: kinds of change as core/check/changes.ts names them."""
from __future__ import annotations

import struct

from ..netlink import attributes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Key = TypeVar('Key')
    Value = TypeVar('Value')

# rtnetlink's groups: link, neigh, tc, ipv4 and ipv6 addresses, routes and rules, netconf, nsid, nexthop.
ROUTE_GROUPS = (1, 3, 4, 5, 7, 8, 9, 11, 19, 24, 25, 28, 32)
NFTABLES_GROUPS = (7,)
# Sockets that ended, TCP and UDP of both families.
DIAG_GROUPS = (1, 2, 3, 4)
# RTM_NEWLINK, RTM_DELNSID.
NEW_LINK, DELETED_NUMBER = 16, 89
OWN_TABLE = b'hoplab_trace\0'

PLAIN = {
    20: 'addresses', 21: 'addresses', 24: 'routes', 25: 'routes', 32: 'routes', 33: 'routes',
    104: 'routes', 105: 'routes', 36: 'links', 37: 'links', 40: 'links', 41: 'links', 44: 'links', 45: 'links',
    80: 'sysctls', 81: 'sysctls',
}
AF_BRIDGE = 7
# Of linux/if_link.h: the timers and what spanning tree computes, IFLA_BR_ROOT_ID to _GC_TIMER, and
# IFLA_BRPORT_ROOT_ID to _HOLD_TIMER.
BRIDGE_MOVING, PORT_MOVING = frozenset(range(10, 20)), frozenset(range(13, 24))
# NUD_* of linux/neighbour.h.
VALID, NOARP, PERMANENT = 0xDE, 0x40, 0x80


class Memory:
    """The last report of each link and neighbour: the kernel often repeats one."""

    def __init__(self) -> None:
        self.links: dict[tuple[int, int, int], tuple[object, ...]] = {}
        self.neighbours: dict[tuple[object, ...], tuple[bytes | None, bool]] = {}

    def forget(self, number: int) -> None:
        self.links = {key: value for key, value in self.links.items() if key[0] != number}
        self.neighbours = {key: value for key, value in self.neighbours.items() if key[0] != number}

    def route_news(self, number: int, kind: int, body: bytes) -> str | None:
        if kind in PLAIN:
            return PLAIN[kind]
        if kind in (16, 17):
            return self.link_news(number, kind == 16, body)
        if kind in (28, 29):
            return self.neighbour_news(number, kind == 28, body)
        return None

    def link_news(self, number: int, there: bool, body: bytes) -> str | None:
        family, _, index, flags = struct.unpack_from('=BxHiI', body)
        values = attributes(body[16:])
        now: tuple[object, ...] | None = None
        if there and family == AF_BRIDGE:
            # IFLA_PROTINFO of a port; IFLA_AF_SPEC, its VLANs.
            now = (settled(values.get(12), PORT_MOVING), values.get(26))
        elif there:
            info = attributes(values.get(18, b''))
            # UP, NOARP, LOWER_UP; address, name, MTU, peer, master; settings of its kind and of a bridge port.
            # Not the fields that a capture or a counter changes.
            now = (flags & 0x10081, *(values.get(key) for key in (1, 3, 4, 5, 10)),
                   settled(info.get(2), BRIDGE_MOVING if info.get(1) == b'bridge\0' else frozenset()),
                   settled(info.get(5), PORT_MOVING))
        return 'links' if news(self.links, (number, index, family), now) else None

    def other_settings(self, number: int, body: bytes) -> bool:
        """Of a link that is known, and looked at; a link that is not known has a report of its own."""
        known = (number, int(struct.unpack_from('=i', body, 4)[0]), 0) in self.links
        return self.link_news(number, True, body) is not None and known

    def neighbour_news(self, number: int, there: bool, body: bytes) -> str | None:
        family, index, state, _, _ = struct.unpack_from('=B3xiHBB', body)
        values = attributes(body[12:])
        if family == AF_BRIDGE:
            return self.forwarding_news((number, index, body[10]), there, state, values)
        if family not in (2, 10) or state & NOARP:
            return None
        known = there and state & VALID
        now = (values.get(2), bool(state & PERMANENT)) if known else None
        key = (number, index, values.get(1))
        before = self.neighbours.get(key)
        if not news(self.neighbours, key, now):
            return None
        typed = any(each and each[1] for each in (before, now))
        return 'permanent-neighbours' if typed else 'neighbours'

    def forwarding_news(
        self, port: tuple[int, int, int], there: bool, state: int, values: dict[int, bytes],
    ) -> str | None:
        """An entry of a bridge or a tunnel: by its MAC address, VLAN and other end."""
        key = (*port, *(values.get(each) for each in (2, 5, 1)))
        typed = bool(state & (PERMANENT | NOARP))
        if not news(self.neighbours, key, (None, typed) if there else None):
            return None
        return 'permanent-neighbours' if typed else 'neighbours'


def settled(nest: bytes | None, moving: frozenset[int]) -> tuple[tuple[int, bytes], ...]:
    """The attributes that stay until someone changes them."""
    return tuple(sorted(pair for pair in attributes(nest or b'').items() if pair[0] not in moving))


def news(known: dict[Key, Value], key: Key, now: Value | None) -> bool:
    if known.get(key) == now:
        return False
    if now is None:
        del known[key]
    else:
        known[key] = now
    return True


def rule_news(kind: int, body: bytes) -> str | None:
    """A table's own name is attribute 1 of all its parts; the end of a transaction (NEWGEN, 15) has no part."""
    if kind & 0xFF in (15, 16) or attributes(body[4:]).get(1) == OWN_TABLE:
        return None
    return 'rules'


def ended_port(body: bytes) -> int:
    return int(struct.unpack_from('>H', body, 4)[0])
