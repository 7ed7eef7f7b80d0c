"""
Leaves the VM for a machine: joins its namespaces in a process that has loaded all of its code from the VM's own
files, so that nothing of the machine's file system is ever executed here, however the learner has changed it.
The process sits in a PID namespace of its own: the machine's processes do not see it, and the end of its parent,
which stays outside and only waits, is its end.
"""
from __future__ import annotations

import os
import signal
import sys

from .system import NEW_IPC, NEW_NET, NEW_NS, NEW_PID, NEW_USER, NEW_UTS, called, libc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

SET_DEATH_SIGNAL = 1


def tell(kind: type[BaseException], error: BaseException | None, _: TracebackType | None = None) -> None:
    """
    The interpreter's own words for an uncaught error need modules that are not loaded yet (since Python 3.13), and
    the lines of the source, whose path leads to a file of the learner's.
    """
    os.write(2, f'{kind.__name__}: {error}\n'.encode())


def close_imports() -> None:
    """No import from now on: the files are about to be the learner's."""
    sys.path.clear()
    sys.meta_path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    sys.excepthook = tell
    sys.unraisablehook = lambda found: tell(found.exc_type, found.exc_value)


def join(machine: int) -> None:
    """`machine`: a pidfd of its pid 1. setns(2) takes one since Linux 5.8."""
    called(libc.unshare(NEW_PID), 'unshare')
    child = os.fork()
    if child:
        os.close(0)
        os.close(1)
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    close_imports()
    called(libc.setns(machine, NEW_USER | NEW_NS | NEW_IPC | NEW_UTS | NEW_NET), 'setns')
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    # A change of user clears it, so it comes last (prctl(2)).
    called(libc.prctl(SET_DEATH_SIGNAL, signal.SIGKILL), 'prctl')
