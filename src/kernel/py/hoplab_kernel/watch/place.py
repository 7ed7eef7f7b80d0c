"""Hears and visits the network namespaces of a machine from one of the watch's own."""
from __future__ import annotations

import errno
import fcntl
import os
import socket
import struct
from collections.abc import Callable, Iterator

from ..netlink import ACK, ERROR, ROUTE, attribute, attributes, error_in, message, messages
from ..system import NEW_NET, libc, opened_namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Result = TypeVar('Result')

NETLINK, ADD_MEMBERSHIP, LISTEN_ALL_NSID = 270, 1, 8
SIOCGSKNS = 0x894C
NEW_NUMBER, GET_NUMBER = 88, 90


def listening(protocol: int, groups: tuple[int, ...]) -> socket.socket:
    """Hears every namespace that has a number here, without keeping any of them alive."""
    made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    made.bind((0, 0))
    made.setsockopt(NETLINK, LISTEN_ALL_NSID, 1)
    for group in groups:
        try:
            made.setsockopt(NETLINK, ADD_MEMBERSHIP, struct.pack('=i', group))
        except OSError:
            # A kernel without the subsystem has no reports of it.
            pass
    return made


def heard(listener: socket.socket) -> Iterator[tuple[int | None, int, bytes] | None]:
    """(number of the namespace, type, body) of each message there is; None where some were lost."""
    while True:
        try:
            data, control, _, _ = listener.recvmsg(1 << 17, 64)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.ENOBUFS:
                raise
            yield None
            continue
        numbers = [struct.unpack('=i', value)[0] for _, kind, value in control if kind == LISTEN_ALL_NSID]
        for kind, body in messages(data):
            yield (numbers[0] if numbers else None), kind, body


class Place:
    """The watch's own network namespace, in which the machine's get their numbers (RTM_NEWNSID)."""

    def __init__(self) -> None:
        self.asker = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE)
        self.asker.bind((0, 0))
        self.home = fcntl.ioctl(self.asker, SIOCGSKNS)
        self.issued = 0

    def number(self, path: str) -> int | None:
        """The number of the namespace at this path, given now if it has none; None without a namespace (yet)."""
        try:
            fd = opened_namespace(path)
        except OSError:
            return None
        # struct rtgenmsg; NETNSA_FD, NETNSA_NSID.
        namespace = struct.pack('=B3x', 0) + attribute(3, struct.pack('=I', fd))
        try:
            _, answer = self.ask(NEW_NUMBER, namespace + attribute(1, struct.pack('=i', self.issued + 1)))
            error = error_in(answer)
            if not error:
                self.issued += 1
                return self.issued
            if error != errno.EEXIST:
                return None
            # It keeps the number that it got under another path: a process held it before it had a name.
            kind, answer = self.ask(GET_NUMBER, namespace)
            return None if kind == ERROR else int(struct.unpack('=i', attributes(answer[4:])[1])[0])
        finally:
            os.close(fd)

    def ask(self, kind: int, body: bytes) -> tuple[int, bytes]:
        """The first message of the kernel's answer."""
        self.asker.send(message(kind, ACK if kind == NEW_NUMBER else 0, body))
        return next(messages(self.asker.recv(1 << 13)))

    def visit(self, path: str, work: Callable[[], Result]) -> Result | None:
        """Does work inside a namespace; its result, or None if the namespace is gone."""
        try:
            fd = opened_namespace(path)
        except OSError:
            return None
        try:
            return None if libc.setns(fd, NEW_NET) else work()
        finally:
            libc.setns(self.home, NEW_NET)
            os.close(fd)
