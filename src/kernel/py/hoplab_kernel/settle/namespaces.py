"""Network namespaces of machines as the VM opens them: part by part, no link followed, nothing else opened."""
from __future__ import annotations

import fcntl
import os
import struct

from ..inotify import LISTENERS, RANGES
from ..system import NEW_NET, libc, opened_namespace
from .settings import Setting, apply, unsettled

# ioctl_ns(2)
NS_GET_USERNS, NS_GET_NSTYPE, NS_GET_OWNER_UID = 0xB701, 0xB703, 0xB704
USERS = range(RANGES, LISTENERS)


def directory(pid: int) -> int:
    """/run/netns of a machine, opened part by part: a link in it would lead out here."""
    return opened_below(f'/proc/{pid}/root', ('run', 'netns'))


def opened_below(path: str, parts: tuple[str, ...]) -> int:
    fd = os.open(path, os.O_DIRECTORY | os.O_PATH)
    for part in parts:
        try:
            below = os.open(part, os.O_DIRECTORY | os.O_NOFOLLOW | os.O_RDONLY, dir_fd=fd)
        finally:
            os.close(fd)
        fd = below
    return fd


def owner(fd: int) -> int:
    user = fcntl.ioctl(fd, NS_GET_USERNS)
    try:
        return int(struct.unpack('=I', fcntl.ioctl(user, NS_GET_OWNER_UID, b'\0' * 4))[0])
    finally:
        os.close(user)


class Home:
    """The VM's own namespace, from which those of machines are visited and given the settings."""

    def __init__(self, settings: list[Setting]) -> None:
        self.settings = settings
        self.fd = os.open('/proc/self/ns/net', os.O_RDONLY)
        self.namespaces = os.fstat(self.fd).st_dev

    def give(self, parent: int, name: str, known: bool) -> bool:
        """
        False where there is no namespace by this name. `known`: it may have been seen before; one that has settings
        of its own is left as it is.
        """
        fd = self.namespace(parent, name)
        if fd is None:
            return False
        try:
            if libc.setns(fd, NEW_NET) == 0 and (not known or unsettled(self.settings)):
                apply(self.settings)
        finally:
            os.close(fd)
            libc.setns(self.fd, NEW_NET)
        return True

    def namespace(self, parent: int, name: str) -> int | None:
        """A network namespace of a machine's by its name; None where there is none (yet), or it is the VM's."""
        try:
            found = os.open(name, os.O_PATH | os.O_NOFOLLOW, dir_fd=parent)
        except OSError:
            return None
        try:
            # Anything else is not even opened: a terminal or a FIFO would have its say.
            if os.fstat(found).st_dev != self.namespaces:
                return None
            fd = opened_namespace(f'/proc/self/fd/{found}')
        except OSError:
            return None
        finally:
            os.close(found)
        try:
            if fcntl.ioctl(fd, NS_GET_NSTYPE) == NEW_NET and owner(fd) in USERS:
                return fd
        except OSError:
            pass
        os.close(fd)
        return None
