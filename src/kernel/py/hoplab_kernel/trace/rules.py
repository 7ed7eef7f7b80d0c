"""Arms nftables in a node: reports the handles of its rules and makes the tracer's own table."""
from __future__ import annotations

import errno
import socket
import time

from ..netlink import ERROR, error_in, messages
from .table import batch

# Seconds a watcher before this one may take to end, all nodes together.
PATIENCE = 3


def commit(asker: socket.socket, body: bytes) -> list[int]:
    """
    Carries out a batch; the numbers of its errors. The kernel answers only failed parts, before send returns.
    """
    asker.send(batch(body))
    asker.setblocking(False)
    errors: list[int] = []
    try:
        while True:
            answers = messages(asker.recv(1 << 16))
            errors += [error_in(answer) for kind, answer in answers if kind == ERROR and error_in(answer)]
    except BlockingIOError:
        pass
    asker.setblocking(True)
    return errors


def arm_rules(asker: socket.socket, body: bytes, until: float) -> list[int]:
    """
    The numbers of the errors. A table of the same name that belongs to a watcher still about to end (EPERM) goes with
    it: a trace may be asked for while the one before it closes its sockets.
    """
    while True:
        errors = commit(asker, body)
        if errno.EPERM not in errors or time.monotonic() > until:
            return errors
        time.sleep(0.005)
