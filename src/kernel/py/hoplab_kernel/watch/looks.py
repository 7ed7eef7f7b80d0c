"""Changes without a kernel message: found by comparison with the last look."""
from __future__ import annotations

import os
import socket
import struct

from ..netlink import DUMP, ROUTE, SOCK_DIAG, dumped, message

# SOCK_DIAG_BY_FAMILY (sock_diag(7)).
BY_FAMILY = 20
GET_LINK = 18


def listeners() -> set[tuple[int, int, bytes, int]]:
    """Sockets of this namespace that wait for connections or datagrams: (family, protocol, address, port)."""
    found = set()
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, SOCK_DIAG) as asker:
        for family in (socket.AF_INET, socket.AF_INET6):
            # TCP_LISTEN; a UDP socket without a peer is in TCP_CLOSE (inet_diag.h).
            for protocol, state in ((socket.IPPROTO_TCP, 10), (socket.IPPROTO_UDP, 7)):
                asked = struct.pack('=BBBBI48x', family, protocol, 0, 0, 1 << state)
                for kind, body in dumped(asker, message(BY_FAMILY, DUMP, asked)):
                    if kind == BY_FAMILY:
                        found.add((int(family), protocol, body[8:24], int(struct.unpack_from('>H', body, 4)[0])))
    return found


def links() -> list[tuple[int, bytes]]:
    """(type, body) of a message for each link of this namespace."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE) as asker:
        return list(dumped(asker, message(GET_LINK, DUMP, struct.pack('=B15x', socket.AF_UNSPEC))))


def processes() -> dict[str, bytes]:
    """When each process began, by its number."""
    found = {}
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                with open(f'/proc/{name}/stat', 'rb') as file:
                    fields = file.read().rpartition(b')')[2].split()
            except OSError:
                continue
            # A zombie has ended; field 22 is when it started (proc_pid_stat(5)).
            if fields and fields[0] != b'Z':
                found[name] = fields[19]
    return found
