"""The kernel's time stamps on frames (SO_TIMESTAMPNS, socket(7))."""
from __future__ import annotations

import fcntl
import socket
import struct
import time

from ..system import NEW_NET, called, libc

ALL_PROTOCOLS, TIMESTAMPS = 3, 35
# SIOCSIFFLAGS, IFF_UP
SET_FLAGS, UP = 0x8914, 1


def stamp(control: list[tuple[int, int, bytes]]) -> int:
    """Nanoseconds since 1970, of the message that came along with a frame."""
    seconds, nanoseconds = struct.unpack('=qq', control[0][2])
    return int(seconds) * 10**9 + int(nanoseconds)


def frames_of_all_devices() -> socket.socket:
    made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    made.setsockopt(socket.SOL_SOCKET, TIMESTAMPS, 1)
    return made


def stamped() -> socket.socket:
    """
    The kernel begins to stamp frames a moment after a socket has asked for it; until then a frame gets the
    time at which it is read, and the first one sent may look last. Waits for it, in an empty namespace of its
    own.
    """
    called(libc.unshare(NEW_NET), 'unshare')
    seen = frames_of_all_devices()
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    fcntl.ioctl(sender, SET_FLAGS, struct.pack('16sh22x', b'lo', UP))
    while True:
        sender.sendto(b'', ('127.0.0.1', 9))
        sent = time.time_ns()
        time.sleep(0.0005)
        if stamp(seen.recvmsg(1 << 16, 64)[1]) <= sent:
            return seen
