"""
The neighbour entries that pings leave behind. The kernel counts those of all namespaces of the VM together
(gc_thresh3, arp(7)), and a full table loses packets: entries that were not there before are deleted.
"""
from __future__ import annotations

import socket
import struct

from ..netlink import DUMP, ROUTE, attribute, attributes, dumped, message

DELETE_NEIGHBOUR, GET_NEIGHBOUR, GET_TABLE = 29, 30, 66
# NDA_DST; NDTA_NAME, NDTA_STATS; the place of ndts_table_fulls in struct ndt_stats.
DESTINATION, NAME, STATS, FULLS = 1, 1, 7, 10
NAMES = {socket.AF_INET: b'arp_cache\0', socket.AF_INET6: b'ndisc_cache\0'}


class Neighbours:
    """Of one node. Made inside its namespace."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.asker = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE)
        # Its answers are not read: an entry that is gone already needs none.
        self.deleter = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE)
        self.before = {(index, address) for index, address in self.entries()}

    def entries(self) -> list[tuple[int, bytes]]:
        """(number of the interface, address) of each."""
        found = []
        for _, body in dumped(self.asker, message(GET_NEIGHBOUR, DUMP, struct.pack('=B11x', self.family))):
            family, index = struct.unpack_from('=B3xi', body)
            address = attributes(body[12:]).get(DESTINATION)
            if family == self.family and address is not None:
                found.append((index, address))
        return found

    def forget(self, addresses: set[bytes]) -> None:
        new = [one for one in self.entries() if one[1] in addresses and one not in self.before]
        if new:
            self.deleter.send(b''.join(
                message(DELETE_NEIGHBOUR, 0, struct.pack('=B3xiHBB', self.family, index, 0, 0, 0)
                        + attribute(DESTINATION, address))
                for index, address in new
            ))

    def times_full(self) -> int:
        """How often the table of the whole VM had no room for an entry."""
        for _, body in dumped(self.asker, message(GET_TABLE, DUMP, struct.pack('=B3x', self.family))):
            found = attributes(body[4:])
            if found.get(NAME) == NAMES[socket.AddressFamily(self.family)] and STATS in found:
                return int(struct.unpack_from('=Q', found[STATS], 8 * FULLS)[0])
        return 0

    def close(self) -> None:
        self.asker.close()
        self.deleter.close()
