"""
Watches a machine while one probe is sent: per node every frame of every device (packet(7)), nftables' trace
messages, the handles of the rules there are, and conntrack's reports of new connections. One process, which
joins the machine (join.py).
Argument: the machine's pid 1. In: a line of JSON {nodes: [[path of its namespace, has a bridge]], rules,
frames}; then nothing, or the end of input, which means stop. Out: records (records.py).
Kinds: H rules before, K rules after, A armed, F frame, T trace, C connection, G gap (JSON), Z end.
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


def main(arguments: list[str]) -> None:
    join(os.pidfd_open(int(arguments[0])))
    threading.excepthook = lambda found: tell(found.exc_type, found.exc_value)
    records = Records(sys.stdout.buffer)
    # Kept, so that it stays switched on.
    switched_on = stamped()
    nodes = armed(sys.stdin.buffer.readline(), records)
    records.tell(b'A', 0)
    records.flush()
    switched_on.close()
    read_until_stopped(nodes, records)
    for node in nodes:
        node.finish()
    records.tell(b'Z', 0)
    records.flush()
    close(nodes)


def armed(line: bytes, records: Records) -> list[Node]:
    asked = json.loads(line)
    rules, frames = rules_in(asked['rules']), rules_in(asked['frames'])
    nodes = []
    until = time.monotonic() + PATIENCE
    for number, (path, bridge) in enumerate(asked['nodes']):
        try:
            nodes.append(Node(number, path, bridge, (rules, frames), records, until))
        except OSError as error:
            records.gap(number, 'node-unwatched', error=str(error.strerror))
    return nodes


def rules_in(triples: list[tuple[int, int, str]]) -> list[Rule]:
    return [(protocol, offset, bytes.fromhex(value)) for protocol, offset, value in triples]


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


def close(nodes: list[Node]) -> None:
    """Every close waits for the kernel's other processors: all at once is as quick as one."""
    closing = [threading.Thread(target=one.close) for node in nodes for one in [node.owner, *node.sockets()]]
    for each in closing:
        each.start()
    for each in closing:
        each.join()
