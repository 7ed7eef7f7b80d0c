# A TLS handshake, whatever the certificate; then one that believes only a file's authorities, if a file is given.
# Arguments: address, port, server name ('' for none), file ('' for none), seconds to wait. Ends with a line of JSON.
import base64
import errno
import json
import socket
import ssl
import sys

address, port, name, trust, patience = sys.argv[1:]
names = {
    errno.ECONNREFUSED: 'rejected',
    errno.ECONNRESET: 'rejected',
    errno.EPERM: 'rejected',
    errno.EACCES: 'rejected',
    errno.ENETUNREACH: 'no-route',
    # Not one IPv6 address to send from.
    errno.EADDRNOTAVAIL: 'no-route',
    errno.EHOSTUNREACH: 'host-unreachable',
}
told = {'ended': 'answer', 'said': '', 'spoken': False, 'certificate': '', 'code': 0, 'distrust': None}


def context_of(verify):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED if verify else ssl.CERT_NONE
    return context


def shake(connection, context):
    with context.wrap_socket(connection, server_hostname=name or None) as secured:
        return secured.getpeercert(True)


def connected():
    return socket.create_connection((address, int(port)), timeout=float(patience))


def look():
    try:
        connection = connected()
    except TimeoutError:
        told.update(ended='silence', said='timed out')
        return False
    except OSError as error:
        told.update(ended=names.get(error.errno, 'failed'), said=error.strerror or str(error))
        return False
    try:
        told['certificate'] = base64.b64encode(shake(connection, context_of(False)) or b'').decode()
        told['spoken'] = True
    except ssl.SSLError as error:
        told['said'] = error.reason or str(error)
    except TimeoutError:
        told['said'] = 'no answer'
    except OSError as error:
        told['said'] = error.strerror or str(error)
    return told['spoken']


def believe():
    context = context_of(True)
    try:
        context.load_verify_locations(trust)
    except ssl.SSLError:
        told['distrust'] = 'no certificate in ' + trust
        return
    except OSError as error:
        told['distrust'] = trust + ': ' + (error.strerror or str(error))
        return
    try:
        shake(connected(), context)
        told['distrust'] = ''
    except ssl.SSLCertVerificationError as error:
        told.update(code=error.verify_code, distrust=error.verify_message)
    except OSError as error:
        told.update(ended='failed', said=str(error))


if look() and trust:
    believe()
print('\n' + json.dumps(told))
