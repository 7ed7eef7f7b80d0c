"""One node of a machine while it is read."""
from __future__ import annotations

import os
import socket
import struct

from ..netlink import DUMP, NETFILTER, ROUTE, SOCK_DIAG, attribute, message
from ..system import NEW_NET, cookie_of, libc, opened_namespace
from . import ipsec
from .dump import ROOM, Broken, pieces
from .files import MOST, content, counted, settings
from .records import Records
from .wireguard import interfaces, wireguard

# RTM_GETLINK, _GETADDR, _GETROUTE, _GETNEIGH, _GETRULE, _GETNEIGHTBL, _GETNETCONF
LINK, ADDRESS, ROUTES, NEIGHBOUR, RULE, ASKING, CONF = 18, 22, 26, 30, 34, 66, 82
# IFLA_EXT_MASK; RTEXT_FILTER_SKIP_STATS, RTEXT_FILTER_BRVLAN_COMPRESSED
MASK, NO_COUNTERS, VLANS = 29, 8, 4
NFTABLES, GET_TABLE, GET_GENERATION = 10, 1, 16
BY_FAMILY = 20


def of_links(family: int, mask: int, index: int = 0) -> bytes:
    return struct.pack('=BxHiII', family, 0, index, 0, 0) + attribute(MASK, struct.pack('=I', mask))


def conf(family: int, index: int) -> bytes:
    """NETCONFA_IFINDEX; -1 is `all`, -2 `default`."""
    return message(CONF, 0, struct.pack('=B3x', family) + attribute(1, struct.pack('=i', index)))


# Links come first: read with much room, they let the kernel use as much for the next dumps on the same
# socket.
LINKS = message(LINK, DUMP, of_links(0, NO_COUNTERS))
OTHERS = (
    message(ADDRESS, DUMP, bytes(8)),
    message(ROUTES, DUMP, bytes(12)),
    message(NEIGHBOUR, DUMP, bytes(12)),
    message(RULE, DUMP, struct.pack('=B11x', socket.AF_INET)),
    message(RULE, DUMP, struct.pack('=B11x', socket.AF_INET6)),
    message(ASKING, DUMP, bytes(4)),
)
BRIDGES = (
    message(NEIGHBOUR, DUMP, struct.pack('=B11x', socket.AF_BRIDGE)),
    message(LINK, DUMP, of_links(socket.AF_BRIDGE, VLANS | NO_COUNTERS)),
)
CONFS = [conf(family, index) for family in (socket.AF_INET, socket.AF_INET6) for index in (-1, -2)]
TABLES = message(NFTABLES << 8 | GET_TABLE, DUMP, bytes(4))
GENERATION = message(NFTABLES << 8 | GET_GENERATION, 0, bytes(4))


def waiting(family: int, protocol: int, states: int) -> bytes:
    return message(BY_FAMILY, DUMP, struct.pack('=BBBBI48x', family, protocol, 0, 0, states))


# TCP_LISTEN; a UDP socket without a peer is in TCP_CLOSE, one with a peer in TCP_ESTABLISHED (inet_diag.h).
TCP, UDP = 1 << 10, 1 << 7 | 1 << 1
SOCKETS = (
    (b'T', b'TCP', [waiting(family, socket.IPPROTO_TCP, TCP) for family in (socket.AF_INET, socket.AF_INET6)]),
    (b'U', b'UDP', [waiting(family, socket.IPPROTO_UDP, UDP) for family in (socket.AF_INET, socket.AF_INET6)]),
)


class Node:
    def __init__(self, number: int, path: str, own: dict[str, int], records: Records) -> None:
        self.number = number
        self.own = own
        self.records = records
        self.waiting = False
        namespace = opened_namespace(path)
        failed = libc.setns(namespace, NEW_NET)
        os.close(namespace)
        if failed:
            raise OSError(0, 'setns')

    def read(self, links: list[int], further: list[str], legacy: list[str]) -> None:
        self.read_routing(links)
        self.read_tables()
        self.read_ipsec()
        self.records.tell(b'S', self.number, settings(self.own['settings'], further))
        net = os.open('thread-self/net', os.O_PATH | os.O_CLOEXEC, dir_fd=self.own['proc'])
        self.read_sockets(net)
        queues = content('netfilter/nfnetlink_queue', net, MOST)
        if queues:
            self.records.tell(b'Q', self.number, queues)
        for name in legacy:
            if content(name, net):
                self.records.tell(b'L', self.number, name.encode())
        os.close(net)

    def dump(self, kind: bytes, asker: socket.socket, request: bytes) -> list[bytes]:
        try:
            replies = pieces(asker, request)
        except Broken as error:
            asked, family = struct.unpack_from('=H', request, 4)[0], request[16]
            self.records.tell(b'E', self.number, struct.pack('=HBi', asked, family, error.errno))
            return []
        for each in replies:
            self.records.tell(kind, self.number, each)
        return replies

    def read_routing(self, links: list[int]) -> None:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE) as asker:
            for index in links:
                # A request for one device makes the kernel deliver its delayed carrier event
                # (linkwatch_sync_dev).
                asker.send(message(LINK, 0, of_links(0, NO_COUNTERS, index)))
                asker.recv(ROOM)
            replies = self.dump(b'R', asker, LINKS)
            for request in OTHERS:
                self.dump(b'R', asker, request)
            if any(b'bridge\0' in each or b'vxlan\0' in each for each in replies):
                for request in BRIDGES:
                    self.dump(b'R', asker, request)
            indices = interfaces(replies)
            if indices:
                for each in wireguard(indices):
                    self.records.tell(b'W', self.number, each)
            for request in CONFS:
                asker.send(request)
                self.records.tell(b'R', self.number, asker.recv(ROOM))
            self.records.tell(b'C', self.number, cookie_of(asker))

    def read_ipsec(self) -> None:
        asking = ipsec.asker()
        if asking is None:
            return
        with asking as asker:
            if ipsec.are_some(self.dump(b'A', asker, ipsec.POLICIES)):
                self.dump(b'A', asker, ipsec.STATES)

    def read_tables(self) -> None:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETFILTER) as asker:
            asker.send(GENERATION)
            self.records.tell(b'F', self.number, asker.recv(ROOM))
            self.dump(b'F', asker, TABLES)

    def read_sockets(self, net: int) -> None:
        counts = content('sockstat', net) + b'\n' + content('sockstat6', net)
        for kind, name, requests in SOCKETS:
            # To look through the tables of all sockets costs more than everything else.
            if not counted(counts, (name + b':', name + b'6:')):
                continue
            with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, SOCK_DIAG) as asker:
                for request in requests:
                    self.waiting = bool(self.dump(kind, asker, request)) or self.waiting
