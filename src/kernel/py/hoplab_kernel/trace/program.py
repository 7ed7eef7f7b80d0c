"""
Watches a machine while one probe is sent: per node every frame of every device (packet(7)), nftables' trace
messages, the handles of the rules there are, and what conntrack tells of new connections. One process, which joins
the machine (join.py).
Argument: the machine's pid 1. In: a line of JSON [path of each node's namespace]; a line {nodes: [[which of them, has a
bridge, asked for its connections]], rules, frames, known}, of the nodes that are watched; then nothing, or the end of
input, which means stop. Out: records (records.py).
Kinds: V generation of the rules that its own table follows, H rules before, K rules after, B connection before,
A armed, F frame, T trace, C connection, G gap (JSON), Z end.
"""
from __future__ import annotations

import json
import os
import select
import sys
import threading
import time

from ..join import join, tell
from .filter import Rule
from .node import Node
from .records import Records
from .rules import PATIENCE
from .stamps import stamped

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from typing import Any


def main(arguments: list[str]) -> None:
    join(os.pidfd_open(int(arguments[0])))
    threading.excepthook = lambda found: tell(found.exc_type, found.exc_value)
    records = Records(sys.stdout.buffer)
    # Kept, so that it stays switched on.
    switched_on = stamped()
    places = opened(json.loads(sys.stdin.buffer.readline()), records)
    asked = sys.stdin.buffer.readline()
    if not asked:
        return
    nodes = armed(json.loads(asked), places, records)
    records.tell(b'A', 0)
    records.flush()
    read_until_stopped(nodes, records)
    for node in nodes:
        node.finish()
    records.tell(b'Z', 0)
    records.flush()
    close([switched_on, *(one for node in nodes for one in [node.owner, *node.sockets()])])


def opened(paths: list[str], records: Records) -> list[Node | OSError]:
    """The sockets of each place, while the daemon still reads what kind of node it is, if it is one."""
    places: list[Node | OSError] = []
    for number, path in enumerate(paths):
        try:
            places.append(Node(number, path, records))
        except OSError as error:
            places.append(error)
    return places


def armed(asked: Any, places: list[Node | OSError], records: Records) -> list[Node]:
    rules = rules_in(asked['rules']), rules_in(asked['frames'])
    nodes = []
    until = time.monotonic() + PATIENCE
    known = [bytes.fromhex(value) for value in asked['known']]
    for number, bridge, connections in asked['nodes']:
        place = places[number]
        try:
            if isinstance(place, OSError):
                raise place
            place.arm(bridge, rules, until)
            nodes.append(place)
            if connections:
                place.tell_known(known)
        except OSError as error:
            records.gap(number, 'node-unwatched', error=str(error.strerror))
    return nodes


def rules_in(told: list[list[Any]]) -> list[Rule]:
    return [(protocol, offset, bytes.fromhex(value), bytes.fromhex(''.join(inside)))
            for protocol, offset, value, *inside in told]


def read_until_stopped(nodes: list[Node], records: Records) -> None:
    poll = select.poll()
    poll.register(0, select.POLLIN | select.POLLHUP)
    by_fd = {}
    for node in nodes:
        for one in node.sockets():
            by_fd[one.fileno()] = node
            poll.register(one, select.POLLIN)
    stopped = False
    while not stopped:
        ready = {fd for fd, _ in poll.poll()}
        for fd in ready - {0}:
            by_fd[fd].read()
        records.flush()
        stopped = 0 in ready


def close(sockets: list[socket.socket]) -> None:
    """Every close waits for the kernel's other processors: all at once is as quick as one."""
    closing = [threading.Thread(target=one.close) for one in sockets]
    for each in closing:
        each.start()
    for each in closing:
        each.join()
