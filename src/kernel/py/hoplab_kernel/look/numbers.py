"""By which numbers the nodes' namespaces know each other (rtnetlink(7), RTM_GETNSID)."""
from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator

from ..netlink import ACK, DUMP, ROUTE, attribute, attributes, error_in, message
from ..system import NEW_NET, called, libc, opened_namespace
from .dump import Broken, dumped

NEW_NUMBER, GET_NUMBER = 88, 90
# NETNSA_NSID, NETNSA_FD, NETNSA_TARGET_NSID, NETNSA_CURRENT_NSID
NSID, FD, TARGET, CURRENT = 1, 3, 4, 5
GENERAL = bytes(4)
# SOL_NETLINK, NETLINK_GET_STRICT_CHK: without it a dump ignores the filter in its request.
NETLINK, STRICT = 270, 12


def known(paths: list[tuple[int, str]]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """
    Of each node, the numbers by which it knows others: (number there, node). Asked from an empty namespace in which
    each node has its place in the question as a number.
    """
    called(libc.unshare(NEW_NET), 'unshare')
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE) as asker:
        asker.setsockopt(NETLINK, STRICT, 1)
        added = [node for node, path in paths if added_as(asker, node, path)]
        for node in added:
            yield node, known_to(asker, node)


def added_as(asker: socket.socket, node: int, path: str) -> bool:
    try:
        namespace = opened_namespace(path)
    except OSError:
        return False
    given = attribute(FD, struct.pack('=I', namespace)) + attribute(NSID, struct.pack('=i', node))
    asker.send(message(NEW_NUMBER, ACK, GENERAL + given))
    answer = asker.recv(1 << 13)
    os.close(namespace)
    return error_in(answer[16:]) == 0


def known_to(asker: socket.socket, node: int) -> list[tuple[int, int]]:
    asked = message(GET_NUMBER, DUMP, GENERAL + attribute(TARGET, struct.pack('=i', node)))
    pairs = []
    try:
        for data, start, end in dumped(asker, asked):
            values = attributes(data[start + 4:end])
            if NSID in values and CURRENT in values:
                there, here = (struct.unpack('=i', values[kind])[0] for kind in (NSID, CURRENT))
                pairs.append((int(there), int(here)))
    except Broken:
        pass
    return pairs
