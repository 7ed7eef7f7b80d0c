"""Network namespaces under a name, as `ip netns add` makes them, and those of a lab's other hosts."""
from __future__ import annotations

import ctypes
import errno
import os
import socket

from ..system import NEW_NET, NEW_UTS, called, libc, opened_namespace
from .wire import Network

NAMES = '/run/netns'
# Inside every machine (place/layout.ts).
HOSTS = '/.hoplab/nodes'
# In the VM's /proc, which is the working directory: this process is in no PID namespace of the machine.
NET, UTS = 'thread-self/ns/net', 'thread-self/ns/uts'
# mount(2)
BIND, RECURSIVE, SHARED = 0x1000, 0x4000, 0x100000
# A larger file is none of a machine's configuration, and is left out.
LARGEST = 1 << 22


class Namespaces:
    """`settings`: (file below /proc, value) that a new namespace gets before it has any link."""

    def __init__(self, settings: list[tuple[str, str]]) -> None:
        self.settings = settings
        self.own = opened_namespace(NET)
        self.own_name = opened_namespace(UTS)
        self.networks = {'': Network(self.own)}
        self.current = ''
        self.etc: list[Entry] | None = None

    def enter(self, path: str) -> Network:
        """The process is in it afterwards. '': the machine's own."""
        network = self.networks.get(path)
        namespace = opened_namespace(path) if network is None else network.namespace
        if self.current != path:
            called(libc.setns(namespace, NEW_NET), 'setns')
            self.current = path
        if network is None:
            network = self.networks[path] = Network(namespace)
        return network

    def add(self, name: str) -> None:
        """ip-netns(8), "ip netns add"."""
        share_names()
        path = f'{NAMES}/{name}'
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0))
        self.made(path, NEW_NET)

    def add_host(self, name: str) -> None:
        """Two namespaces pinned by mounts, so that no process has to hold them, and its own /etc."""
        directory = f'{HOSTS}/{name}'
        os.makedirs(directory, exist_ok=True)
        for file in ('net', 'uts'):
            os.close(os.open(f'{directory}/{file}', os.O_WRONLY | os.O_CREAT, 0o644))
        if self.etc is None:
            self.etc = read_tree('/etc')
        write_tree(self.etc, f'{directory}/etc')
        with open(f'{directory}/etc/hostname', 'w') as hostname:
            hostname.write(f'{name}\n')
        network = self.made(f'{directory}/net', NEW_NET | NEW_UTS)
        socket.sethostname(name)
        bind(UTS, f'{directory}/uts')
        called(libc.setns(self.own_name, NEW_UTS), 'setns')
        network.set('lo', up=True)

    def made(self, path: str, kinds: int) -> Network:
        called(libc.unshare(kinds), 'unshare')
        bind(NET, path)
        self.current = path
        for file, value in self.settings:
            write(file, value)
        network = self.networks[path] = Network(opened_namespace(NET))
        return network


def share_names() -> None:
    """Namespaces get their names in every mount namespace of the machine."""
    os.makedirs(NAMES, mode=0o755, exist_ok=True)
    if shared() == 0:
        return
    number = ctypes.get_errno()
    if number != errno.EINVAL:
        raise OSError(number, f'mount: {os.strerror(number)}')
    # No mount yet, whose propagation could be set.
    called(libc.mount(NAMES.encode(), NAMES.encode(), b'none', BIND | RECURSIVE, None), 'mount')
    called(shared(), 'mount')


def shared() -> int:
    return int(libc.mount(b'', NAMES.encode(), b'none', SHARED | RECURSIVE, None))


def bind(source: str, target: str) -> None:
    called(libc.mount(source.encode(), target.encode(), b'none', BIND, None), 'mount')


def write(file: str, value: str) -> None:
    fd = os.open(file, os.O_WRONLY)
    try:
        os.write(fd, value.encode())
    finally:
        os.close(fd)


# (path below the tree, mode, content): the target of a link as text, bytes of a file, None of a directory.
Entry = tuple[str, int, 'str | bytes | None']


def read_tree(root: str, below: str = '') -> list[Entry]:
    """Directories come before what is in them. Whatever is no file, link or directory is left out."""
    entries: list[Entry] = []
    for entry in sorted(os.scandir(f'{root}{below}'), key=lambda entry: entry.name):
        path = f'{below}/{entry.name}'
        mode = entry.stat(follow_symlinks=False).st_mode & 0o7777
        if entry.is_symlink():
            entries.append((path, mode, os.readlink(entry.path)))
        elif entry.is_dir(follow_symlinks=False):
            entries.append((path, mode, None))
            entries += read_tree(root, path)
        elif entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_size <= LARGEST:
            fd = os.open(entry.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
            try:
                entries.append((path, mode, os.read(fd, LARGEST)))
            finally:
                os.close(fd)
    return entries


def write_tree(entries: list[Entry], root: str) -> None:
    os.mkdir(root, 0o755)
    for path, mode, content in entries:
        target = f'{root}{path}'
        if isinstance(content, str):
            os.symlink(content, target)
        elif content is None:
            os.mkdir(target)
            os.chmod(target, mode)
        else:
            fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            os.write(fd, content)
            os.fchmod(fd, mode)
            os.close(fd)
