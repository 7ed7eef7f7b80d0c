"""
Becomes another program, which with all that it starts makes sockets of the families that labs need and of no others.
A socket of any other is kernel code that a learner could reach for nothing, and some know no network namespaces:
AF_VSOCK leads from a machine to whatever hosts the VM, and to the VM's own programs that listen there. io_uring makes
sockets too, unseen by a filter of system calls (seccomp(2)); so do calls of another architecture. Arguments: argv.
"""
import ctypes
import os
import socket
import struct

from .system import called, libc

FAMILIES = [socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET]
IO_URING_SETUP = 425
# AUDIT_ARCH_... of linux/audit.h, and the numbers of seccomp(2), socket(2) and socketpair(2).
PROCESSORS = {'x86_64': (0xC000003E, 317, 41, 53), 'aarch64': (0xC00000B7, 277, 198, 199)}
# Calls of x32 have this bit in their number.
X32 = 0x40000000
# linux/bpf_common.h, linux/seccomp.h
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
NO_FAMILY, NO_CALL = REFUSE | 97, REFUSE | 38
SET_FILTER, NO_OTHER_EFFECT = 1, 4


def rules(processor: str) -> list[tuple[int, int, int, int]]:
    """Instructions: code, how many to skip where it is so, and where it is not, value (struct sock_filter)."""
    own, _, make_socket, make_pair = PROCESSORS[processor]
    ends = [(RETURN, 0, 0, NO_FAMILY), (RETURN, 0, 0, NO_CALL), (RETURN, 0, 0, ALLOW)]
    # The places of struct seccomp_data: number 0, architecture 4, first argument 16.
    families = [(LOAD, 0, 0, 16)]
    for at, family in enumerate(FAMILIES):
        families.append((EQUAL, len(FAMILIES) - at - 1 + 2, 0, int(family)))
    own_calls = [
        (LOAD, 0, 0, 4),
        (EQUAL, 0, 5 + len(families) + 1, own),
        (LOAD, 0, 0, 0),
        (AT_LEAST, 3 + len(families) + 1, 0, X32),
        (EQUAL, 2 + len(families) + 1, 0, IO_URING_SETUP),
        (EQUAL, 1, 0, make_socket),
        (EQUAL, 0, len(families) + 2, make_pair),
    ]
    return own_calls + families + ends


def confine() -> None:
    processor = os.uname().machine
    if processor not in PROCESSORS:
        raise OSError(f'a filter for {processor} is not known')
    made = b''.join(struct.pack('=HBBI', *rule) for rule in rules(processor))
    text = ctypes.create_string_buffer(made, len(made))
    program = struct.pack('@HP', len(made) // 8, ctypes.addressof(text))
    number = ctypes.c_long(PROCESSORS[processor][1])
    called(libc.syscall(number, SET_FILTER, NO_OTHER_EFFECT, ctypes.c_char_p(program)), 'seccomp')


def main(arguments: list[str]) -> None:
    try:
        confine()
    except OSError as error:
        os.write(2, f'hoplab: sockets of all families can be made in machines: {error}\n'.encode())
    os.execv(arguments[0], arguments)
