"""Frames with the kernel's time stamps (SO_TIMESTAMPNS, socket(7); packet(7))."""
from __future__ import annotations

import fcntl
import socket
import struct
import time

from ..system import NEW_NET, called, libc

ALL_PROTOCOLS, TIMESTAMPS = 3, 35
# SOL_PACKET, PACKET_AUXDATA, TP_STATUS_VLAN_VALID (linux/if_packet.h)
PACKET, BESIDE, TAGGED = 263, 8, 1 << 4
# ARPHRD_ETHER, ARPHRD_LOOPBACK
WITH_ETHERNET = (1, 772)
# SIOCSIFFLAGS, IFF_UP
SET_FLAGS, UP = 0x8914, 1


def stamp(control: list[tuple[int, int, bytes]]) -> int:
    """Nanoseconds since 1970, of the message that came along with a frame."""
    seconds, nanoseconds = struct.unpack('=qq', control[0][2])
    return int(seconds) * 10**9 + int(nanoseconds)


def frames_of_all_devices() -> socket.socket:
    made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    made.setsockopt(socket.SOL_SOCKET, TIMESTAMPS, 1)
    made.setsockopt(PACKET, BESIDE, 1)
    return made


def next_frame(frames: socket.socket, size: int) -> tuple[int, int, str, bytes]:
    """Its time stamp, way (PACKET_HOST, ...), device, and bytes: an Ethernet frame with its tag, of whatever device."""
    data, control, _, (name, protocol, way, kind, _) = frames.recvmsg(size, 128, socket.MSG_DONTWAIT)
    beside = next(value for level, what, value in control if (level, what) == (PACKET, BESIDE))
    # struct tpacket_auxdata: the kernel keeps a VLAN's tag beside the frame.
    status, _, _, _, begin, tag, kind_of_tag = struct.unpack('=IIIHHHH', beside[:20])
    if kind not in WITH_ETHERNET:
        data = bytes(12) + struct.pack('>H', protocol) + data[begin:]
    elif status & TAGGED:
        data = data[:12] + struct.pack('>HH', kind_of_tag or 0x8100, tag) + data[12:]
    return stamp(control), way, name, data


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
