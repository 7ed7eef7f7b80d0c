"""The records from the watcher to the daemon, each `u32 length, u8 kind, u16 node, payload`."""
from __future__ import annotations

import json
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

# Frames beyond this are not kept; a trace is no flood's recorder.
MOST_BYTES = 8 << 20


class Records:
    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.frames = 0
        self.gaps: set[tuple[int, str]] = set()

    def tell(self, kind: bytes, node: int, payload: bytes = b'') -> None:
        self.out.write(struct.pack('<IcH', 3 + len(payload), kind, node) + payload)

    def gap(self, node: int, code: str, **values: str) -> None:
        """Reports a gap; once for each node is enough."""
        if (node, code) in self.gaps:
            return
        self.gaps.add((node, code))
        self.tell(b'G', node, json.dumps({'code': code, **values}).encode())

    def frame(self, node: int, time: int, way: int, device: str, data: bytes) -> bool:
        """False, and no record, once more bytes were seen than are kept."""
        self.frames += len(data)
        if self.frames > MOST_BYTES:
            return False
        self.tell(b'F', node, struct.pack('<QB16s', time, way, device.encode()) + data)
        return True

    def flush(self) -> None:
        self.out.flush()
