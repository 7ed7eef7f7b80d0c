"""The messages of rtnetlink (rtnetlink(7), linux/if_link.h) that make and set links, addresses and routes."""
from __future__ import annotations

import os
import socket
import struct

from ..netlink import ACK, CREATE, ROUTE, attribute, error_in, message, nested

NEW_LINK, GET_LINK, NEW_ADDRESS, NEW_ROUTE = 16, 18, 20, 24
EXCLUSIVE = 0x200
IFNAME, MTU, MASTER, LINKINFO, NET_NS_FD = 3, 4, 10, 18, 28
INFO_KIND, INFO_DATA, PEER = 1, 2, 1
ADDRESS, LOCAL, NO_DAD = 1, 2, 2
DESTINATION, OUT, GATEWAY = 1, 4, 5
UP = 1
MAIN, BOOT, UNIVERSE, HOST, LINK, UNICAST = 254, 3, 0, 254, 253, 1


class Network:
    """A network namespace: a socket in it, and the indices of its links."""

    def __init__(self, namespace: int) -> None:
        """The process is in the namespace; `namespace` is a file descriptor of it."""
        self.namespace = namespace
        self.asker = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE)
        self.indices: dict[str, int] = {'lo': 1}

    def ask(self, kind: int, flags: int, body: bytes) -> None:
        self.asker.send(message(kind, ACK | flags, body))
        errno = error_in(self.asker.recv(1 << 16)[16:])
        if errno:
            raise OSError(errno, os.strerror(errno))

    def index(self, link: str) -> int:
        known = self.indices.get(link)
        if known is not None:
            return known
        self.asker.send(message(GET_LINK, 0, head() + attribute(IFNAME, named(link))))
        answer = self.asker.recv(1 << 16)
        kind, = struct.unpack_from('=H', answer, 4)
        if kind != NEW_LINK:
            errno = error_in(answer[16:])
            raise OSError(errno, f'{link}: {os.strerror(errno)}')
        found, = struct.unpack_from('=i', answer, 16 + 4)
        self.indices[link] = int(found)
        return int(found)

    def bridge(self, name: str) -> None:
        made = attribute(IFNAME, named(name)) + nested(LINKINFO, attribute(INFO_KIND, b'bridge'))
        self.ask(NEW_LINK, CREATE | EXCLUSIVE, head() + made)

    def set(self, link: str, *, up: bool = False, mtu: int | None = None, master: str | None = None) -> None:
        body = head(self.index(link), UP if up else 0)
        if mtu is not None:
            body += attribute(MTU, struct.pack('=I', mtu))
        if master is not None:
            body += attribute(MASTER, struct.pack('=I', self.index(master)))
        self.ask(NEW_LINK, 0, body)

    def address(self, link: str, address: str, length: int) -> None:
        """A new IPv6 address can be used at once."""
        family, packed = packed_address(address)
        scope = HOST if family == socket.AF_INET and packed[0] == 127 else UNIVERSE
        flags = NO_DAD if family == socket.AF_INET6 else 0
        body = struct.pack('=BBBBI', family, length, flags, scope, self.index(link))
        self.ask(NEW_ADDRESS, CREATE | EXCLUSIVE, body + attribute(LOCAL, packed) + attribute(ADDRESS, packed))

    def route(self, to: tuple[str, int] | None, via: str | None, link: str | None) -> None:
        family, packed = packed_address(to[0] if to else via or '')
        length = to[1] if to else 0
        scope = UNIVERSE if via is not None or family == socket.AF_INET6 else LINK
        body = struct.pack('=BBBBBBBBI', family, length, 0, 0, MAIN, BOOT, scope, UNICAST, 0)
        if length:
            body += attribute(DESTINATION, packed)
        if via is not None:
            body += attribute(GATEWAY, packed_address(via)[1])
        if link is not None:
            body += attribute(OUT, struct.pack('=I', self.index(link)))
        self.ask(NEW_ROUTE, CREATE | EXCLUSIVE, body)


def veth(asker: Network, ends: list[tuple[Network, str, int]]) -> None:
    """Both ends are made where they belong, each with its index."""
    (one, link, index), (other, peer_link, peer_index) = ends
    peer = head(peer_index) + placed(peer_link, other)
    pair = attribute(INFO_KIND, b'veth') + nested(INFO_DATA, nested(PEER, peer))
    asker.ask(NEW_LINK, CREATE | EXCLUSIVE, head(index) + placed(link, one) + nested(LINKINFO, pair))
    for network, name, number in ends:
        network.indices[name] = number


def placed(link: str, network: Network) -> bytes:
    return attribute(IFNAME, named(link)) + attribute(NET_NS_FD, struct.pack('=I', network.namespace))


def head(index: int = 0, flags: int = 0) -> bytes:
    return struct.pack('=BxHiII', 0, 0, index, flags, flags)


def named(link: str) -> bytes:
    return link.encode() + b'\0'


def packed_address(address: str) -> tuple[int, bytes]:
    family = socket.AF_INET6 if ':' in address else socket.AF_INET
    return family, socket.inet_pton(family, address)
