"""Dumps of netlink, whole (netlink(7))."""
from __future__ import annotations

import errno
import os
import socket
import struct
from collections.abc import Iterator

from ..netlink import DONE, ERROR

HEAD = struct.Struct('=IHHII')
# NLM_F_DUMP_INTR: the dumped table changed meanwhile.
INTERRUPTED = 0x10
# A table that changes during every dump is reported as last read.
TRIES = 5
# Larger than any message of the kernel's own: with less, a wide route would end a dump without a word.
ROOM = 1 << 17


class Broken(OSError):
    """The kernel does not answer this."""


def pieces(asker: socket.socket, request: bytes) -> list[bytes]:
    """The messages of a dump, as they were read; asked again while they contradict each other."""
    for _ in range(TRIES - 1):
        replies, whole = asked(asker, request)
        if whole:
            return replies
    return asked(asker, request)[0]


def asked(asker: socket.socket, request: bytes) -> tuple[list[bytes], bool]:
    asker.send(request)
    replies = []
    whole = True
    while True:
        data = asker.recv(ROOM)
        replies.append(data)
        at = 0
        while at + 16 <= len(data):
            size, kind, flags, _, _ = HEAD.unpack_from(data, at)
            whole = whole and not flags & INTERRUPTED
            if kind == DONE:
                number = struct.unpack_from('=i', data, at + 16)[0] if size >= 20 else 0
                if number < 0 and -number != errno.EINTR:
                    raise Broken(-number, os.strerror(-number))
                return replies, whole and not number
            if kind == ERROR:
                number = -struct.unpack_from('=i', data, at + 16)[0]
                raise Broken(number, os.strerror(number))
            if size < 16:
                raise Broken(errno.EBADMSG, 'a message without a length')
            at += (size + 3) & ~3


def dumped(asker: socket.socket, request: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The body of each message: (bytes, where it begins, where it ends)."""
    for data in pieces(asker, request):
        at = 0
        while at + 16 <= len(data):
            size, kind, _, _, _ = HEAD.unpack_from(data, at)
            if kind == DONE:
                return
            yield data, at + 16, at + size
            at += (size + 3) & ~3
