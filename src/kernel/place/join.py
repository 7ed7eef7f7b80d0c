# Leaves the VM for a machine: joins its namespaces in a process that has loaded all of its code from the VM's own
# files, so that nothing of the machine's file system is ever executed here, however the learner has changed it.
# The process sits in a PID namespace of its own: the machine's processes do not see it, and the end of its parent,
# which stays outside and only waits, is its end.
import ctypes
import os
import signal
import sys

NEW_NS, NEW_UTS, NEW_IPC, NEW_USER = 0x20000, 0x4000000, 0x8000000, 0x10000000
NEW_PID, NEW_NET = 0x20000000, 0x40000000
SET_DEATH_SIGNAL = 1
RANGES, LISTENERS = 0x70000000, 0x70000000 + 4000 * 0x10000
libc = ctypes.CDLL(None, use_errno=True)


def called(code, what):
    if code < 0:
        number = ctypes.get_errno()
        raise OSError(number, f'{what}: {os.strerror(number)}')
    return code


def tell(kind, error, _):
    """The interpreter's own words for an uncaught error need modules that are not loaded yet (since Python 3.13)."""
    os.write(2, f'{kind.__name__}: {error}\n'.encode())


def listener_for(pid):
    """
    An inotify instance that hears of a machine. The kernel counts instances by user (inotify(7)): this one for a user
    behind all ranges (uid-range.ts), one for each range, so that neither the learner's own instances nor those of the
    VM's root are fewer by it.
    """
    with open(f'/proc/{pid}/uid_map') as file:
        base = int(file.read().split()[1])
    os.seteuid(LISTENERS + (base - RANGES) // 0x10000)
    try:
        return called(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC), 'inotify_init1')
    finally:
        os.seteuid(0)


def join(machine):
    """`machine`: a pidfd of its pid 1. setns(2) takes one since Linux 5.8."""
    called(libc.unshare(NEW_PID), 'unshare')
    child = os.fork()
    if child:
        os.close(0)
        os.close(1)
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    # No import from now on: the files are about to be the learner's.
    sys.path.clear()
    sys.meta_path.clear()
    sys.excepthook = tell
    called(libc.setns(machine, NEW_USER | NEW_NS | NEW_IPC | NEW_UTS | NEW_NET), 'setns')
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    # A change of user clears it, so it comes last (prctl(2)).
    called(libc.prctl(SET_DEATH_SIGNAL, signal.SIGKILL), 'prctl')
