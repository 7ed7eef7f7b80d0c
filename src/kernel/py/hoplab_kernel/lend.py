"""
Puts the store of images into a machine, read-only, its files owned as if the machine's root had made them (an
id-mapped mount, mount_setattr(2)); so containers can change their copies of them. No page of it is there twice. The
machine's root may not make it writable again: the kernel locks the flags of a mount that is copied into a mount
namespace with less rights (mount_namespaces(7)), which is why a namespace in between is made here. Arguments: the
machine's pid 1, the store, where it goes in the machine.
"""
import ctypes
import os

from .system import NEW_NS, NEW_USER, PRIVATE, RECURSIVE, called, libc

OPEN_TREE, MOVE_MOUNT, MOUNT_SETATTR = 428, 429, 442
HERE, EMPTY_PATH, CLONE, CLOSE = -100, 0x1000, 1, 0o2000000
READ_ONLY, NO_SUID, NO_DEVICES, MAPPED = 1, 2, 4, 0x100000
MOVE_EMPTY_PATH = 4
path = ctypes.c_char_p


def opened(tree: bytes) -> int:
    found = libc.syscall(OPEN_TREE, HERE, path(tree), ctypes.c_uint(CLONE | CLOSE))
    return called(found, 'open_tree')


def moved(tree: int, to: bytes) -> None:
    called(libc.syscall(MOVE_MOUNT, tree, path(b''), HERE, path(to), MOVE_EMPTY_PATH), 'move_mount')


def lend(machine: int, users: int, store: bytes, place: bytes) -> None:
    called(libc.unshare(NEW_NS), 'unshare')
    called(libc.mount(None, path(b'/'), None, ctypes.c_ulong(RECURSIVE | PRIVATE), None), 'mount')
    tree = opened(store)
    wanted = (ctypes.c_uint64 * 4)(READ_ONLY | NO_SUID | NO_DEVICES | MAPPED, 0, PRIVATE, users)
    mapped = libc.syscall(MOUNT_SETATTR, tree, path(b''), EMPTY_PATH, wanted, ctypes.sizeof(wanted))
    called(mapped, 'mount_setattr')
    moved(tree, store)
    called(libc.setns(users, NEW_USER), 'setns')
    called(libc.unshare(NEW_NS), 'unshare')
    tree = opened(store)
    called(libc.setns(machine, NEW_NS), 'setns')
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    os.makedirs(place, exist_ok=True)
    moved(tree, place)


def main(arguments: list[str]) -> None:
    pid, store, place = arguments
    users = os.open(f'/proc/{pid}/ns/user', os.O_RDONLY | os.O_CLOEXEC)
    lend(os.pidfd_open(int(pid)), users, os.fsencode(store), os.fsencode(place))
