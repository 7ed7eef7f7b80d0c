"""One machine whose new namespaces are heard of."""
from __future__ import annotations

import os
import time

from ..inotify import CREATED, IGNORED, OVERFLOW, add_watch, events, listener_for
from .namespaces import Home, directory

# Seconds between the name of a namespace and the namespace; `ip netns add` makes the file first.
PATIENCE = 0.1
# Names of one machine that are looked at again meanwhile: none may keep the others waiting.
MOST_WAITING = 16
# Names that are looked at where it is not known which of them are new.
MOST_KNOWN = 256
# Bytes of news from one machine that are taken at a time, and how many times longer than they took it then waits.
AT_ONCE, REST = 4096, 20


class Machine:
    def __init__(self, pid: int, home: Home) -> None:
        self.pid = pid
        self.home = home
        self.inotify = listener_for(pid)
        self.watch: int | None = None
        # Names without a namespace yet: until when they are looked at again.
        self.waiting: dict[str, float] = {}
        self.rests_until = 0.0

    def look(self, known: bool) -> None:
        """Hears of the directory's names from now on; it may be another one than before."""
        try:
            parent = directory(self.pid)
        except OSError:
            return
        try:
            watch = add_watch(self.inotify, b'/proc/self/fd/%d' % parent, CREATED)
            if watch >= 0 and watch != self.watch:
                self.watch = watch
                self.give_all(parent, known)
        finally:
            os.close(parent)

    def give_all(self, parent: int, known: bool) -> None:
        with os.scandir(parent) as entries:
            for entry, _ in zip(entries, range(MOST_KNOWN)):
                self.home.give(parent, entry.name, known)

    def take(self) -> bool:
        """Some of the news there is; false where there is no more."""
        began = time.monotonic()
        try:
            data = os.read(self.inotify, AT_ONCE)
        except BlockingIOError:
            return False
        names: dict[str, bool] = {}
        lost = False
        for _, mask, name in events(data):
            lost = lost or bool(mask & OVERFLOW)
            if mask & IGNORED:
                self.watch = None
            elif mask & CREATED:
                names[name] = True
        self.hear(names, lost)
        now = time.monotonic()
        self.rests_until = now + (now - began) * REST if len(names) > MOST_WAITING else 0.0
        return True

    def hear(self, names: dict[str, bool], lost: bool) -> None:
        try:
            parent = directory(self.pid)
        except OSError:
            return
        try:
            for name in names:
                if not self.home.give(parent, name, False):
                    self.waiting[name] = time.monotonic() + PATIENCE
            while len(self.waiting) > MOST_WAITING:
                del self.waiting[next(iter(self.waiting))]
            if lost:
                self.give_all(parent, True)
        finally:
            os.close(parent)

    def look_again(self) -> None:
        if not self.waiting:
            return
        now = time.monotonic()
        try:
            parent = directory(self.pid)
        except OSError:
            self.waiting.clear()
            return
        for name, until in list(self.waiting.items()):
            if self.home.give(parent, name, False) or now > until:
                del self.waiting[name]
        os.close(parent)

    def end(self) -> None:
        os.close(self.inotify)
