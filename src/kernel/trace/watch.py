# Watches a machine while one probe is sent: per node every frame of every device (packet(7)), nftables' trace
# messages, the handles of the rules there are, and what conntrack tells of new connections. One process, which joins
# the machine (join.py). Argument: the machine's pid 1. In: a line of JSON {nodes: [[path of its namespace, has a bridge]], rules}; then nothing, or
# the end of input, which means stop. Out: records, each `u32 length, u8 kind, u16 node, payload`.
# Kinds: H rules before, K rules after, A armed, F frame, T trace, C connection, G gap (JSON), Z end.
import ctypes
import errno
import fcntl
import json
import os
import select
import socket
import struct
import sys
import threading
import time

ALL_PROTOCOLS, TIMESTAMPS = 3, 35
# NFNLGRP_CONNTRACK_NEW and _UPDATE, as bits.
NEW_CONNECTIONS = 1 | 2
FAMILIES = {INET: 'inet', BRIDGE: 'bridge'}
# Frames beyond this are not kept; a trace is no flood's recorder.
MOST_BYTES = 8 << 20
out = sys.stdout.buffer
# How long the watcher before this one may take to end, all nodes together.
patience = time.monotonic() + 3
kept = 0
unseen = set()


def record(kind, node, payload=b''):
    out.write(struct.pack('<IcH', 3 + len(payload), kind, node) + payload)


def gap(node, code, **values):
    if (node, code) in unseen:
        return
    unseen.add((node, code))
    record(b'G', node, json.dumps({'code': code, **values}).encode())


def netlink(groups=0):
    made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    made.bind((0, groups))
    return made


def dump(asker, kind, node, request):
    """Hands on every message of a dump; a kernel without the subsystem just has none."""
    asker.send(request)
    while True:
        for type_, body in messages(asker.recv(1 << 17)):
            if type_ in (2, 3):
                return
            record(kind, node, body)


def commit(asker, body):
    """Carries out a batch; the kernel answers only what failed, so the last message asks for an answer."""
    asker.send(batch(body))
    asker.setblocking(False)
    errors = []
    try:
        while True:
            for type_, answer in messages(asker.recv(1 << 16)):
                code = struct.unpack_from('=i', answer)[0] if type_ == 2 else 0
                if code:
                    errors.append(-code)
    except BlockingIOError:
        pass
    asker.setblocking(True)
    return errors


def arm_rules(asker, body):
    """
    The numbers of the errors. A table of the same name that belongs to a watcher still about to end (EPERM) goes with
    it: a trace may be asked for while the one before it closes its sockets.
    """
    while True:
        errors = commit(asker, body)
        if errno.EPERM not in errors or time.monotonic() > patience:
            return errors
        time.sleep(0.005)


class Node:
    def __init__(self, number_, path, bridge, rules):
        self.number = number_
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            called(libc.setns(fd, NEW_NET), path)
        finally:
            os.close(fd)
        self.owner = netlink()
        self.trace = netlink(1 << 8)
        self.connections = netlink(NEW_CONNECTIONS)
        self.untold = not told_of_connections()
        self.frames = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
        self.frames.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.frames.setsockopt(socket.SOL_SOCKET, TIMESTAMPS, 1)
        attach(self.frames, filter_of(rules))
        # What came before the filter was there is not looked at.
        self.drain()
        dump(self.owner, b'H', number_, nft(7, DUMP, 0))
        for family in [INET, BRIDGE] if bridge else [INET]:
            for error in arm_rules(self.owner, table(family, rules)):
                gap(number_, 'rules-untraced', family=FAMILIES[family], error=os.strerror(error))

    def sockets(self):
        return [self.frames, self.trace, self.connections]

    def drain(self):
        try:
            while True:
                self.frames.recv(1, socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass

    def read(self):
        for take in (self.read_frame, self.read_trace, self.read_connections):
            try:
                while True:
                    take()
            except BlockingIOError:
                pass
            except OSError as error:
                # ENOBUFS: more was said than fits; the rest is still to be read.
                gap(self.number, 'reports-lost', error=error.strerror)

    def finish(self):
        self.read()
        self.lost()
        dump(self.owner, b'K', self.number, nft(7, DUMP, 0))
        if self.untold:
            for family in (2, 10):
                dump(self.owner, b'C', self.number, message(CTNETLINK << 8 | 1, DUMP, b'', family))

    def lost(self):
        # SOL_PACKET, PACKET_STATISTICS: packets, and how many of them found no room.
        dropped = struct.unpack('=II', self.frames.getsockopt(263, 6, 8))[1]
        if dropped:
            gap(self.number, 'frames-lost', count=str(dropped))

    def read_frame(self):
        global kept
        data, told, _, (name, _, way, _, _) = self.frames.recvmsg(1 << 16, 64, socket.MSG_DONTWAIT)
        kept += len(data)
        if kept > MOST_BYTES:
            # From now on the kernel keeps none for us: whoever floods would otherwise be read for ever.
            attach(self.frames, step(RETURN, DROP))
            self.drain()
            return gap(self.number, 'frames-over')
        record(b'F', self.number, struct.pack('<QB16s', stamp(told), way, name.encode()) + data)

    def read_trace(self):
        for type_, body in messages(self.trace.recv(1 << 16, socket.MSG_DONTWAIT)):
            if type_ == NFTABLES << 8 | 17:
                record(b'T', self.number, body)


    def read_connections(self):
        try:
            told = self.connections.recv(1 << 16, socket.MSG_DONTWAIT)
        except OSError as error:
            if error.errno != errno.ENOBUFS:
                raise
            # More connections began than fit: at the end the table is asked for.
            self.untold = True
            return
        for type_, body in messages(told):
            record(b'C', self.number, body)


def told_of_connections():
    """
    Whether conntrack tells of connections while somebody listens. Its table is one for all namespaces of the
    computer: to look through it takes 10 ms for each of them, where it has a quarter of a million buckets.
    """
    try:
        with open('/proc/sys/net/netfilter/nf_conntrack_events') as file:
            return file.read().strip() != '0'
    except OSError:
        return False


def stamp(told):
    seconds, nanoseconds = struct.unpack('=qq', told[0][2])
    return seconds * 10**9 + nanoseconds


def stamped():
    """
    The kernel begins to stamp frames a moment after a socket has asked for it; until then a frame gets the time at
    which it is read, and what was sent first may look last. Waits for it, in an empty namespace of its own.
    """
    called(libc.unshare(NEW_NET), 'unshare')
    seen = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    seen.setsockopt(socket.SOL_SOCKET, TIMESTAMPS, 1)
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    # SIOCSIFFLAGS, IFF_UP
    fcntl.ioctl(sender, 0x8914, struct.pack('16sh22x', b'lo', 1))
    while True:
        sender.sendto(b'', ('127.0.0.1', 9))
        sent = time.time_ns()
        time.sleep(0.0005)
        if stamp(seen.recvmsg(1 << 16, 64)[1]) <= sent:
            return seen


def main():
    join(os.pidfd_open(int(sys.argv[1])))
    # Kept, so that it stays switched on.
    switched_on = stamped()
    asked = json.loads(sys.stdin.buffer.readline())
    rules = [(protocol, offset, bytes.fromhex(value)) for protocol, offset, value in asked['rules']]
    nodes = []
    for number_, (path, bridge) in enumerate(asked['nodes']):
        try:
            nodes.append(Node(number_, path, bridge, rules))
        except OSError as error:
            gap(number_, 'node-unwatched', error=error.strerror)
    record(b'A', 0)
    out.flush()
    switched_on.close()
    poll = select.poll()
    poll.register(0, select.POLLIN | select.POLLHUP)
    by_fd = {}
    for node in nodes:
        for one in node.sockets():
            by_fd[one.fileno()] = node
            poll.register(one, select.POLLIN)
    while True:
        ready = poll.poll()
        for fd in {fd for fd, _ in ready if fd}:
            by_fd[fd].read()
        out.flush()
        if any(fd == 0 for fd, _ in ready):
            break
    for node in nodes:
        node.finish()
    record(b'Z', 0)
    out.flush()
    # Every close waits for the kernel's other processors: all at once is as quick as one.
    closing = [threading.Thread(target=one.close) for node in nodes for one in [node.owner, *node.sockets()]]
    for each in closing:
        each.start()
    for each in closing:
        each.join()


main()
