"""
Inside a machine: opens servers in its nodes, and sends a marker through all of them on request.
In: a line of JSON {nodes: [[path, serves]], family}; then a line with a number for each marker, until the end
of input. Out: `ready`, and `sent` after each marker.
"""
from __future__ import annotations

import ctypes
import json
import os
import selectors
import socket
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
selector = selectors.DefaultSelector()
PORTS = (53, 80, 8080)


def enter(path: str) -> None:
    fd = os.open(path, os.O_RDONLY)
    if libc.setns(fd, 0x40000000):
        raise OSError(ctypes.get_errno(), path)
    os.close(fd)


def listening(family: int, kind: int, port: int) -> socket.socket:
    made = socket.socket(family, kind)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(('', port))
    return made


def echo(made: socket.socket) -> None:
    data, sender = made.recvfrom(2048)
    # As an answer to a DNS query it is one too: QR set, no error, nothing found.
    answer = data[:2] + b'\x84\0' + data[4:] if len(data) > 12 and data[:6] != b'hoplab' else data
    try:
        made.sendto(answer, sender)
    except OSError:
        # No way to send an error: the probe sees the silence.
        pass


def accept(made: socket.socket) -> None:
    taken, _ = made.accept()
    taken.setblocking(False)
    selector.register(taken, selectors.EVENT_READ, answer)


def answer(taken: socket.socket) -> None:
    selector.unregister(taken)
    try:
        if taken.recv(4096):
            taken.send(b'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok')
    except OSError:
        pass
    taken.close()


def serve(family: int) -> None:
    for port in PORTS:
        datagrams = listening(family, socket.SOCK_DGRAM, port)
        selector.register(datagrams, selectors.EVENT_READ, echo)
        if port != 53:
            streams = listening(family, socket.SOCK_STREAM, port)
            streams.listen()
            selector.register(streams, selectors.EVENT_READ, accept)


# A frame of our own on the node's loopback, past all rules: what tcpdump prints of it comes after everything
# that was there before.
def marker(number: int) -> bytes:
    address = socket.inet_aton('127.0.0.9')
    head = struct.pack('>BBHHHBBH', 0x45, 0, 28, number, 0, 64, 17, 0) + address * 2
    return bytes(12) + b'\x08\0' + head + bytes.fromhex('0009000900080000')


def main() -> None:
    asked = json.loads(sys.stdin.readline())
    family = socket.AF_INET6 if asked['family'] == 6 else socket.AF_INET
    markers = []
    for path, serves in asked['nodes']:
        enter(path)
        raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        raw.bind(('lo', 0))
        markers.append(raw)
        if serves:
            serve(family)
    selector.register(sys.stdin, selectors.EVENT_READ, None)
    print('ready', flush=True)
    while True:
        for key, _ in selector.select():
            if key.data is not None:
                key.data(key.fileobj)
                continue
            line = sys.stdin.readline()
            if line == '':
                return
            for raw in markers:
                raw.send(marker(int(line)))
            print('sent', flush=True)


main()
