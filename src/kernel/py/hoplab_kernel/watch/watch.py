"""The watch in a machine that it has joined: the namespaces it listens to, and its reports."""
from __future__ import annotations

import ctypes
import errno
import os
import select
import sys
import time

from ..inotify import DIRECTORY, IGNORED, OVERFLOW, add_watch, events
from ..netlink import NETFILTER, ROUTE, SOCK_DIAG
from ..system import libc
from .looks import links, listeners, processes
from .memory import DELETED_NUMBER, DIAG_GROUPS, NEW_LINK, NFTABLES_GROUPS, ROUTE_GROUPS, Memory, ended_port, rule_news
from .place import Place, heard, listening

NODES, NAMESPACES, ETC = '/.hoplab/nodes', '/run/netns', '/etc'
# IN_MODIFY; and IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE, with IN_ONLYDIR.
WRITTEN, REPLACED = 0x1000002, 0x10003C8
ALL = ('nodes', 'links', 'addresses', 'routes', 'permanent-neighbours', 'rules', 'sysctls', 'files')
# Seconds between the first change and its report; grows while changes do not end.
SHORTEST, LONGEST = 0.015, 0.5

# Device and inode of a namespace's file.
Identity = tuple[int, int]
# Path of the namespace, family, protocol, address, port.
Listener = tuple[str, int, int, bytes, int]


class Watch:
    def __init__(self, machine: int, inotify: int) -> None:
        self.place = Place()
        self.route = listening(ROUTE, ROUTE_GROUPS)
        self.rules = listening(NETFILTER, NFTABLES_GROUPS)
        self.ended = listening(SOCK_DIAG, DIAG_GROUPS)
        self.inotify = inotify
        self.mounts = os.open('/proc/1/mountinfo', os.O_RDONLY)
        self.machine = machine
        self.memory = Memory()
        # Number and identity of each namespace by its path.
        self.nodes: dict[str, tuple[int, Identity]] = {}
        # The kind of change of each inotify watch, and the number of its namespace.
        self.watched: dict[int, tuple[str, int | None]] = {}
        # Descriptors that hold each namespace's directories of settings, by its number.
        self.held: dict[int, list[int]] = {}
        self.changed: set[str] = set()
        self.stale = False
        self.ports: set[int] = set()
        self.seen: tuple[set[Listener], dict[str, bytes]] | None = None
        self.poll = select.poll()
        sockets = [one.fileno() for one in (self.route, self.rules, self.ended)]
        for fd in (0, *sockets, self.inotify, self.machine):
            self.poll.register(fd, select.POLLIN)
        self.poll.register(self.mounts, select.POLLPRI)

    def scan(self) -> None:
        """Nodes and files that have come or gone."""
        # Watched before it is listed: what comes in between is then reported, and looked at once more.
        for directory in (NAMESPACES, NODES):
            self.add(directory, REPLACED, ('scan', None))
        for directory in (ETC, f'{ETC}/netns'):
            self.add(directory, REPLACED, ('files', None))
        # The path of each namespace: the first of its names.
        found: dict[Identity, str] = {}
        names = [f'{NAMESPACES}/{name}' for name in listed(NAMESPACES)]
        for path in ['/proc/1/ns/net', *names, *(f'{NODES}/{name}/net' for name in listed(NODES))]:
            identity = identity_of(path)
            if identity is not None:
                found.setdefault(identity, path)
        for identity, path in unnamed().items():
            found.setdefault(identity, path)
        for path in [path for path, (_, identity) in self.nodes.items() if found.get(identity) != path]:
            self.leave(path)
        for identity, path in found.items():
            if path in self.nodes:
                continue
            number = self.place.number(path)
            if number is not None:
                self.nodes[path] = (number, identity)
                self.changed.add('nodes')
                self.add_settings(path)
        folders = [f'{ETC}/netns/{name}' for name in listed(f'{ETC}/netns')]
        for directory in folders + [f'{NODES}/{name}/etc' for name in listed(NODES)]:
            self.add(directory, REPLACED, ('files', None))

    def leave(self, path: str) -> None:
        number, _ = self.nodes.pop(path)
        self.changed.add('nodes')
        self.release(number)
        self.memory.forget(number)
        for wd in [wd for wd, (_, owner) in self.watched.items() if owner == number]:
            libc.inotify_rm_watch(self.inotify, wd)
            del self.watched[wd]

    def add_settings(self, path: str) -> None:
        """inotify hears writes to /proc/sys, but only of the namespace in which the path was looked up."""
        number = self.nodes[path][0]
        self.release(number)
        held = self.held.setdefault(number, [])

        def add() -> None:
            for directory, below, _ in os.walk('/proc/sys/net'):
                # Of neighbours only the entries matter, and the kernel reports those over netlink.
                below[:] = [name for name in below if name != 'neigh']
                self.add(directory, WRITTEN, ('sysctls', number))
                # An inotify watch holds the inode only. When the kernel reclaims the directory's name, the
                # next look-up makes another inode (proc_sys_lookup), which nothing watches: the name is held
                # as well.
                if not below:
                    held.extend(opened_directory(directory))

        self.place.visit(path, add)

    def release(self, number: int) -> None:
        for descriptor in self.held.pop(number, ()):
            os.close(descriptor)

    def add(self, directory: str, mask: int, meaning: tuple[str, int | None]) -> None:
        wd = add_watch(self.inotify, os.fsencode(directory), mask)
        if wd >= 0:
            self.watched[wd] = meaning
        elif ctypes.get_errno() in (errno.ENOSPC, errno.ENOMEM):
            # A watch that misses changes is worse than none: it ends, and listeners learn that the session is
            # not watched.
            raise OSError(ctypes.get_errno(), 'inotify_add_watch')

    def take(self, ready: set[int] | frozenset[int] = frozenset()) -> None:
        """Reads every message that the kernel has ready."""
        # The kernel reports a change of mounts once, to the first reader that polls.
        rescan = self.mounts in ready
        new_links, gone = self.take_route()
        for message in heard(self.rules):
            if message is None:
                self.changed.add('rules')
            elif message[0] is not None and rule_news(message[1], message[2]):
                self.changed.add('rules')
        for message in heard(self.ended):
            if message is None or ended_port(message[2]) in self.ports:
                self.stale = True
        rescan = self.take_files() or rescan or gone
        if rescan:
            self.scan()
        for path in [path for path, (number, _) in self.nodes.items() if number in new_links]:
            self.add_settings(path)

    def take_route(self) -> tuple[set[int], bool]:
        """Numbers of namespaces with new links, and whether a namespace has gone."""
        new_links = set()
        gone = False
        for message in heard(self.route):
            if message is None:
                self.changed.update(ALL)
                continue
            number, kind, body = message
            if number is None:
                gone = gone or kind == DELETED_NUMBER
                continue
            change = self.memory.route_news(number, kind, body)
            if change:
                self.changed.add(change)
            if change == 'links' and kind == NEW_LINK and body[0] == 0:
                new_links.add(number)
        return new_links, gone

    def take_files(self) -> bool:
        rescan = False
        try:
            data = os.read(self.inotify, 1 << 16)
        except BlockingIOError:
            return False
        for wd, mask, _ in events(data):
            if mask & OVERFLOW:
                self.changed.update(ALL)
                rescan = True
                continue
            meaning, _ = self.watched.get(wd, (None, None))
            if mask & IGNORED:
                self.watched.pop(wd, None)
            elif meaning == 'scan':
                rescan = True
            elif meaning:
                self.changed.add(meaning)
                # A directory may hold files of a namespace.
                rescan = rescan or bool(mask & DIRECTORY)
        return rescan

    def look(self) -> list[str]:
        """Which of listeners and processes have changed since the last look. No message reports a new one."""
        # A namespace that only a process holds comes and goes with it.
        if self.seen is not None and self.seen[1] != processes():
            self.scan()
        found = {(path, *one) for path in self.nodes for one in self.place.visit(path, listeners) or ()}
        settings = self.look_at_links()
        self.ports = {port for *_, port in found}
        before, self.seen = self.seen, (found, processes())
        if before is None:
            return []
        kinds = [kind for kind, old, new in zip(('listeners', 'processes'), before, self.seen) if old != new]
        return ['links'] * settings + kinds

    def look_at_links(self) -> bool:
        """New settings of a link that is down: the kernel reports those of links that are up (netdev_state_change)."""
        changed = False
        for path, (number, _) in self.nodes.items():
            for kind, body in self.place.visit(path, links) or ():
                if kind == NEW_LINK and self.memory.other_settings(number, body):
                    changed = True
        return changed

    def run(self) -> None:
        self.scan()
        self.changed.clear()
        self.look()
        say('ready')
        pause, reported_at = SHORTEST, 0.0
        orders = b''
        while True:
            ready = {fd for fd, _ in self.poll.poll()}
            if self.machine in ready:
                return
            if 0 in ready:
                order = os.read(0, 4096)
                if not order:
                    return
                orders += order
                if b'\n' in orders:
                    orders = b''
                    self.take()
                    say('looked', *self.look())
            if ready - {0}:
                self.take(ready)
            if not self.changed and not self.stale:
                continue
            # Changes that belong together make one report, and a storm costs a few looks a second.
            time.sleep(pause)
            self.take()
            if self.changed:
                say('changed', *sorted(self.changed))
            if self.stale:
                say('stale')
            self.changed.clear()
            self.stale = False
            now = time.monotonic()
            pause = min(pause * 2, LONGEST) if now - reported_at < 2 * pause + 0.25 else SHORTEST
            reported_at = now


def opened_directory(path: str) -> list[int]:
    try:
        return [os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)]
    except OSError as error:
        # Gone already, or no descriptor left: the watch still hears, as long as the name is not reclaimed.
        if error.errno not in (errno.ENOENT, errno.EMFILE):
            raise
        return []


def listed(directory: str) -> list[str]:
    try:
        return sorted(os.listdir(directory))
    except OSError:
        return []


def unnamed() -> dict[Identity, str]:
    """Network namespaces that a mount or a process holds, each by the path that lasts longest."""
    found: dict[Identity, str] = {}
    paths: list[str] = []
    with open('/proc/1/mountinfo', encoding='utf-8', errors='replace') as file:
        for line in file:
            fields = line.split()
            if fields[3].startswith('net:['):
                paths.append(fields[4])
    pids = sorted((int(name) for name in os.listdir('/proc') if name.isdigit()))
    for path in paths + [f'/proc/{pid}/ns/net' for pid in pids]:
        identity = identity_of(path)
        if identity is not None:
            found.setdefault(identity, path)
    return found


def identity_of(path: str) -> Identity | None:
    try:
        found = os.stat(path)
        return found.st_dev, found.st_ino
    except OSError:
        return None


def say(*words: str) -> None:
    sys.stdout.write(' '.join(words) + '\n')
    sys.stdout.flush()
