"""Goes through nodes one after the other, with a helper for a part of them on each processor."""
from __future__ import annotations

import os

from .files import LEGACY
from .node import Node
from .records import Records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    Place = tuple[int, tuple[str, list[int]]]

    class Asked(TypedDict):
        nodes: list[tuple[str, list[int]]]
        settings: list[str]


def visit(asked: Asked, own: dict[str, int], places: list[Place], records: Records) -> bool:
    """Whether any of the nodes has sockets that wait."""
    waiting = False
    legacy = [name for name in LEGACY if os.access(f'thread-self/net/{name}', os.F_OK, dir_fd=own['proc'])]
    for number, (path, links) in places:
        try:
            node = Node(number, path, own, records)
        except OSError:
            records.tell(b'G', number)
            continue
        node.read(links, asked['settings'], legacy)
        waiting = waiting or node.waiting
    return waiting


class Helper:
    """A copy of this process that visits some nodes."""

    def __init__(self, asked: Asked, own: dict[str, int], places: list[Place]) -> None:
        self.output, telling = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                records = Records()
                waiting = visit(asked, own, places, records)
                with os.fdopen(telling, 'wb') as out:
                    out.write(b'1' if waiting else b'0')
                    out.write(records.joined())
                code = 0
            finally:
                os._exit(code)
        os.close(telling)

    def finish(self, records: Records) -> bool:
        with os.fdopen(self.output, 'rb') as output:
            data = output.read()
        _, status = os.waitpid(self.pid, 0)
        if status:
            raise OSError(0, 'a part of the nodes could not be read')
        records.add(data[1:])
        return data[:1] == b'1'
