# Netlink messages (netlink(7), rtnetlink(7), sock_diag(7)), as few as a watch needs.
import errno
import fcntl
import os
import socket
import struct

ROUTE, SOCK_DIAG, NETFILTER = 0, 4, 12
NETLINK, ADD_MEMBERSHIP, LISTEN_ALL_NSID = 270, 1, 8
SIOCGSKNS = 0x894C


def listening(protocol, groups):
    """Hears every namespace that has a number here, without keeping any of them alive."""
    made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    made.bind((0, 0))
    made.setsockopt(NETLINK, LISTEN_ALL_NSID, 1)
    for group in groups:
        try:
            made.setsockopt(NETLINK, ADD_MEMBERSHIP, struct.pack('=i', group))
        except OSError:
            # A kernel without the subsystem has nothing to tell of it.
            pass
    return made


def heard(listener):
    """(number of the namespace, type, body) of each message there is; None where some were lost."""
    while True:
        try:
            data, told, _, _ = listener.recvmsg(1 << 17, 64)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.ENOBUFS:
                raise
            yield None
            continue
        numbers = [struct.unpack('=i', value)[0] for _, kind, value in told if kind == LISTEN_ALL_NSID]
        for kind, body in messages(data):
            yield (numbers[0] if numbers else None), kind, body


def attributes(data):
    found = {}
    while len(data) >= 4:
        size, kind = struct.unpack_from('=HH', data)
        if size < 4:
            break
        found[kind & 0x3FFF] = data[4:size]
        data = data[(size + 3) & ~3:]
    return found


def attribute(kind, payload):
    return struct.pack('=HH', 4 + len(payload), kind) + payload + b'\0' * (-len(payload) % 4)


def request(asker, kind, flags, body):
    asker.send(struct.pack('=IHHII', 16 + len(body), kind, 1 | flags, 0, 0) + body)


class Place:
    """The watch's own network namespace, in which the machine's get their numbers (RTM_NEWNSID)."""

    def __init__(self):
        self.asker = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE)
        self.asker.bind((0, 0))
        self.home = fcntl.ioctl(self.asker, SIOCGSKNS)
        self.issued = 0

    def number(self, path):
        """Gives the namespace at this path a number; None where there is no namespace (yet)."""
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError:
            return None
        self.issued += 1
        body = struct.pack('=B3x', 0) + attribute(3, struct.pack('=I', fd))
        request(self.asker, 88, 4, body + attribute(1, struct.pack('=i', self.issued)))
        answer = self.asker.recv(1 << 13)
        os.close(fd)
        code = struct.unpack_from('=i', answer, 16)[0]
        return self.issued if code == 0 else None

    def visit(self, path, work):
        """Does work inside a namespace; what it returns, or None where the namespace is gone."""
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError:
            return None
        try:
            return None if libc.setns(fd, NEW_NET) else work()
        finally:
            libc.setns(self.home, NEW_NET)
            os.close(fd)


def listeners():
    """Sockets of this namespace that wait for connections or datagrams: (family, protocol, address and port)."""
    found = set()
    asker = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, SOCK_DIAG)
    for family in (socket.AF_INET, socket.AF_INET6):
        # TCP_LISTEN; a UDP socket without a peer is in TCP_CLOSE (inet_diag.h).
        for protocol, state in ((socket.IPPROTO_TCP, 10), (socket.IPPROTO_UDP, 7)):
            request(asker, 20, 0x300, struct.pack('=BBBBI48x', family, protocol, 0, 0, 1 << state))
            done = False
            while not done:
                for kind, body in messages(asker.recv(1 << 17)):
                    done = done or kind in (2, 3)
                    if kind == 20:
                        found.add((family, protocol, body[8:24], struct.unpack_from('>H', body, 4)[0]))
    asker.close()
    return found
