"""
One question to a time server (RFC 5905), and its answer. Arguments: address, port, seconds to wait.
Ends with one line of JSON.
"""
from __future__ import annotations

import errno
import json
import os
import socket
import struct
import sys
import time

ENDINGS = {
    errno.ECONNREFUSED: 'rejected',
    errno.EPERM: 'rejected',
    errno.EACCES: 'rejected',
    errno.EINVAL: 'rejected',
    errno.ENETUNREACH: 'no-route',
    # Not one IPv6 address to send from.
    errno.EADDRNOTAVAIL: 'no-route',
    errno.EHOSTUNREACH: 'host-unreachable',
}
# From 1900, the beginning of NTP's time, to 1970, in seconds; and a second's fraction.
EPOCH, FRACTION = 2_208_988_800, 2**32
HEADER = struct.Struct('!BBbb I I 4s Q Q Q Q')
# Leap indicator 3: the server's clock is not synchronised.
ALARM = 3


def seconds(stamp: int) -> float:
    return stamp / FRACTION - EPOCH


def answer_of(address: str, port: int, patience: float) -> dict[str, object]:
    family = socket.AF_INET6 if ':' in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asking:
        asking.settimeout(patience)
        asking.connect((address, port))
        # The server sends it back; a random one proves that the answer is to this question (RFC 5905, 9.2).
        token = int.from_bytes(os.urandom(8), 'big')
        sent = time.time()
        # Leap indicator 0, version 4, mode 3: a client.
        asking.send(HEADER.pack(0o43, 0, 0, 0, 0, 0, b'', 0, 0, 0, token))
        until = time.monotonic() + patience
        while True:
            asking.settimeout(max(0.001, until - time.monotonic()))
            data = asking.recv(2048)
            received = time.time()
            if len(data) < HEADER.size:
                continue
            first, stratum, _, _, _, _, reference, _, origin, arrived, left = HEADER.unpack(data[:HEADER.size])
            if origin != token:
                continue
            offset = ((seconds(arrived) - sent) + (seconds(left) - received)) / 2
            return {
                'ended': 'answer',
                'synchronised': first >> 6 != ALARM and stratum > 0,
                'stratum': stratum,
                'refused': reference.decode('ascii', 'replace').strip('\0') if stratum == 0 else '',
                'offset': round(offset, 6),
            }


def main(arguments: list[str]) -> None:
    address, port, patience = arguments
    try:
        found = answer_of(address, int(port), float(patience))
    except TimeoutError:
        found = {'ended': 'silence'}
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        found = {'ended': ENDINGS.get(error.errno or 0, 'failed')}
    print('\n' + json.dumps(found))


if __name__ == '__main__':
    main(sys.argv[1:])
