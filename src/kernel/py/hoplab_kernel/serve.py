"""
Starts the other programs: a copy of this process is one at once, where a new interpreter would take 40 ms. Waits at a
socket that only the process which started it may use (unix(7), abstract; SO_PEERCRED). Who connects says the program
and its arguments in a line of JSON; the connection is the program's input and output from then on.
Out: the name of the socket, in hexadecimal. The end of its input ends it.
"""
from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import struct
import sys

from .look.program import main as look
from .trace.program import main as trace

PROGRAMS = {'look': look, 'trace': trace}


def main(arguments: list[str]) -> None:
    owner = os.getppid()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind('')
    listener.listen(64)
    print(bytes(listener.getsockname()).hex(), flush=True)
    # Nobody waits for the copies.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What is there already is never looked through again, and so not copied.
    gc.freeze()
    poll = select.poll()
    for fd in (0, listener.fileno()):
        poll.register(fd, select.POLLIN | select.POLLHUP)
    while True:
        if 0 in {fd for fd, _ in poll.poll()}:
            return
        connection, _ = listener.accept()
        if peer_of(connection) == owner and os.fork() == 0:
            become(connection, listener)
        connection.close()


def peer_of(connection: socket.socket) -> int:
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int(struct.unpack('=iII', told)[0])


def become(connection: socket.socket, listener: socket.socket) -> None:
    """The program that was asked for; never comes back."""
    code = 1
    try:
        listener.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.dup2(connection.fileno(), 0)
        os.dup2(connection.fileno(), 1)
        connection.close()
        program, *arguments = json.loads(sys.stdin.buffer.readline())
        PROGRAMS[program](arguments)
        code = 0
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        os._exit(code)
