"""One node of a machine while it is watched: its frames, its rules' traces, its connections."""
from __future__ import annotations

import errno
import os
import socket
import struct

from ..netlink import DUMP, NETFILTER, dumped, messages
from ..system import NEW_NET, called, cookie_of, libc, opened_namespace
from .filter import DROP, RETURN, Rule, attach, filter_of, step
from .records import Records
from .rules import arm_rules
from .stamps import frames_of_all_devices, next_frame
from .table import BRIDGE, CTNETLINK, INET, NFTABLES, netfilter, nft, table

FAMILIES = {INET: 'inet', BRIDGE: 'bridge'}
# NFNLGRP_NFTRACE; NFNLGRP_CONNTRACK_NEW and _UPDATE, as bits.
RULE_TRACES, NEW_CONNECTIONS = 1 << 8, 1 | 2
# NFT_MSG_GETRULE, NFT_MSG_TRACE, IPCTNL_MSG_CT_GET.
GET_RULES, RULE_TRACE, GET_CONNECTIONS = 7, 17, 1


def netlink(groups: int = 0) -> socket.socket:
    made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETFILTER)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    made.bind((0, groups))
    return made


class Node:
    def __init__(self, number: int, path: str, records: Records) -> None:
        self.number = number
        self.records = records
        fd = opened_namespace(path)
        try:
            called(libc.setns(fd, NEW_NET), path)
        finally:
            os.close(fd)
        self.owner = netlink()
        self.trace = netlink(RULE_TRACES)
        self.connections = netlink(NEW_CONNECTIONS)
        self.without_connections = not hears_connections()
        self.frames = frames_of_all_devices()
        # Nothing is kept before it is known what is asked for.
        attach(self.frames, step(RETURN, DROP))
        self.frames.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)

    def arm(self, bridge: bool, rules: tuple[list[Rule], list[Rule]], until: float) -> None:
        """rules: of packets whose rules and frames are reported, and of those whose frames alone are."""
        # What looks behind a packet's end says no: the front comes first.
        attach(self.frames, filter_of(sorted([*rules[0], *rules[1]], key=lambda rule: rule[1])))
        # What came before there was a filter is not looked at.
        self.drain()
        self.hand_on(b'H', nft(GET_RULES, DUMP, 0))
        for family in [INET, BRIDGE] if bridge else [INET]:
            errors, generation = arm_rules(self.owner, table(family, rules[0]), until)
            for error in errors:
                self.records.gap(self.number, 'rules-untraced', family=FAMILIES[family], error=os.strerror(error))
            if not errors:
                self.records.tell(b'V', self.number, struct.pack('<I', generation) + cookie_of(self.owner))

    def hand_on(self, kind: bytes, request: bytes) -> None:
        for _, body in dumped(self.owner, request):
            self.records.tell(kind, self.number, body)

    def tell_known(self, known: list[bytes]) -> None:
        """Connections that were there before, where one of these addresses or ports stands in them."""
        for family in (socket.AF_INET, socket.AF_INET6):
            for _, body in dumped(self.owner, netfilter(CTNETLINK, GET_CONNECTIONS, DUMP, family)):
                if any(value in body for value in known):
                    self.records.tell(b'B', self.number, body)

    def sockets(self) -> list[socket.socket]:
        return [self.frames, self.trace, self.connections]

    def drain(self) -> None:
        try:
            while True:
                self.frames.recv(1, socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass

    def read(self) -> None:
        for take in (self.read_frame, self.read_trace, self.read_connections):
            try:
                while True:
                    take()
            except BlockingIOError:
                pass
            except OSError as error:
                # ENOBUFS: more messages came than fit; the rest is still to be read.
                self.records.gap(self.number, 'reports-lost', error=str(error.strerror))

    def finish(self) -> None:
        self.read()
        self.lost()
        self.hand_on(b'K', nft(GET_RULES, DUMP, 0))
        if self.without_connections:
            for family in (socket.AF_INET, socket.AF_INET6):
                self.hand_on(b'C', netfilter(CTNETLINK, GET_CONNECTIONS, DUMP, family))

    def lost(self) -> None:
        # SOL_PACKET, PACKET_STATISTICS: packets, and how many of them found no room.
        dropped = struct.unpack('=II', self.frames.getsockopt(263, 6, 8))[1]
        if dropped:
            self.records.gap(self.number, 'frames-lost', count=str(dropped))

    def read_frame(self) -> None:
        time, way, name, data = next_frame(self.frames, 1 << 16)
        if not self.records.frame(self.number, time, way, name, data):
            # From now on the kernel keeps none for us: a flood would otherwise be read for ever.
            attach(self.frames, step(RETURN, DROP))
            self.drain()
            self.records.gap(self.number, 'frames-over')

    def read_trace(self) -> None:
        for kind, body in messages(self.trace.recv(1 << 16, socket.MSG_DONTWAIT)):
            if kind == NFTABLES << 8 | RULE_TRACE:
                self.records.tell(b'T', self.number, body)

    def read_connections(self) -> None:
        try:
            heard = self.connections.recv(1 << 16, socket.MSG_DONTWAIT)
        except OSError as error:
            if error.errno != errno.ENOBUFS:
                raise
            # More connections began than fit: at the end the table is asked for.
            self.without_connections = True
            return
        for _, body in messages(heard):
            self.records.tell(b'C', self.number, body)


def hears_connections() -> bool:
    """
    Whether conntrack reports connections to a listener. Its table is one for all namespaces of the computer:
    to look through it takes 10 ms for each of them, if it has a quarter of a million buckets.
    """
    try:
        with open('/proc/sys/net/netfilter/nf_conntrack_events') as file:
            return file.read().strip() != '0'
    except OSError:
        return False
