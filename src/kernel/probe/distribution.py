# HTTP requests one after the other, each on a connection of its own: who answers them?
# Arguments: address, port, path, Host header, number of requests, header that names the backend ('' for none), seconds
# to wait for an answer. Ends with one line of JSON. What is unanswered three times is not asked any further.
import errno
import http.client
import json
import socket
import struct
import sys
import time

host, port, path, named, requests, header, patience = sys.argv[1:]
longest = 10
enough = 3
names = {
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


def backend_of(answer):
    body = answer.read(65536).decode('utf-8', 'replace')
    if answer.status != 200:
        return 'HTTP %d' % answer.status
    if header:
        return (answer.getheader(header) or '-')[:64]
    lines = [line.strip() for line in body.splitlines() if line.strip()] or ['-']
    told = [line[len('host='):] for line in lines if line.startswith('host=')]
    return (told or lines)[0][:64]


def ask(address):
    connection = http.client.HTTPConnection(address, int(port), timeout=float(patience))
    try:
        connection.connect()
        # Reset at its end: thousands of connections do not wait for a minute each with their port taken.
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        connection.request('GET', path, headers={'Host': named})
        return backend_of(connection.getresponse())
    finally:
        connection.close()


told = {'answers': {}, 'unanswered': 0, 'ended': 'answer', 'said': '', 'asked': 0, 'addresses': []}


def failed(ended, said):
    if told['ended'] == 'answer':
        told.update(ended=ended, said=said)
    told['unanswered'] += 1


begun = time.monotonic()
try:
    address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0][4][0]
    told['addresses'] = [address]
    while told['asked'] < int(requests) and told['unanswered'] < enough:
        if time.monotonic() - begun > longest:
            # A request that is sent again may come to another backend, a second later: few are slow, and some fail.
            if not told['unanswered']:
                told.update(ended='unfinished', said='out of time')
            break
        told['asked'] += 1
        try:
            backend = ask(address)
            told['answers'][backend] = told['answers'].get(backend, 0) + 1
        except TimeoutError:
            failed('silence', 'timed out')
        except http.client.HTTPException as error:
            failed('rejected', type(error).__name__)
        except OSError as error:
            failed(names.get(error.errno, 'failed'), error.strerror or str(error))
except socket.gaierror as error:
    # A name server that says there is no such name; one that says nothing is silence.
    told.update(ended='silence' if error.errno == socket.EAI_AGAIN else 'name-unknown', said=error.strerror)
print('\n' + json.dumps(told))
