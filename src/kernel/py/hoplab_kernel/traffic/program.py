"""
Samples the frames of a machine for as long as it is asked to. A packet socket in each node has a small buffer; where
it is full, the kernel passes the frame by before it copies anything, so a flood costs as much as a few dozen frames.
Between two readings the program sleeps; without a frame it waits in poll(2).
Argument: the machine's pid 1. In: a line of JSON with the paths of the nodes' namespaces, whenever they change; the
end of input means stop. Out: records (records.py). Kinds: A the nodes are those of the newest line, F frame,
L a node had more frames than were read, W end of a reading.
"""
from __future__ import annotations

import json
import os
import select
import sys

from ..join import join
from ..trace.records import Records
from .node import Node

# Milliseconds between two readings, and after one that could not take everything; frames of one reading.
REST, LONG_REST, MOST = 100, 500, 200


def main(arguments: list[str]) -> None:
    join(os.pidfd_open(int(arguments[0])))
    Sampler(Records(sys.stdout.buffer)).run()


class Sampler:
    def __init__(self, records: Records) -> None:
        self.records = records
        self.nodes: list[Node | None] = []
        self.input = b''
        self.over = False

    def run(self) -> None:
        while not self.over:
            ready = self.wait(None, True)
            if not ready:
                continue
            lost = self.read(ready)
            self.records.tell(b'W', 0)
            self.records.flush()
            self.wait(LONG_REST if lost else REST, False)

    def wait(self, longest: int | None, frames: bool) -> list[int]:
        """The numbers of the nodes that have frames. Orders are carried out as they come."""
        poll = select.poll()
        poll.register(0, select.POLLIN | select.POLLHUP)
        by_fd = {}
        for number, node in enumerate(self.nodes if frames else []):
            if node is not None:
                by_fd[node.frames.fileno()] = number
                poll.register(node.frames, select.POLLIN)
        ready = [fd for fd, _ in poll.poll(longest)]
        if 0 in ready:
            self.hear()
            return []
        return [by_fd[fd] for fd in ready]

    def read(self, ready: list[int]) -> bool:
        left, lost = MOST, False
        for number in ready:
            node = self.nodes[number]
            if node is None:
                continue
            taken = node.read(number, self.records, left)
            left -= taken
            if node.lost() or left <= 0:
                lost = True
                self.records.tell(b'L', number)
        return lost

    def hear(self) -> None:
        heard = os.read(0, 1 << 20)
        self.over = not heard
        self.input += heard
        *lines, self.input = self.input.split(b'\n')
        for line in lines:
            self.nodes = renewed(self.nodes, json.loads(line))
            self.records.tell(b'A', 0)
            self.records.flush()


def renewed(nodes: list[Node | None], paths: list[str]) -> list[Node | None]:
    """The nodes at these paths; one that is there already goes on. None for one that has gone meanwhile."""
    kept = {node.key: node for node in nodes if node is not None}
    made = [Node.at(path, kept) for path in paths]
    for node in kept.values():
        if node not in made:
            node.frames.close()
    return made
