# Tells what kinds of things change in a machine, for as long as it lives. Joins it (join.py), then sits in a network
# namespace of its own, which belongs to the machine's user namespace.
# Argument: the machine's pid 1. In: lines `look`. Out: lines `ready`, `changed KIND...`, `stale` (time to look),
# `looked KIND...`. The end of its input, of the daemon or of the machine ends it.
import ctypes
import errno
import os
import select
import struct
import sys
import time

NODES, NAMESPACES, ETC = '/.hoplab/nodes', '/run/netns', '/etc'
# IN_MODIFY; and IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE, with IN_ONLYDIR.
WRITTEN, REPLACED = 0x1000002, 0x10003C8
ALL = ('nodes', 'links', 'addresses', 'routes', 'permanent-neighbours', 'rules', 'sysctls', 'files')
# Seconds between the first change and its telling; grows while changes do not end.
SHORTEST, LONGEST = 0.015, 0.5


class Watch:
    def __init__(self, machine, inotify):
        self.place = Place()
        self.route = listening(ROUTE, ROUTE_GROUPS)
        self.rules = listening(NETFILTER, NFTABLES_GROUPS)
        self.ended = listening(SOCK_DIAG, DIAG_GROUPS)
        self.inotify = inotify
        self.mounts = os.open('/proc/1/mountinfo', os.O_RDONLY)
        self.machine = machine
        self.memory = Memory()
        self.nodes = {}
        self.watched = {}
        self.changed = set()
        self.stale = False
        self.ports = set()
        self.seen = None
        self.poll = select.poll()
        for fd in (0, self.route, self.rules, self.ended, self.inotify, self.machine):
            self.poll.register(fd, select.POLLIN)
        self.poll.register(self.mounts, select.POLLPRI)

    def scan(self):
        """Nodes and files that have come or gone."""
        found = {'': '/proc/1/ns/net'}
        for name in listed(NAMESPACES):
            found[name] = f'{NAMESPACES}/{name}'
        for name in listed(NODES):
            found[name] = f'{NODES}/{name}/net'
        known = {identity_of(path) for path in found.values()}
        for identity, path in unnamed().items():
            if identity not in known:
                found[path] = path
        for path in [path for path in self.nodes if path not in found.values()]:
            self.leave(path)
        for path in found.values():
            identity = identity_of(path)
            if path in self.nodes and self.nodes[path][1] == identity:
                continue
            if path in self.nodes:
                self.leave(path)
            number = self.place.number(path)
            if number is not None:
                self.nodes[path] = (number, identity)
                self.changed.add('nodes')
                self.add_settings(path)
        for directory in (NAMESPACES, NODES):
            self.add(directory, REPLACED, ('scan', None))
        folders = [ETC, f'{ETC}/netns'] + [f'{ETC}/netns/{name}' for name in listed(f'{ETC}/netns')]
        for directory in folders + [f'{NODES}/{name}/etc' for name in listed(NODES)]:
            self.add(directory, REPLACED, ('files', None))

    def leave(self, path):
        number, _ = self.nodes.pop(path)
        self.changed.add('nodes')
        self.memory.forget(number)
        for wd in [wd for wd, (_, owner) in self.watched.items() if owner == number]:
            libc.inotify_rm_watch(self.inotify, wd)
            del self.watched[wd]

    def add_settings(self, path):
        """inotify hears writes to /proc/sys, but only of the namespace in which the path was looked up."""
        number = self.nodes[path][0]

        def add():
            for directory, below, _ in os.walk('/proc/sys/net'):
                # Of neighbours only their entries are asked for, and those tell themselves.
                below[:] = [name for name in below if name != 'neigh']
                self.add(directory, WRITTEN, ('sysctls', number))

        self.place.visit(path, add)

    def add(self, directory, mask, meaning):
        wd = libc.inotify_add_watch(self.inotify, os.fsencode(directory), mask)
        if wd >= 0:
            self.watched[wd] = meaning
        elif ctypes.get_errno() in (errno.ENOSPC, errno.ENOMEM):
            # Half deaf is worse than ended: whoever follows the session is told that it is not watched.
            raise OSError(ctypes.get_errno(), 'inotify_add_watch')

    def take(self, ready=()):
        """Everything the kernel has to tell now."""
        # That mounts have changed is told once, to whoever polls first.
        rescan = self.mounts in ready
        new_links = set()
        for told in heard(self.route):
            if told is None:
                self.changed.update(ALL)
                continue
            number, kind, body = told
            if number is None:
                rescan = rescan or kind == DELETED_NUMBER
                continue
            change = self.memory.route_news(number, kind, body)
            if change:
                self.changed.add(change)
            if change == 'links' and kind == 16:
                new_links.add(number)
        for told in heard(self.rules):
            change = 'rules' if told is None else told[0] is not None and rule_news(told[1], told[2])
            if change:
                self.changed.add(change)
        for told in heard(self.ended):
            if told is None or ended_port(told[2]) in self.ports:
                self.stale = True
        rescan = self.take_files() or rescan
        if rescan:
            self.scan()
        for path in [path for path, (number, _) in self.nodes.items() if number in new_links]:
            self.add_settings(path)

    def take_files(self):
        rescan = False
        try:
            data = os.read(self.inotify, 1 << 16)
        except BlockingIOError:
            return False
        while data:
            wd, mask, _, size = struct.unpack_from('=iIII', data)
            data = data[16 + size:]
            if mask & 0x4000:
                self.changed.update(ALL)
                rescan = True
                continue
            meaning, _ = self.watched.get(wd, (None, None))
            if mask & 0x8000:
                self.watched.pop(wd, None)
            elif meaning == 'scan':
                rescan = True
            elif meaning:
                self.changed.add(meaning)
                # A directory may hold files of a namespace.
                rescan = rescan or bool(mask & 0x40000000)
        return rescan

    def look(self):
        """Which of listeners and processes are others than at the last look. No message tells of a new one."""
        # A namespace that only a process holds comes and goes with it.
        before = self.seen and self.seen[1]
        if before is not None and before != processes():
            self.scan()
        found = {(path, *one) for path in self.nodes for one in self.place.visit(path, listeners) or ()}
        self.ports = {port for *_, port in found}
        before, self.seen = self.seen, (found, processes())
        if before is None:
            return []
        return [kind for kind, old, new in zip(('listeners', 'processes'), before, self.seen) if old != new]

    def run(self):
        self.scan()
        self.changed.clear()
        self.look()
        say('ready')
        pause, told_at = SHORTEST, 0.0
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
            # What belongs together is told once, and a storm costs a few looks a second.
            time.sleep(pause)
            self.take()
            if self.changed:
                say('changed', *sorted(self.changed))
            if self.stale:
                say('stale')
            self.changed.clear()
            self.stale = False
            now = time.monotonic()
            pause = min(pause * 2, LONGEST) if now - told_at < 2 * pause + 0.25 else SHORTEST
            told_at = now


def listed(directory):
    try:
        return sorted(os.listdir(directory))
    except OSError:
        return []


def unnamed():
    """Network namespaces that a mount or a process holds, each by the path that lasts longest."""
    found = {}
    paths = []
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


def identity_of(path):
    try:
        found = os.stat(path)
        return found.st_dev, found.st_ino
    except OSError:
        return None


def processes():
    found = {}
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                with open(f'/proc/{name}/stat', 'rb') as file:
                    fields = file.read().rpartition(b')')[2].split()
            except OSError:
                continue
            # A zombie has ended; field 22 is when it started (proc_pid_stat(5)).
            if fields and fields[0] != b'Z':
                found[name] = fields[19]
    return found


def say(*words):
    sys.stdout.write(' '.join(words) + '\n')
    sys.stdout.flush()


def main(pid):
    machine, inotify = os.pidfd_open(pid), listener_for(pid)
    join(machine)
    called(libc.unshare(NEW_NET), 'unshare')
    Watch(machine, inotify).run()


main(int(sys.argv[1]))
