"""Arms nftables in a node: reports the handles of its rules and makes the tracer's own table."""
from __future__ import annotations

import errno
import socket
import time

from ..netlink import ERROR, attributes, error_in, messages
from .table import batch, nft

# NFT_MSG_GETGEN
GET_GENERATION = 16
# Seconds a watcher before this one may take to end, all nodes together.
PATIENCE = 3


def generation_of(asker: socket.socket) -> int:
    """How many changes nftables has counted in the namespace (NFTA_GEN_ID)."""
    asker.send(nft(GET_GENERATION, 0, 0))
    for _, body in messages(asker.recv(1 << 16)):
        return int.from_bytes(attributes(body[4:])[1], 'big')
    return 0


def commit(asker: socket.socket, body: bytes, generation: int) -> list[int]:
    """
    Carries out a batch; the numbers of its errors. The kernel answers only failed parts, before send returns.
    """
    asker.send(batch(body, generation))
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


def arm_rules(asker: socket.socket, body: bytes, until: float) -> tuple[list[int], int]:
    """
    The numbers of the errors, and the generation that the batch followed: its own is the next one, and no other change
    is between them. A table of the same name that belongs to a watcher still about to end (EPERM) goes with it: a trace
    may be asked for while the one before it closes its sockets. Rules that have changed meanwhile (ERESTART) are asked
    for again.
    """
    while True:
        generation = generation_of(asker)
        errors = commit(asker, body, generation)
        if not {errno.EPERM, errno.ERESTART} & set(errors) or time.monotonic() > until:
            return errors, generation
        if errno.EPERM in errors:
            time.sleep(0.005)
