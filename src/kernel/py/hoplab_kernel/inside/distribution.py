"""
HTTP requests one after the other, each on a connection of its own: who answers them?
Arguments: address, port, path, Host header, number of requests, header that names the backend ('' for none),
seconds to wait for an answer. Ends with one line of JSON. Stops after three requests without an answer.
"""
from __future__ import annotations

import errno
import http.client
import json
import socket
import struct
import sys
import time
from collections.abc import Iterator

ENDINGS = {
    errno.ECONNREFUSED: 'rejected',
    errno.ECONNRESET: 'rejected',
    errno.EPIPE: 'rejected',
    errno.EPERM: 'rejected',
    errno.EACCES: 'rejected',
    errno.ENETUNREACH: 'no-route',
    # Not one IPv6 address to send from.
    errno.EADDRNOTAVAIL: 'no-route',
    errno.EHOSTUNREACH: 'host-unreachable',
}
# Seconds for all requests; and how many without an answer are enough.
LONGEST, ENOUGH = 10, 3
# Seconds for one where another was answered: the kernel sends a SYN again after 1 and 3 seconds.
BUSY = 4
# Source ports that are taken in turn, all of them in as long as conntrack keeps a SYN without an answer (120 s).
FIRST, PORTS, REMEMBERED = 10_000, 54_000, 120


def ports_from(now: float) -> Iterator[int]:
    """
    Ports to connect from, by the clock: a request that nobody answered stays in the conntrack of the nodes on its way,
    with the translation that it had or lacked, and one from the same port would still get that one.
    """
    first = int(now * PORTS / REMEMBERED)
    for number in range(PORTS):
        yield FIRST + (first + number) % PORTS


class Result:
    """The content of the last line."""

    def __init__(self) -> None:
        self.answers: dict[str, int] = {}
        self.unanswered = 0
        self.ended = 'answer'
        self.error = ''
        self.asked = 0
        self.addresses: list[str] = []

    def failed(self, ended: str, error: str) -> None:
        if self.ended == 'answer':
            self.ended, self.error = ended, error
        self.unanswered += 1


class Question:
    def __init__(self, port: int, path: str, host: str, header: str, patience: float) -> None:
        self.port = port
        self.path = path
        self.host = host
        self.header = header
        self.patience = patience
        self.ports = ports_from(time.monotonic())

    def ask(self, address: str, *, answers: bool) -> str:
        patience = BUSY if answers else self.patience
        connection = self.connected(address, patience)
        try:
            # Reset at its end: thousands of connections do not wait for a minute each with their port taken.
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            connection.request('GET', self.path, headers={'Host': self.host})
            return self.backend_of(connection.getresponse())
        finally:
            connection.close()

    def connected(self, address: str, patience: float) -> http.client.HTTPConnection:
        for port in self.ports:
            connection = http.client.HTTPConnection(
                address, self.port, timeout=patience, source_address=('', port))
            try:
                connection.connect()
            except OSError as error:
                connection.close()
                # A program of the node has the port.
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                return connection
        raise OSError(errno.EADDRNOTAVAIL, 'no port left')

    def backend_of(self, answer: http.client.HTTPResponse) -> str:
        body = answer.read(65536).decode('utf-8', 'replace')
        if answer.status != 200:
            return f'HTTP {answer.status}'
        if self.header:
            return (answer.getheader(self.header) or '-')[:64]
        return backend_in(body)


def backend_in(body: str) -> str:
    """The value of a line `host=NAME` (as a lab's servers answer), or else the first line."""
    lines = [line.strip() for line in body.splitlines() if line.strip()] or ['-']
    hosts = [line[len('host='):] for line in lines if line.startswith('host=')]
    return (hosts or lines)[0][:64]


def ask_all(question: Question, address: str, requests: int, result: Result) -> None:
    begun = time.monotonic()
    while result.asked < requests and result.unanswered < ENOUGH:
        if time.monotonic() - begun > LONGEST:
            # A request that is sent again may come to another backend, a second later: few are slow, and some fail.
            if not result.unanswered:
                result.ended, result.error = 'unfinished', 'out of time'
            break
        result.asked += 1
        try:
            backend = question.ask(address, answers=bool(result.answers))
            result.answers[backend] = result.answers.get(backend, 0) + 1
        except TimeoutError:
            result.failed('silence', 'timed out')
        except http.client.HTTPException as error:
            result.failed('rejected', type(error).__name__)
        except OSError as error:
            result.failed(ENDINGS.get(error.errno or 0, 'failed'), error.strerror or str(error))


def main(arguments: list[str]) -> None:
    host, port, path, named, requests, header, patience = arguments
    question, result = Question(int(port), path, named, header, float(patience)), Result()
    try:
        address = str(socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0][4][0])
        result.addresses = [address]
        ask_all(question, address, int(requests), result)
    except socket.gaierror as error:
        # A name server that says there is no such name; one that says nothing is silence.
        result.ended = 'silence' if error.errno == socket.EAI_AGAIN else 'name-unknown'
        result.error = error.strerror or str(error)
    print('\n' + json.dumps(vars(result)))


if __name__ == '__main__':
    main(sys.argv[1:])
