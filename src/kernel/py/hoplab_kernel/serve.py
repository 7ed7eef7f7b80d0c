"""
Starts the other programs: a copy of this process is one at once, while a new interpreter would take 40 ms.
Waits at a socket that only the process which started it may use (unix(7), abstract; SO_PEERCRED). The client
sends a line of JSON with the program, its arguments and the control group that it joins; the connection is
the program's input and output from then on, and closing it ends the program; one that does not end is killed.
Out: the name of the socket, in hexadecimal. The end of its input ends it.
"""
from __future__ import annotations

import gc
import json
import math
import os
import select
import signal
import socket
import struct
import sys
import time

from .build.program import main as build
from .drops import main as drops
from .look.program import main as look
from .pairs.program import main as pairs
from .trace.program import main as trace
from .traffic.program import main as traffic

PROGRAMS = {'build': build, 'drops': drops, 'look': look, 'pairs': pairs, 'trace': trace, 'traffic': traffic}

# Seconds in which a program ends that was asked to.
PATIENCE = 5


def main(arguments: list[str]) -> None:
    owner = os.getppid()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind('')
    listener.listen(64)
    print(bytes(listener.getsockname()).hex(), flush=True)
    # The garbage collector ignores the objects loaded so far, so that forks share their pages.
    gc.freeze()
    poll = select.poll()
    for fd in (0, listener.fileno()):
        poll.register(fd, select.POLLIN | select.POLLHUP)
    programs: dict[int, Program] = {}
    while True:
        for fd, _ in poll.poll(kill_late(programs)):
            if fd == 0:
                return
            if fd in programs:
                attend(fd, programs, poll)
                continue
            if fd != listener.fileno():
                continue
            connection, _ = listener.accept()
            if peer_of(connection) != owner:
                connection.close()
                continue
            pid = os.fork()
            if pid == 0:
                become(connection)
            program = Program(pid, connection)
            programs[program.watched] = programs[connection.fileno()] = program
            poll.register(program.watched, select.POLLIN)
            # Only that both ways are closed.
            poll.register(connection, 0)


class Program:
    """A copy of this process."""

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self.connection = connection
        self.watched = os.pidfd_open(pid)
        # When it is killed, where it has been asked to end (time.monotonic).
        self.limit = math.inf


def kill_late(programs: dict[int, Program]) -> float | None:
    """Kills those that have not ended in time. Milliseconds until it has to look again."""
    now = time.monotonic()
    asked = {program for program in programs.values() if program.limit < math.inf}
    for program in asked:
        if program.limit <= now:
            os.kill(program.pid, signal.SIGKILL)
            program.limit = math.inf
    return min(((program.limit - now) * 1000 for program in asked if program.limit < math.inf), default=None)


def attend(fd: int, programs: dict[int, Program], poll: select.poll) -> None:
    program = programs[fd]
    if fd == program.watched:
        os.waitpid(program.pid, 0)
        for each in (program.watched, program.connection.fileno()):
            if programs.pop(each, None) is not None:
                poll.unregister(each)
        os.close(program.watched)
        program.connection.close()
        return
    # The daemon has closed the connection. Processes that the program has forked end with it (join.py).
    os.kill(program.pid, signal.SIGTERM)
    program.limit = time.monotonic() + PATIENCE
    del programs[fd]
    poll.unregister(fd)


def peer_of(connection: socket.socket) -> int:
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int(struct.unpack('=iII', credentials)[0])


def first_line() -> bytes:
    """Byte by byte: what comes behind it is for the program, which need not read it by way of sys.stdin."""
    line = b''
    while not line.endswith(b'\n'):
        byte = os.read(0, 1)
        if not byte:
            break
        line += byte
    return line


def become(connection: socket.socket) -> None:
    """The program that was asked for; never comes back."""
    code = 1
    try:
        os.setsid()
        os.dup2(connection.fileno(), 0)
        os.dup2(connection.fileno(), 1)
        os.closerange(3, 1 << 12)
        asked = json.loads(first_line())
        if asked['group'] is not None:
            with open(f'{asked["group"]}/cgroup.procs', 'w') as file:
                file.write('0')
        PROGRAMS[asked['program']](asked['arguments'])
        code = 0
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        os._exit(code)
