"""
Starts programs of the VM for the daemon. A fork of the daemon copies the tables of all its memory, and its one thread
waits for that; this process is small, and posix_spawn(3) copies nothing.
Waits at a socket that only the process which started it may use (unix(7), abstract; SO_PEERCRED). A connection is one
program. In: a line of JSON (Asked), then its input; the end of that direction kills it, and what it has started. Out:
frames of one letter, four bytes with a length, and that many bytes: `o` of its output, `e` of its errors, `x` how it
ended, as JSON.
Prints the name of the socket, in hexadecimal. The end of its input ends it, and all programs.
"""
from __future__ import annotations

import errno
import json
import os
import select
import signal
import socket
import struct
from collections.abc import Callable
from functools import partial
from typing import TypedDict

from .loop import GONE, Loop

PIECE = 1 << 16
# Bytes that the daemon has not read yet; the program waits then.
MOST_WAITING = 1 << 20
# Seconds between the end of what a program has started and its own: its parent reaps it.
REAPING = 0.2


class Asked(TypedDict):
    argv: list[str]
    env: dict[str, str]
    # Bytes; without them there is nothing to read.
    input: int | None


class Program:
    """One program, from the request for it to its end."""

    def __init__(self, connection: socket.socket, loop: Loop, forget: Callable[[Program], None]) -> None:
        self.connection = connection
        self.loop = loop
        self.forget = forget
        self.request = bytearray()
        self.input = bytearray()
        # Bytes of it that the program has not got yet.
        self.left = 0
        self.sending = bytearray()
        self.listening = True
        self.killed = False
        self.pid = self.watched = self.into = -1
        self.outputs: dict[int, bytes] = {}
        connection.setblocking(False)
        loop.add(connection.fileno(), select.EPOLLIN, self.attend)

    def attend(self, events: int) -> None:
        if events & GONE:
            self.close()
            return
        if events & select.EPOLLOUT:
            self.flush()
        if events & select.EPOLLIN and self.listening:
            self.hear()

    def hear(self) -> None:
        try:
            data = self.connection.recv(PIECE)
        except BlockingIOError:
            return
        except ConnectionError:
            self.close()
            return
        if not data:
            self.listening = False
            self.end()
            return
        if self.pid == -1:
            self.request += data
            line, newline, data = bytes(self.request).partition(b'\n')
            if not newline:
                return
            self.request.clear()
            self.begin(json.loads(line))
        self.input += data
        self.feed(0)

    def begin(self, asked: Asked) -> None:
        self.left = asked['input'] or 0
        # The ends of the program, and ours.
        inner: list[int] = []
        outer: list[int] = []
        actions: list[tuple[int, int, int] | tuple[int, int, str, int, int]] = []
        if asked['input'] is None:
            actions.append((os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDONLY, 0))
        try:
            for fd in (1, 2) if asked['input'] is None else (0, 1, 2):
                read, write = os.pipe()
                theirs, ours = (read, write) if fd == 0 else (write, read)
                inner.append(theirs)
                outer.append(ours)
                os.set_blocking(ours, False)
                actions.append((os.POSIX_SPAWN_DUP2, theirs, fd))
            # Python ignores SIGPIPE and SIGXFSZ, and what it starts would too.
            self.pid = os.posix_spawnp(
                asked['argv'][0], asked['argv'], asked['env'], file_actions=actions, setsid=True, setsigmask=[],
                setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],
            )
            self.watched = os.pidfd_open(self.pid)
        except (OSError, ValueError) as error:
            for fd in inner + outer:
                os.close(fd)
            number = error.errno if isinstance(error, OSError) else None
            self.send(b'x', json.dumps({'code': errno.errorcode.get(number or errno.EINVAL)}).encode())
            return
        for fd in inner:
            os.close(fd)
        self.loop.add(self.watched, select.EPOLLIN, self.ended)
        *into, out, errors = outer
        for fd, letter in ((out, b'o'), (errors, b'e')):
            self.outputs[fd] = letter
            self.loop.add(fd, select.EPOLLIN, partial(self.read, fd))
        if into:
            self.into = into[0]
            self.loop.add(self.into, 0, self.feed)

    def feed(self, events: int) -> None:
        """What the daemon has given goes on to the program as it takes it."""
        if self.into == -1:
            self.input.clear()
            return
        try:
            if self.input and not events & GONE:
                written = os.write(self.into, self.input[:PIECE])
                self.left -= written
                del self.input[:written]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            events = GONE
        if events & GONE or self.left == 0:
            self.drop(self.into)
            self.into = -1
            self.input.clear()
        else:
            self.loop.change(self.into, select.EPOLLOUT if self.input else 0)
        self.wait()

    def read(self, fd: int, _: int) -> None:
        try:
            data = os.read(fd, PIECE)
        except BlockingIOError:
            return
        if data:
            self.send(self.outputs[fd], data)
            return
        del self.outputs[fd]
        self.drop(fd)
        self.finish()

    def drop(self, fd: int) -> None:
        self.loop.remove(fd)
        os.close(fd)

    def ended(self, _: int) -> None:
        # Before it has been waited for: its number may be another's then.
        if self.killed:
            signal_to(-self.pid)
        _, status = os.waitpid(self.pid, 0)
        self.drop(self.watched)
        self.watched = -1
        code = os.waitstatus_to_exitcode(status)
        how: dict[str, int | str] = {'exitCode': code} if code >= 0 else {'signal': name_of(-code)}
        self.send(b'x', json.dumps(how).encode())
        self.finish()

    def send(self, letter: bytes, data: bytes) -> None:
        self.sending += letter + struct.pack('>I', len(data)) + data
        self.flush()

    def flush(self) -> None:
        try:
            if self.sending:
                del self.sending[: self.connection.send(self.sending)]
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        for fd in self.outputs:
            self.loop.change(fd, select.EPOLLIN if len(self.sending) < MOST_WAITING else 0)
        self.wait()
        self.finish()

    def wait(self) -> None:
        """For the daemon: to read, and to write as long as the program takes it."""
        if self.connection.fileno() == -1:
            return
        hears = self.listening and len(self.input) < MOST_WAITING
        events = (select.EPOLLIN if hears else 0) | (select.EPOLLOUT if self.sending else 0)
        self.loop.change(self.connection.fileno(), events)

    def finish(self) -> None:
        """Closes the connection once everything has been said."""
        if self.watched == -1 and not self.outputs and not self.sending and not self.request:
            self.close()

    def close(self) -> None:
        if self.connection.fileno() == -1:
            return
        self.loop.remove(self.connection.fileno())
        self.connection.close()
        self.sending.clear()
        self.end()
        self.forget(self)

    def end(self) -> None:
        """Nobody reads any more: others may hold its pipes."""
        for fd in [*self.outputs, *([] if self.into == -1 else [self.into])]:
            self.drop(fd)
        self.outputs.clear()
        self.into = -1
        if self.watched != -1 and not self.killed:
            self.killed = True
            # nsenter outlives its child and reaps it: ended together with it, it would leave that to the VM's init.
            children = children_of(self.pid)
            for child in children:
                signal_to(child)
            self.loop.after(REAPING if children else 0, self.kill_all)
        self.wait()
        self.finish()

    def kill_all(self) -> None:
        if self.watched != -1:
            signal_to(-self.pid)


def name_of(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f'SIG{number}'


def children_of(pid: int) -> list[int]:
    try:
        with open(f'/proc/{pid}/task/{pid}/children') as file:
            return [int(each) for each in file.read().split()]
    except OSError:
        return []


def signal_to(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main(arguments: list[str]) -> None:
    owner = os.getppid()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind('')
    listener.listen(256)
    loop = Loop()
    programs: set[Program] = set()

    def accept(_: int) -> None:
        connection, _address = listener.accept()
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        if struct.unpack('=iII', credentials)[0] == owner:
            programs.add(Program(connection, loop, programs.discard))
        else:
            connection.close()

    over: list[int] = []
    loop.add(0, select.EPOLLIN, over.append)
    loop.add(listener.fileno(), select.EPOLLIN, accept)
    print(bytes(listener.getsockname()).hex(), flush=True)
    while not over:
        loop.once()
    for program in list(programs):
        program.close()
    while loop.later:
        loop.once()
