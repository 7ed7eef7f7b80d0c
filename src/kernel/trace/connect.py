# One TCP connection, or one UDP datagram and its answer, from a port of the tracer's own.
# Arguments: tcp or udp, address, port, own port. Says on its last line how it ended.
import errno
import os
import socket
import sys

kind, address, port, own = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
family = socket.AF_INET6 if ':' in address else socket.AF_INET
made = socket.socket(family, socket.SOCK_STREAM if kind == 'tcp' else socket.SOCK_DGRAM)
# TCP: shorter than the kernel's first retransmission, so that one packet is one packet. UDP sends nothing again.
made.settimeout(0.9 if kind == 'tcp' else 1.5)
names = {
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
try:
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(('', own))
    made.connect((address, port))
    if kind == 'udp':
        made.send(b'hoplab ' + os.urandom(9).hex().encode())
        made.recv(2048)
    print('answer')
except TimeoutError:
    print('silence')
except OSError as error:
    print(error.strerror, file=sys.stderr)
    print(names.get(error.errno, 'failed'))
