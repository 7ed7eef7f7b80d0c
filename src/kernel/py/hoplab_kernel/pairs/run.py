"""Sends the requests of some batches at a time, and waits for what comes back."""
from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator

from .batches import Pair
from .echo import REFUSALS, Echo, opened
from .neighbours import Neighbours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .echo import Result

# Batches that wait at a time. Each pair needs up to one neighbour entry.
OPEN = 4


class End:
    """A node, and its address. Made inside its namespace."""

    def __init__(self, address: str, family: int) -> None:
        self.address = address
        self.packed = socket.inet_pton(family, address)
        self.link = opened(family)
        self.neighbours = Neighbours(family)


class Batch:
    def __init__(self, pairs: list[Pair], until: float) -> None:
        self.waiting = set(pairs)
        self.ends = {end for pair in pairs for end in pair}
        self.until = until


class Run:
    """`ends`: None where the node is not there."""

    def __init__(self, ends: list[End | None], echo: Echo) -> None:
        self.ends = ends
        self.echo = echo
        self.results: dict[Pair, Result] = {}
        self.by_pair: dict[Pair, Batch] = {}
        self.by_fd = {end.link.fileno(): number for number, end in enumerate(ends) if end is not None}
        self.poll = select.epoll()
        for fd in self.by_fd:
            self.poll.register(fd, select.EPOLLIN)

    def ask(self, batches: Iterator[list[Pair]], wait: float, end: float) -> None:
        """`wait`: seconds for each answer. At `end` no further batch begins: its pairs get no result."""
        open_batches: list[Batch] = []
        more = True
        while more or open_batches:
            while more and len(open_batches) < OPEN:
                pairs = next(batches, None) if time.monotonic() < end else None
                if pairs is None:
                    more = False
                else:
                    open_batches.append(self.begin(pairs, wait))
            quiet = not self.hear(min(batch.until for batch in open_batches) - time.monotonic() if open_batches else 0)
            # On a busy VM answers are there, and have not been read, when the time is over.
            now = time.monotonic() if quiet else 0
            left = [batch for batch in open_batches if batch.waiting and batch.until > now]
            for batch in open_batches:
                if batch not in left:
                    self.finish(batch)
            open_batches = left

    def begin(self, pairs: list[Pair], wait: float) -> Batch:
        batch = Batch(pairs, 0)
        for pair in pairs:
            self.by_pair[pair] = batch
            result = self.send(*pair)
            if result is not None:
                self.end(pair, result)
        batch.until = time.monotonic() + wait
        return batch

    def send(self, source: int, target: int) -> Result | None:
        """How the request ended, if it did so at once."""
        one, other = self.ends[source], self.ends[target]
        if one is None or other is None:
            return 'tool-failed', ''
        try:
            one.link.sendto(self.echo.packet(target), (other.address, 0))
        except OSError as error:
            return REFUSALS.get(error.errno or 0, 'tool-failed'), ''
        return None

    def hear(self, timeout: float) -> bool:
        """Reads what has come; False if nothing has until then."""
        ready = self.poll.poll(max(timeout, 0))
        for fd, _ in ready:
            source = self.by_fd[fd]
            end = self.ends[source]
            while end is not None:
                try:
                    data, sender = end.link.recvfrom(2048)
                except OSError:
                    break
                found = self.echo.answer(data, str(sender[0]))
                if found is not None:
                    self.end((source, found[0]), found[1])
        return bool(ready)

    def end(self, pair: Pair, result: Result) -> None:
        batch = self.by_pair.pop(pair, None)
        if batch is not None:
            batch.waiting.discard(pair)
            self.results[pair] = result

    def finish(self, batch: Batch) -> None:
        for pair in batch.waiting:
            self.by_pair.pop(pair, None)
            self.results[pair] = ('silence', '')
        self.forget(batch.ends, batch.ends)

    def forget(self, at: set[int], about: set[int]) -> None:
        addresses = {end.packed for end in map(self.ends.__getitem__, about) if end is not None}
        for number in at:
            end = self.ends[number]
            if end is not None:
                end.neighbours.forget(addresses)
