"""System calls that Python's standard library lacks, or has in newer versions only."""
from __future__ import annotations

import ctypes
import os
import socket

# unshare(2), setns(2)
NEW_NS, NEW_UTS, NEW_IPC, NEW_USER = 0x20000, 0x4000000, 0x8000000, 0x10000000
NEW_PID, NEW_NET = 0x20000000, 0x40000000
# mount(2)
RECURSIVE, PRIVATE = 0x4000, 1 << 18
# SO_NETNS_COOKIE: a number that no other namespace ever has, until the VM is booted again.
COOKIE = 71
libc = ctypes.CDLL(None, use_errno=True)


def called(code: int, what: str) -> int:
    if code < 0:
        number = ctypes.get_errno()
        raise OSError(number, f'{what}: {os.strerror(number)}')
    return code


def opened_namespace(path: str) -> int:
    """A file descriptor; a name that is a terminal or a FIFO by now has no say."""
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)


def cookie_of(asker: socket.socket) -> bytes:
    """Of the namespace of a socket."""
    try:
        return asker.getsockopt(socket.SOL_SOCKET, COOKIE, 8)
    except OSError:
        # Linux has it since 5.14.
        return b''
