"""Netlink messages (netlink(7), linux/netlink.h): the one reader and writer of them."""
from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

ROUTE, SOCK_DIAG, NETFILTER = 0, 4, 12
ERROR, DONE = 2, 3
REQUEST, ACK, DUMP, CREATE, APPEND = 0x1, 0x4, 0x300, 0x400, 0x800
NESTED, KINDS = 0x8000, 0x3FFF


def messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, body) of each message in the bytes of one read."""
    while len(data) >= 16:
        size, kind = struct.unpack_from('=IH', data)
        if size < 16:
            return
        yield kind, data[16:size]
        data = data[(size + 3) & ~3:]


def attributes(data: bytes) -> dict[int, bytes]:
    """Payloads by type; of several of one type the last."""
    found = {}
    while len(data) >= 4:
        size, kind = struct.unpack_from('=HH', data)
        if size < 4:
            break
        found[kind & KINDS] = data[4:size]
        data = data[(size + 3) & ~3:]
    return found


def message(kind: int, flags: int, body: bytes) -> bytes:
    return struct.pack('=IHHII', 16 + len(body), kind, REQUEST | flags, 0, 0) + body


def attribute(kind: int, payload: bytes) -> bytes:
    size = 4 + len(payload)
    return struct.pack('=HH', size, kind) + payload + b'\0' * (-size % 4)


def nested(kind: int, *parts: bytes) -> bytes:
    return attribute(kind | NESTED, b''.join(parts))


def error_in(body: bytes) -> int:
    """The errno in a message of type ERROR; 0 is an acknowledgement."""
    return -int(struct.unpack_from('=i', body)[0])


def dumped(asker: socket.socket, request: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, body) of each message of a dump; a kernel without the subsystem just has none."""
    asker.send(request)
    while True:
        for kind, body in messages(asker.recv(1 << 17)):
            if kind in (ERROR, DONE):
                return
            yield kind, body
