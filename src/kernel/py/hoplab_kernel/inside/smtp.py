"""
One mail handed to a server (RFC 5321): the answer that decided. Arguments: address, port, name of the sending host,
sender (may be empty), recipient, seconds to wait for each answer. Ends with one line of JSON.
"""
from __future__ import annotations

import errno
import json
import smtplib
import sys

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


def line_of(code: int, text: bytes) -> dict[str, object]:
    return {'code': code, 'text': ' '.join(text.decode('utf-8', 'replace').split())[:900]}


def session(address: str, port: int, host: str, sender: str, recipient: str, patience: float) -> dict[str, object]:
    server = smtplib.SMTP(timeout=patience)
    code, text = server.connect(address, port)
    stage = 'connect'
    try:
        if code == 220:
            stage, (code, text) = 'EHLO', server.docmd('EHLO', host)
        if stage == 'EHLO' and code == 250:
            stage, (code, text) = 'MAIL FROM', server.docmd('MAIL', f'FROM:<{sender}>')
        if stage == 'MAIL FROM' and code == 250:
            stage, (code, text) = 'RCPT TO', server.docmd('RCPT', f'TO:<{recipient}>')
        if stage == 'RCPT TO' and code in (250, 251):
            mail = f'From: <{sender}>\r\nTo: <{recipient}>\r\nSubject: hoplab\r\n\r\nA mail from {host}.'
            stage, (code, text) = 'mail', server.data(mail)
        return {'ended': 'answer', 'stage': stage, **line_of(code, text)}
    finally:
        server.close()


def main(arguments: list[str]) -> None:
    address, port, host, sender, recipient, patience = arguments
    try:
        found = session(address, int(port), host, sender, recipient, float(patience))
    except smtplib.SMTPDataError as error:
        text = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
        found = {'ended': 'answer', 'stage': 'DATA', **line_of(error.smtp_code, text)}
    except smtplib.SMTPServerDisconnected as error:
        # Also a wait for an answer that was too long ends in it.
        silent = isinstance(error.__context__, TimeoutError)
        found = {'ended': 'silence' if silent else 'rejected'}
    except TimeoutError:
        found = {'ended': 'silence'}
    except OSError as error:
        print(error.strerror or error, file=sys.stderr)
        found = {'ended': ENDINGS.get(error.errno or 0, 'failed')}
    print('\n' + json.dumps(found))


if __name__ == '__main__':
    main(sys.argv[1:])
