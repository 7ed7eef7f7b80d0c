# Gives the network namespaces that learners make (`ip netns add`) the settings that every machine begins with, at the
# moment they are made. Runs in the VM, once for all machines, and only where the VM's own settings are others: a new
# namespace has those. It executes nothing of a machine, and follows no link in one.
# In: lines `add PID`, `remove PID`, `settle PID`. Out: a line `settled PID` for each `settle`: every namespace whose
# name was there before has its settings.
# Arguments: the settings, each NAME=OWN=INHERITED with NAME `all/KEY` or `default/KEY`.
import ctypes
import fcntl
import os
import select
import struct
import sys
import time

CREATED = 0x100
NEW_NET = 0x40000000
# ioctl_ns(2)
NS_GET_USERNS, NS_GET_NSTYPE, NS_GET_OWNER_UID = 0xB701, 0xB703, 0xB704
# Users of machines (uid-range.ts).
USERS = range(0x70000000, 0x70000000 + 4000 * 0x10000)
CONF = '/proc/sys/net/ipv4/conf'
# Seconds between the name of a namespace and the namespace; `ip netns add` makes the file first.
PATIENCE, TICK = 0.1, 0.0003
# Names of one machine that are looked at again meanwhile: none may keep the others waiting.
MOST_WAITING = 16
# More names than this are no lab's.
MOST_KNOWN = 1024
libc = ctypes.CDLL(None, use_errno=True)


def directory(pid):
    """/run/netns of a machine, opened part by part: a link in it would lead out here."""
    fd = os.open(f'/proc/{pid}/root', os.O_DIRECTORY | os.O_PATH)
    for part in ('run', 'netns'):
        try:
            below = os.open(part, os.O_DIRECTORY | os.O_NOFOLLOW | os.O_RDONLY, dir_fd=fd)
        finally:
            os.close(fd)
        fd = below
    return fd


def namespace(pid, name):
    """A network namespace of a machine's by its name; None where there is none (yet), or it is the VM's."""
    try:
        parent = directory(pid)
    except OSError:
        return None
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW, dir_fd=parent)
    except OSError:
        return None
    finally:
        os.close(parent)
    try:
        if fcntl.ioctl(fd, NS_GET_NSTYPE) == NEW_NET and owner(fd) in USERS:
            return fd
    except OSError:
        pass
    os.close(fd)
    return None


def owner(fd):
    user = fcntl.ioctl(fd, NS_GET_USERNS)
    try:
        return struct.unpack('=I', fcntl.ioctl(user, NS_GET_OWNER_UID, b'\0' * 4))[0]
    finally:
        os.close(user)


def read(path):
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return None


def write(path, value):
    try:
        with open(path, 'w') as file:
            file.write(value)
    except OSError:
        # A link that has gone.
        pass


class Settler:
    def __init__(self, settings):
        self.settings = settings
        self.home = os.open('/proc/self/ns/net', os.O_RDONLY)
        self.inotify = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.inotify < 0:
            raise OSError(ctypes.get_errno(), 'inotify_init1')
        # The PID of each machine's pid 1 by the number of the watch on its names.
        self.machines = {}
        # By PID, names without a namespace yet: until when they are looked at again.
        self.waiting = {}

    def add(self, pid, known):
        """`known`: the names may have been seen before; a namespace that has settings of its own is left as it is."""
        try:
            fd = directory(pid)
        except OSError:
            return
        try:
            wd = libc.inotify_add_watch(self.inotify, b'/proc/self/fd/%d' % fd, CREATED)
            if wd < 0 or wd in self.machines:
                return
            self.remove(pid)
            self.machines[wd] = pid
            for name in os.listdir(fd)[:MOST_KNOWN]:
                self.give(pid, name, known)
        finally:
            os.close(fd)

    def remove(self, pid):
        self.waiting.pop(pid, None)
        for wd in [wd for wd, other in self.machines.items() if other == pid]:
            libc.inotify_rm_watch(self.inotify, wd)
            del self.machines[wd]

    def take(self):
        """The names that have come."""
        while True:
            try:
                data = os.read(self.inotify, 1 << 16)
            except BlockingIOError:
                return
            while data:
                wd, mask, _, size = struct.unpack_from('=iIII', data)
                name, data = os.fsdecode(data[16:16 + size].rstrip(b'\0')), data[16 + size:]
                pid = self.machines.get(wd)
                if mask & CREATED and pid is not None and not self.give(pid, name, False):
                    waiting = self.waiting.setdefault(pid, {})
                    waiting[name] = time.monotonic() + PATIENCE
                    if len(waiting) > MOST_WAITING:
                        del waiting[next(iter(waiting))]
                elif mask & 0x8000:
                    self.machines.pop(wd, None)

    def look_again(self):
        now = time.monotonic()
        for pid, names in list(self.waiting.items()):
            for name, until in list(names.items()):
                if self.give(pid, name, False) or now > until:
                    del names[name]
            if not names:
                del self.waiting[pid]

    def give(self, pid, name, known):
        """False where there is no namespace by this name."""
        fd = namespace(pid, name)
        if fd is None:
            return False
        try:
            if libc.setns(fd, NEW_NET) == 0 and not (known and self.settled()):
                self.apply()
        finally:
            os.close(fd)
            libc.setns(self.home, NEW_NET)
        return True

    def settled(self):
        """Whether one setting is not the VM's any more."""
        return any(read(f'{CONF}/{name}') != inherited for name, _, inherited in self.settings)

    def apply(self):
        """What the learner, or a link of theirs, has set already is left as it is."""
        for name, own, inherited in self.settings:
            scope, key = name.split('/')
            links = [scope] if scope == 'all' else os.listdir(CONF)
            for link in links:
                if link != 'all' or scope == 'all':
                    if read(f'{CONF}/{link}/{key}') == inherited:
                        write(f'{CONF}/{link}/{key}', own)


def main():
    settler = Settler([tuple(each.split('=')) for each in sys.argv[1:]])
    poll = select.poll()
    for fd in (0, settler.inotify):
        poll.register(fd, select.POLLIN)
    rest, asked = b'', []
    while True:
        ready = {fd for fd, _ in poll.poll(0 if settler.waiting else None)}
        if settler.waiting and not ready:
            time.sleep(TICK)
        settler.take()
        settler.look_again()
        if 0 in ready:
            data = os.read(0, 1 << 16)
            if not data:
                return
            *lines, rest = (rest + data).split(b'\n')
            for order, pid in (line.decode().split() for line in lines):
                if order == 'remove':
                    settler.remove(pid)
                    continue
                # Asked again: the directory may be another one than at first.
                settler.add(pid, order == 'add')
                settler.take()
                if order == 'settle':
                    asked.append(pid)
        for pid in [pid for pid in asked if pid not in settler.waiting]:
            asked.remove(pid)
            print('settled', pid, flush=True)


main()
