"""
Reads the kernel's state of a machine's nodes, as netlink messages. One process, which joins the machine
(join.py) and goes from one network namespace to the next. The daemon parses the messages.
Argument: the machine's pid 1. In: a line of JSON {nodes: [[path of its namespace, links to ask for on their
own]], settings: [path below /proc/sys/net]}. Out: records (records.py).
Kinds: R rtnetlink's messages, W WireGuard's interfaces, F nftables' tables, T and U sockets of TCP and UDP
that wait, C cookie of the namespace, S settings, L iptables-legacy has tables, P processes with sockets, I
names of tables and protocols, N the numbers by which a namespace knows others, E error of a dump, G the
namespace is not there, X nothing more can be read, Z end.
"""
from __future__ import annotations

import json
import os
import struct
import sys

from ..join import join
from .files import CONFIGURATION, configuration, own_files, sockets_of_processes
from .numbers import known
from .records import Records
from .visit import Helper, visit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .visit import Asked

# A helper is worth its start for as many nodes.
FEWEST = 24


def main(arguments: list[str]) -> None:
    asked: Asked = json.loads(sys.stdin.buffer.readline())
    records = Records()
    own = own_files()
    join(os.pidfd_open(int(arguments[0])))
    try:
        look(asked, own, records)
    except OSError as error:
        records.tell(b'X', 0, (error.strerror or '').encode())
    sys.stdout.buffer.write(records.joined())
    sys.stdout.buffer.flush()


def look(asked: Asked, own: dict[str, int], records: Records) -> None:
    for number, name in enumerate(CONFIGURATION):
        records.tell(b'I', number, configuration(name))
    nodes = list(enumerate(asked['nodes']))
    share = -(-len(nodes) // max(1, min(len(os.sched_getaffinity(0)), len(nodes) // FEWEST)))
    helpers = [Helper(asked, own, nodes[at:at + share]) for at in range(share, len(nodes), share)]
    waiting = visit(asked, own, nodes[:share], records)
    for helper in helpers:
        waiting = helper.finish(records) or waiting
    if waiting:
        records.tell(b'P', 0, sockets_of_processes())
    if len(nodes) > 1:
        for number, pairs in known([(number, path) for number, (path, _) in nodes]):
            records.tell(b'N', number, b''.join(struct.pack('=ii', *pair) for pair in pairs))
    records.tell(b'Z', 0)
