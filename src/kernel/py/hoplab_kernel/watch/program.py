"""
Reports the kinds of changes in a machine, for as long as it lives. Joins it (join.py), then sits in a network
namespace of its own, which belongs to the machine's user namespace.
Argument: the machine's pid 1. In: lines `look`. Out: lines `ready`, `changed KIND...`, `stale` (time to
look), `looked KIND...`. The end of its input, of the daemon or of the machine ends it.
"""
from __future__ import annotations

import os
import resource

from ..inotify import listener_for
from ..join import join
from ..system import NEW_NET, called, libc
from .watch import Watch


def main(arguments: list[str]) -> None:
    pid = int(arguments[0])
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    machine, inotify = os.pidfd_open(pid), listener_for(pid)
    join(machine)
    called(libc.unshare(NEW_NET), 'unshare')
    Watch(machine, inotify).run()
