"""inotify(7), of which Python's standard library has nothing."""
from __future__ import annotations

import os
import struct
from collections.abc import Iterator

from .system import called, libc

CREATED, OVERFLOW, IGNORED, DIRECTORY = 0x100, 0x4000, 0x8000, 0x40000000
# uid-range.ts: the ranges of all machines; behind them one user for each range.
RANGES, LISTENERS = 0x70000000, 0x70000000 + 4000 * 0x10000


def events(data: bytes) -> Iterator[tuple[int, int, str]]:
    """(watch, mask, name) of each event in the result of one read."""
    while data:
        watch, mask, _, size = struct.unpack_from('=iIII', data)
        yield watch, mask, os.fsdecode(data[16:16 + size].rstrip(b'\0'))
        data = data[16 + size:]


def add_watch(inotify: int, path: bytes, mask: int) -> int:
    """The watch's number; below 0 where there is no such path, or no more watches (errno)."""
    return int(libc.inotify_add_watch(inotify, path, mask))


def listener_for(pid: int) -> int:
    """
    An inotify instance that hears of a machine. The kernel counts instances by user (inotify(7)): this one for a user
    behind all ranges (uid-range.ts), one for each range, so that neither the learner's own instances nor those of the
    VM's root are fewer by it.
    """
    with open(f'/proc/{pid}/uid_map') as file:
        base = int(file.read().split()[1])
    os.seteuid(LISTENERS + (base - RANGES) // 0x10000)
    try:
        return called(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC), 'inotify_init1')
    finally:
        os.seteuid(0)
