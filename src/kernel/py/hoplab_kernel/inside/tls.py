"""
A TLS handshake, whatever the certificate; then one that believes only a file's authorities, if a file is given.
Arguments: address, port, server name ('' for none), file ('' for none), seconds to wait. Ends with a line of JSON.
"""
from __future__ import annotations

import base64
import errno
import json
import socket
import ssl
import sys

ENDINGS = {
    errno.ECONNREFUSED: 'rejected',
    errno.ECONNRESET: 'rejected',
    errno.EPERM: 'rejected',
    errno.EACCES: 'rejected',
    errno.ENETUNREACH: 'no-route',
    # Not one IPv6 address to send from.
    errno.EADDRNOTAVAIL: 'no-route',
    errno.EHOSTUNREACH: 'host-unreachable',
}


class Result:
    """The content of the last line."""

    def __init__(self) -> None:
        self.ended = 'answer'
        self.error = ''
        self.spoken = False
        self.certificate = ''
        self.code = 0
        self.distrust: str | None = None


class Server:
    def __init__(self, address: str, port: int, name: str, patience: float) -> None:
        self.address = (address, port)
        self.name = name or None
        self.patience = patience

    def connected(self) -> socket.socket:
        return socket.create_connection(self.address, timeout=self.patience)

    def shake(self, connection: socket.socket, context: ssl.SSLContext) -> bytes | None:
        with context.wrap_socket(connection, server_hostname=self.name) as secured:
            return secured.getpeercert(True)


def context_of(verify: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED if verify else ssl.CERT_NONE
    return context


def words_of(error: OSError) -> str:
    return error.strerror or str(error)


def look(server: Server, result: Result) -> None:
    try:
        connection = server.connected()
    except TimeoutError:
        result.ended, result.error = 'silence', 'timed out'
        return
    except OSError as error:
        result.ended, result.error = ENDINGS.get(error.errno or 0, 'failed'), words_of(error)
        return
    try:
        result.certificate = base64.b64encode(server.shake(connection, context_of(False)) or b'').decode()
        result.spoken = True
    except ssl.SSLError as error:
        result.error = error.reason or str(error)
    except TimeoutError:
        result.error = 'no answer'
    except OSError as error:
        result.error = words_of(error)


def believe(server: Server, trust: str, result: Result) -> None:
    context = context_of(True)
    try:
        context.load_verify_locations(trust)
    except ssl.SSLError:
        result.distrust = 'no certificate in ' + trust
        return
    except OSError as error:
        result.distrust = trust + ': ' + words_of(error)
        return
    try:
        server.shake(server.connected(), context)
        result.distrust = ''
    except ssl.SSLCertVerificationError as error:
        result.code, result.distrust = error.verify_code, error.verify_message
    except OSError as error:
        result.ended, result.error = 'failed', str(error)


def main(arguments: list[str]) -> None:
    address, port, name, trust, patience = arguments
    server, result = Server(address, int(port), name, float(patience)), Result()
    look(server, result)
    if result.spoken and trust:
        believe(server, trust, result)
    print('\n' + json.dumps(vars(result)))


if __name__ == '__main__':
    main(sys.argv[1:])
