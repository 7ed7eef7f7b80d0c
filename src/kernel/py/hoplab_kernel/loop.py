"""Waits for file descriptors and for moments."""
from __future__ import annotations

import select
import time
from collections.abc import Callable

GONE = select.EPOLLHUP | select.EPOLLERR


class Loop:
    """Calls whoever waits for a file descriptor, with what has happened to it."""

    def __init__(self) -> None:
        self.poll = select.epoll()
        self.waiting: dict[int, Callable[[int], None]] = {}
        self.later: list[tuple[float, Callable[[], None]]] = []

    def add(self, fd: int, events: int, call: Callable[[int], None]) -> None:
        self.waiting[fd] = call
        self.poll.register(fd, events)

    def change(self, fd: int, events: int) -> None:
        self.poll.modify(fd, events)

    def remove(self, fd: int) -> None:
        if self.waiting.pop(fd, None) is not None:
            self.poll.unregister(fd)

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        self.later.append((time.monotonic() + seconds, call))

    def once(self) -> None:
        """Waits for something to happen, and lets it be attended to."""
        left = min((when for when, _ in self.later), default=None)
        timeout = -1 if left is None else max(0.0, left - time.monotonic())
        for fd, events in self.poll.poll(timeout):
            call = self.waiting.get(fd)
            # What another one has removed meanwhile waits for nothing more.
            if call is not None:
                call(events)
        now = time.monotonic()
        due = [each for each in self.later if each[0] <= now]
        self.later = [each for each in self.later if each[0] > now]
        for _, act in due:
            act()
