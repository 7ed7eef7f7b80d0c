"""One node of a machine whose traffic is sampled."""
from __future__ import annotations

import os
import socket
import struct

from ..system import NEW_NET, called, libc, opened_namespace
from ..trace.filter import DROP, EQUAL, LOAD_BYTE, LOAD_HALF, RETURN, attach, step
from ..trace.records import Records
from ..trace.stamps import frames_of_all_devices, next_frame

# Bytes of a frame: its headers, and enough behind them to know the packet again after a translation.
BYTES = 160
# Of the buffer. The kernel doubles it, and a small frame takes 768 of that.
BUFFER = 16 << 10
LOAD_WORD, DEVICE_TYPE, ETHERNET = 0x20, 0xFFFFF01C, 1


def interesting() -> bytes:
    """
    ARP, IPv4 and IPv6 of Ethernet devices; the loopback is none. Not what IPv6 says by itself in an idle network:
    group reports, which have a hop-by-hop header, and router solicitations (133) and advertisements (134).
    """
    keep, drop = step(RETURN, BYTES), step(RETURN, DROP)
    return b''.join([
        step(LOAD_WORD, DEVICE_TYPE), step(EQUAL, ETHERNET, 1), drop,
        step(LOAD_HALF, 12),
        step(EQUAL, 0x0800, 9),
        step(EQUAL, 0x0806, 8),
        step(EQUAL, 0x86DD, 1), drop,
        step(LOAD_BYTE, 20), step(EQUAL, 0, 5), step(EQUAL, 58, 0, 3),
        step(LOAD_BYTE, 54), step(EQUAL, 133, 2), step(EQUAL, 134, 1),
        keep, drop,
    ])


class Node:
    def __init__(self, key: tuple[str, int], fd: int) -> None:
        self.key = key
        called(libc.setns(fd, NEW_NET), key[0])
        self.frames = frames_of_all_devices()
        self.frames.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        attach(self.frames, interesting())

    @staticmethod
    def at(path: str, kept: dict[tuple[str, int], Node]) -> Node | None:
        try:
            fd = opened_namespace(path)
        except OSError:
            return None
        try:
            # While its socket is open, no other namespace has its number.
            key = (path, os.fstat(fd).st_ino)
            return kept[key] if key in kept else Node(key, fd)
        except OSError:
            return None
        finally:
            os.close(fd)

    def read(self, number: int, records: Records, most: int) -> int:
        """How many frames it was; `most` of them."""
        for taken in range(most):
            try:
                time, way, name, data = next_frame(self.frames, BYTES)
            except OSError:
                # None is left, or a device went down.
                return taken
            payload = struct.pack('<QB16s', time, way, name.encode()) + data
            records.tell(b'F', number, payload)
        return most

    def lost(self) -> bool:
        # SOL_PACKET, PACKET_STATISTICS: packets, and how many of them found no room.
        return bool(struct.unpack('=II', self.frames.getsockopt(263, 6, 8))[1])
