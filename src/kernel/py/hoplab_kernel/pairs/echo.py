"""Echo requests, and the answers to them (RFC 792, RFC 4443)."""
from __future__ import annotations

import errno
import socket
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    # (result, sender of the error)
    Result = tuple[str, str]

# What the kernel says at once, in the words of core/probe.
REFUSALS = {
    errno.ENETUNREACH: 'no-route', errno.EADDRNOTAVAIL: 'no-route', errno.EHOSTUNREACH: 'host-unreachable',
    errno.EPERM: 'rejected', errno.EACCES: 'rejected', errno.EINVAL: 'rejected',
}
# SOL_RAW and ICMP_FILTER, IPPROTO_ICMPV6 and ICMPV6_FILTER: a bit set in it is a type that is not passed on.
FILTERS = {socket.AF_INET: (255, 1, 4), socket.AF_INET6: (socket.IPPROTO_ICMPV6, 1, 32)}
# Echo reply, destination unreachable, time exceeded, parameter problem; in IPv6 packet too big as well.
WANTED = {socket.AF_INET: (0, 3, 11, 12), socket.AF_INET6: (129, 1, 2, 3, 4)}
HEAD = struct.Struct('!BBHHH')


def opened(family: int) -> socket.socket:
    protocol = socket.IPPROTO_ICMPV6 if family == socket.AF_INET6 else socket.IPPROTO_ICMP
    link = socket.socket(family, socket.SOCK_RAW | socket.SOCK_NONBLOCK, protocol)
    level, option, size = FILTERS[socket.AddressFamily(family)]
    passed = sum(1 << kind for kind in WANTED[socket.AddressFamily(family)])
    blocked = ~passed & ((1 << 8 * size) - 1)
    # An array of u32 in the machine's byte order.
    words = [blocked >> 32 * at & 0xffffffff for at in range(size // 4)]
    link.setsockopt(level, option, struct.pack(f'={len(words)}I', *words))
    return link


class Echo:
    """The requests of one run: all have its identifier and its token."""

    def __init__(self, family: int, token: bytes) -> None:
        self.six = family == socket.AF_INET6
        self.identifier, = struct.unpack('!H', token[:2])
        self.token = token
        self.words = sum(struct.unpack(f'!{len(token) // 2}H', token))
        self.request, self.reply = (128, 129) if self.six else (8, 0)

    def packet(self, sequence: int) -> bytes:
        # Of ICMPv6 the kernel makes the checksum itself (RFC 3542).
        total = (self.request << 8) + self.identifier + sequence + self.words
        total = (total & 0xffff) + (total >> 16)
        total = ~((total & 0xffff) + (total >> 16)) & 0xffff
        return HEAD.pack(self.request, 0, 0 if self.six else total, self.identifier, sequence) + self.token

    def answer(self, data: bytes, sender: str) -> tuple[int, Result] | None:
        """Which request this is about, and how it ended; None if it is about none of this run."""
        body = data if self.six else data[(data[0] & 15) * 4:]
        if len(body) < 8:
            return None
        kind, code, _, identifier, sequence = HEAD.unpack_from(body)
        if kind == self.reply:
            ours = identifier == self.identifier and body[8:] == self.token
            return (sequence, ('reply', '')) if ours else None
        # An error carries the beginning of the packet that it is about.
        inner = body[48:] if self.six else body[8 + (body[8] & 15) * 4:] if len(body) > 8 else b''
        if len(inner) < 8:
            return None
        asked, _, _, identifier, sequence = HEAD.unpack_from(inner)
        if (asked, identifier) != (self.request, self.identifier) or self.token[:len(inner) - 8] != inner[8:]:
            return None
        unreachable = (kind, code) == ((1, 3) if self.six else (3, 1))
        return sequence, ('host-unreachable' if unreachable else 'rejected', sender)
