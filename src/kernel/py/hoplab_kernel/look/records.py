"""The records of a look, each `u32 length, u8 kind, u16 node, payload`."""
from __future__ import annotations

import struct

HEAD = struct.Struct('<IcH')


class Records:
    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def tell(self, kind: bytes, node: int, payload: bytes = b'') -> None:
        self.parts += (HEAD.pack(3 + len(payload), kind, node), payload)

    def add(self, record: bytes) -> None:
        self.parts.append(record)

    def joined(self) -> bytes:
        return b''.join(self.parts)
