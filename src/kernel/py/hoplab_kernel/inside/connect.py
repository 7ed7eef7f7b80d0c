"""
One TCP connection, or one UDP datagram and its answer, from a port of the tracer's own.
Arguments: tcp or udp, address, port, own port, mark and type of service (0: none),
bytes of the datagram in hexadecimal. Says on its last line how it ended.
"""
from __future__ import annotations

import errno
import socket
import sys

ENDINGS = {
    errno.ECONNREFUSED: 'refused',
    errno.ECONNRESET: 'refused',
    errno.EPERM: 'refused',
    # A prohibit or blackhole route (fib_props in the kernel's fib_semantics.c).
    errno.EACCES: 'refused',
    errno.EINVAL: 'refused',
    errno.ENETUNREACH: 'no-route',
    # Not one IPv6 address to send from.
    errno.EADDRNOTAVAIL: 'no-route',
    errno.EHOSTUNREACH: 'host-unreachable',
}
# SO_MARK, IPV6_TCLASS
MARK, TRAFFIC_CLASS = 36, 67
# Seconds. TCP: shorter than the kernel's first retransmission, so that one packet is one packet. UDP sends nothing
# again.
PATIENCE = {'tcp': 0.9, 'udp': 1.5}


def ending_of(kind: str, address: str, port: int, own: int, mark: int, tos: int, data: bytes) -> str:
    family = socket.AF_INET6 if ':' in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM if kind == 'tcp' else socket.SOCK_DGRAM)
    made.settimeout(PATIENCE[kind])
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if mark:
            made.setsockopt(socket.SOL_SOCKET, MARK, mark)
        if tos:
            six = family == socket.AF_INET6
            level, option = (socket.IPPROTO_IPV6, TRAFFIC_CLASS) if six else (socket.IPPROTO_IP, socket.IP_TOS)
            made.setsockopt(level, option, tos)
        made.bind(('', own))
        made.connect((address, port))
        if kind == 'udp':
            made.send(data)
            made.recv(2048)
        return 'answer'
    except TimeoutError:
        return 'silence'
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        return ENDINGS.get(error.errno or 0, 'failed')
    finally:
        made.close()


def main(arguments: list[str]) -> None:
    kind, address, port, own, mark, tos, data = arguments
    print(ending_of(kind, address, int(port), int(own), int(mark), int(tos), bytes.fromhex(data)))


if __name__ == '__main__':
    main(sys.argv[1:])
