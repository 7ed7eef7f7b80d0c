# Comes behind join.py, for what is written there; joins no machine.
# Gives the network namespaces that learners make (`ip netns add`) the settings that every machine begins with, at the
# moment they are made. Runs in the VM, once for all machines, and only where the VM's own settings are others: a new
# namespace has those. It executes nothing of a machine, follows no link in one, and opens nothing but namespaces.
# In: lines `add PID`, `remove PID`, `settle PID`. Out: a line `settled PID` for each `settle`: every namespace whose
# name was there before has its settings.
# Arguments: the settings, each NAME=OWN=INHERITED with NAME `all/KEY` or `default/KEY`.
import fcntl
import os
import select
import struct
import sys
import time

CREATED, IGNORED, OVERFLOW = 0x100, 0x8000, 0x4000
# ioctl_ns(2)
NS_GET_USERNS, NS_GET_NSTYPE, NS_GET_OWNER_UID = 0xB701, 0xB703, 0xB704
USERS = range(RANGES, LISTENERS)
CONF = '/proc/sys/net/ipv4/conf'
# Seconds between the name of a namespace and the namespace; `ip netns add` makes the file first.
PATIENCE, TICK = 0.1, 0.0003
# Names of one machine that are looked at again meanwhile: none may keep the others waiting.
MOST_WAITING = 16
# Names that are looked at where it is not known which of them are new.
MOST_KNOWN = 256
# Bytes of news from one machine that are taken at a time, and how many times longer than they took it then waits.
AT_ONCE, REST = 4096, 20


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


def namespace(parent, name):
    """A network namespace of a machine's by its name; None where there is none (yet), or it is the VM's."""
    try:
        found = os.open(name, os.O_PATH | os.O_NOFOLLOW, dir_fd=parent)
    except OSError:
        return None
    try:
        # Anything else is not even opened: a terminal or a FIFO would have its say.
        if os.fstat(found).st_dev != NAMESPACES:
            return None
        fd = os.open(f'/proc/self/fd/{found}', os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
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


def unsettled():
    """Whether every setting of this namespace is still the VM's."""
    return all(read(f'{CONF}/{name}') == inherited for name, _, inherited in SETTINGS)


def apply():
    """What the learner, or a link of theirs, has set already is left as it is."""
    for name, own, inherited in SETTINGS:
        scope, key = name.split('/')
        links = [scope] if scope == 'all' else [link for link in os.listdir(CONF) if link != 'all']
        for link in links:
            if read(f'{CONF}/{link}/{key}') == inherited:
                write(f'{CONF}/{link}/{key}', own)


class Machine:
    def __init__(self, pid):
        self.pid = pid
        self.inotify = listener_for(pid)
        self.watch = None
        # Names without a namespace yet: until when they are looked at again.
        self.waiting = {}
        self.rests_until = 0.0

    def look(self, known):
        """Hears of the directory's names from now on; it may be another one than before."""
        try:
            parent = directory(self.pid)
        except OSError:
            return
        try:
            watch = libc.inotify_add_watch(self.inotify, b'/proc/self/fd/%d' % parent, CREATED)
            if watch >= 0 and watch != self.watch:
                self.watch = watch
                self.give_all(parent, known)
        finally:
            os.close(parent)

    def give_all(self, parent, known):
        with os.scandir(parent) as entries:
            for entry, _ in zip(entries, range(MOST_KNOWN)):
                self.give(parent, entry.name, known)

    def take(self):
        """Some of the news there is; false where there is no more."""
        began = time.monotonic()
        try:
            data = os.read(self.inotify, AT_ONCE)
        except BlockingIOError:
            return False
        names, lost = {}, False
        while data:
            _, mask, _, size = struct.unpack_from('=iIII', data)
            name, data = os.fsdecode(data[16:16 + size].rstrip(b'\0')), data[16 + size:]
            lost = lost or bool(mask & OVERFLOW)
            if mask & IGNORED:
                self.watch = None
            elif mask & CREATED:
                names[name] = True
        self.hear(names, lost)
        now = time.monotonic()
        self.rests_until = now + (now - began) * REST if len(names) > MOST_WAITING else 0.0
        return True

    def hear(self, names, lost):
        try:
            parent = directory(self.pid)
        except OSError:
            return
        try:
            for name in names:
                if not self.give(parent, name, False):
                    self.waiting[name] = time.monotonic() + PATIENCE
            while len(self.waiting) > MOST_WAITING:
                del self.waiting[next(iter(self.waiting))]
            if lost:
                self.give_all(parent, True)
        finally:
            os.close(parent)

    def look_again(self):
        if not self.waiting:
            return
        now = time.monotonic()
        try:
            parent = directory(self.pid)
        except OSError:
            self.waiting.clear()
            return
        for name, until in list(self.waiting.items()):
            if self.give(parent, name, False) or now > until:
                del self.waiting[name]
        os.close(parent)

    def give(self, parent, name, known):
        """
        False where there is no namespace by this name. `known`: it may have been seen before; one that has settings
        of its own is left as it is.
        """
        fd = namespace(parent, name)
        if fd is None:
            return False
        try:
            if libc.setns(fd, NEW_NET) == 0 and (not known or unsettled()):
                apply()
        finally:
            os.close(fd)
            libc.setns(HOME, NEW_NET)
        return True

    def end(self):
        os.close(self.inotify)


class Settler:
    def __init__(self):
        self.machines = {}
        # Those who asked, and how many more pieces of news they wait for at most.
        self.asked = []

    def obey(self, order, pid):
        if order == 'remove':
            machine = self.machines.pop(pid, None)
            if machine is not None:
                machine.end()
            return
        try:
            if pid not in self.machines:
                self.machines[pid] = Machine(pid)
            self.machines[pid].look(True)
        except (OSError, IndexError):
            # It has ended.
            pass
        if order == 'settle':
            self.asked.append(pid)

    def answer(self):
        """A machine's flood of names keeps nobody but itself waiting, and not for long."""
        for pid in list(dict.fromkeys(self.asked)):
            machine = self.machines.get(pid)
            pieces = 8
            while machine is not None and pieces > 0 and machine.take():
                pieces -= 1
            if machine is None or not machine.waiting:
                for _ in range(self.asked.count(pid)):
                    self.asked.remove(pid)
                    print('settled', pid, flush=True)

    def run(self):
        rest = b''
        while True:
            now = time.monotonic()
            heard = {one.inotify: one for one in self.machines.values() if now >= one.rests_until}
            busy = any(one.waiting for one in self.machines.values()) or len(heard) < len(self.machines)
            poll = select.poll()
            for fd in (0, *heard):
                poll.register(fd, select.POLLIN)
            ready = [fd for fd, _ in poll.poll(0 if busy else None)]
            if busy and not ready:
                time.sleep(TICK)
            if 0 in ready:
                data = os.read(0, 1 << 16)
                if not data:
                    return
                *lines, rest = (rest + data).split(b'\n')
                for line in lines:
                    self.obey(*line.decode().split())
            self.answer()
            for fd in ready:
                machine = heard.get(fd)
                if machine is not None and self.machines.get(machine.pid) is machine:
                    machine.take()
            for machine in self.machines.values():
                machine.look_again()


SETTINGS = [tuple(each.split('=')) for each in sys.argv[1:]]
HOME = os.open('/proc/self/ns/net', os.O_RDONLY)
NAMESPACES = os.fstat(HOME).st_dev
Settler().run()
