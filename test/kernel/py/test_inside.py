from __future__ import annotations

import contextlib
import errno
import http.server
import io
import itertools
import json
import os
import socket
import threading
import time
import unittest
from collections.abc import Callable
from typing import Any

from hoplab_kernel.drops import Reading, opening
from hoplab_kernel.inside import connect, distribution, ntp, smtp, tls


def free_port(kind: int = socket.SOCK_STREAM) -> int:
    with socket.socket(type=kind) as made:
        made.bind(('127.0.0.1', 0))
        return int(made.getsockname()[1])


def output_of(main: Callable[[list[str]], None], *words: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(list(words))
    return out.getvalue().splitlines()[-1]


def result_of(main: Callable[[list[str]], None], *words: str) -> dict[str, Any]:
    found = json.loads(output_of(main, *words))
    assert isinstance(found, dict)
    return found


class Answering(http.server.BaseHTTPRequestHandler):
    requests = 0

    def do_GET(self) -> None:
        Answering.requests += 1
        self.send_response(200 if self.path == '/' else 404)
        self.send_header('X-Backend', self.headers['Host'])
        self.end_headers()
        self.wfile.write(b'hello\nhost=b%d\n' % (Answering.requests % 2))

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Requests(unittest.TestCase):
    def setUp(self) -> None:
        Answering.requests = 0
        server = http.server.HTTPServer(('127.0.0.1', 0), Answering)
        serving = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.01})
        serving.start()
        self.addCleanup(server.server_close)
        self.addCleanup(serving.join)
        self.addCleanup(server.shutdown)
        self.port = str(server.server_port)

    def ask(self, path: str, header: str = '') -> dict[str, Any]:
        return result_of(distribution.main, '127.0.0.1', self.port, path, 'name.lab', '4', header, '1')

    def test_who_answers(self) -> None:
        expected = {'answers': {'b1': 2, 'b0': 2}, 'unanswered': 0, 'ended': 'answer', 'error': '', 'asked': 4,
                    'addresses': ['127.0.0.1']}
        self.assertEqual(self.ask('/'), expected)
        self.assertEqual(self.ask('/', 'X-Backend')['answers'], {'name.lab': 4})
        self.assertEqual(self.ask('/none')['answers'], {'HTTP 404': 4})

    def test_no_server(self) -> None:
        found = result_of(distribution.main, '127.0.0.1', str(free_port()), '/', 'h', '9', '', '1')
        self.assertEqual((found['ended'], found['asked'], found['unanswered']), ('rejected', 3, 3))

    def test_ports_in_turn(self) -> None:
        def some(now: float, number: int) -> set[int]:
            return set(itertools.islice(distribution.ports_from(now), number))

        silent = some(1000.0, 3)
        # Each run begins behind what a run before it had, for as long as conntrack keeps a silent one.
        for seconds in range(1, 118):
            self.assertFalse(silent & some(1000.0 + seconds, 600), seconds)
        self.assertEqual(len(some(5.0, 99_999)), distribution.PORTS)

    def test_a_port_that_is_taken(self) -> None:
        question = distribution.Question(int(self.port), '/', 'name.lab', '', 1)
        with socket.socket() as taken:
            taken.bind(('', 0))
            question.ports = iter([taken.getsockname()[1], free_port()])
            self.assertRegex(question.ask('127.0.0.1', answers=False), '^b[01]$')

    def test_no_tls(self) -> None:
        # It answers, but not in TLS.
        found = result_of(tls.main, '127.0.0.1', self.port, '', '', '1')
        self.assertEqual((found['ended'], found['spoken'], found['certificate']), ('answer', False, ''))
        self.assertNotEqual(found['error'], '')

    def test_no_tls_server(self) -> None:
        found = result_of(tls.main, '127.0.0.1', str(free_port()), 'n', '/none', '1')
        self.assertEqual(found, {'ended': 'rejected', 'error': os.strerror(errno.ECONNREFUSED), 'spoken': False,
                                 'certificate': '', 'code': 0, 'distrust': None})

    def test_a_connection(self) -> None:
        closed = str(free_port())
        for port, ending in ((self.port, 'answer'), (closed, 'refused')):
            ended = output_of(connect.main, 'tcp', '127.0.0.1', port, str(free_port()), '0', '0', '')
            self.assertEqual(ended, ending)
        other = free_port(socket.SOCK_DGRAM)
        closed = str(free_port(socket.SOCK_DGRAM))
        self.assertEqual(output_of(connect.main, 'udp', '127.0.0.1', closed, str(other), '0', '0', '00'), 'refused')


class Services(unittest.TestCase):
    def time_from(self, *answers: bytes, token: bool = True) -> dict[str, Any]:
        with socket.socket(type=socket.SOCK_DGRAM) as server:
            server.bind(('127.0.0.1', 0))

            def serve() -> None:
                asked, client = server.recvfrom(2048)
                origin = asked[40:48] if token else bytes(8)
                for answer in answers:
                    server.sendto(answer[:24] + origin + answer[32:], client)

            thread = threading.Thread(target=serve)
            thread.start()
            found = result_of(ntp.main, '127.0.0.1', str(server.getsockname()[1]), '0.5')
            thread.join()
            return found

    def test_a_time_server(self) -> None:
        now = int((time.time() + 51 + ntp.EPOCH) * ntp.FRACTION)
        right = ntp.HEADER.pack(0o44, 8, 0, 0, 0, 0, b'ABCD', 0, 0, now, now)
        found = self.time_from(b'too short'.ljust(40), right)
        self.assertEqual((found['ended'], found['synchronised'], found['stratum']), ('answer', True, 8))
        self.assertAlmostEqual(found['offset'], 51, delta=1)
        kiss = ntp.HEADER.pack(0o344, 0, 0, 0, 0, 0, b'DENY', 0, 0, now, now)
        found = self.time_from(kiss)
        self.assertEqual((found['synchronised'], found['refused']), (False, 'DENY'))
        self.assertEqual(self.time_from(right, token=False), {'ended': 'silence'})
        closed = result_of(ntp.main, '127.0.0.1', str(free_port(socket.SOCK_DGRAM)), '0.5')
        self.assertEqual(closed, {'ended': 'rejected'})

    def mail_to(self, *lines: bytes) -> dict[str, Any]:
        with socket.create_server(('127.0.0.1', 0)) as server:

            def serve() -> None:
                connection, _ = server.accept()
                with connection, connection.makefile('rb') as heard:
                    for line in lines:
                        connection.sendall(line + b'\r\n')
                        while line.startswith(b'354') and heard.readline() not in (b'.\r\n', b''):
                            pass
                        if not line.startswith(b'354'):
                            heard.readline()

            thread = threading.Thread(target=serve)
            thread.start()
            port = str(server.getsockname()[1])
            found = result_of(smtp.main, '127.0.0.1', port, 'red', 'a@b.example', 'c@d.example', '1')
            thread.join()
            return found

    def test_a_mail_server(self) -> None:
        refused = self.mail_to(b'220 mx', b'250 mx', b'250 ok', b'550 5.7.23 SPF fail')
        self.assertEqual(refused, {'ended': 'answer', 'stage': 'RCPT TO', 'code': 550, 'text': '5.7.23 SPF fail'})
        taken = self.mail_to(b'220 mx', b'250 mx', b'250 ok', b'250 ok', b'354 go on', b'250 2.0.0 queued')
        self.assertEqual((taken['stage'], taken['code']), ('mail', 250))
        closed = result_of(smtp.main, '127.0.0.1', str(free_port()), 'red', '', 'c@d.example', '1')
        self.assertEqual(closed, {'ended': 'rejected'})


class Texts(unittest.TestCase):
    def test_the_programs_agree_on_what_an_error_means(self) -> None:
        same = {'refused': 'rejected'}
        tables = [{number: same.get(word, word) for number, word in each.ENDINGS.items()}
                  for each in (connect, distribution, ntp, smtp, tls)]
        for one in tables:
            for other in tables:
                self.assertEqual({key: one[key] for key in one if key in other},
                                 {key: other[key] for key in other if key in one})
        self.assertLessEqual({errno.ECONNREFUSED, errno.ENETUNREACH, errno.EHOSTUNREACH}, set(tables[0]))

    def test_the_backend_in_an_answer(self) -> None:
        cases = {'': '-', ' \n': '-', 'first\nsecond': 'first', 'x\nhost=web1\nhost=web2': 'web1', 'y' * 99: 'y' * 64}
        self.assertEqual({body: distribution.backend_in(body) for body in cases}, cases)

    def test_a_drop(self) -> None:
        received = b'<idle>-0 [000] ..s1. 7.000001: netif_receive_skb: dev=va\xff skbaddr=00000000c0ffee01 len=84\n'
        dropped = (b'  ping-12 [001] ..s2. 7.000003: kfree_skb: skbaddr=00000000c0ffee01 rx_sk=0000000000000000 '
                   b'protocol=2048 location=nf_hook_slow+0xa0/0x110 reason: NETFILTER_DROP\n')
        expected = {'time': '7000001005', 'event': 'drop', 'link': 'va\ufffd', 'length': 84,
                    'location': 'nf_hook_slow+0xa0/0x110', 'reason': 'NETFILTER_DROP'}
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        told = io.StringIO()
        with open(reader, 'rb', buffering=0) as pipe, contextlib.redirect_stdout(told):
            reading = Reading(pipe, 5)
            self.assertFalse(reading.tell())
            # One that came in nowhere, and a line in two parts.
            for data in (dropped, b'# tracer: nop\n', received + dropped[:60], dropped[60:], dropped):
                os.write(writer, data)
                self.assertTrue(reading.tell())
            os.close(writer)
        self.assertEqual([json.loads(line) for line in told.getvalue().splitlines()], [expected])

    def test_opening(self) -> None:
        line = (b'    docker-proxy-3 [1] 2 (x)-31337 [001] ..... 12.000003: inet_sock_set_state: family=%s '
                b'protocol=IPPROTO_TCP sport=0 dport=80 saddr=172.17.0.1 daddr=%s saddrv6=:: daddrv6=%s '
                b'oldstate=TCP_CLOSE newstate=TCP_SYN_SENT\n')
        expected = {'time': '12000003005', 'event': 'connect', 'program': 'docker-proxy-3 [1] 2 (x)',
                    'destination': '172.17.0.2', 'port': 80}
        self.assertEqual(opening(line % (b'AF_INET', b'172.17.0.2', b'::ffff:172.17.0.2'), 5), expected)
        expected['destination'] = 'fd00::2'
        self.assertEqual(opening(line % (b'AF_INET6', b'0.0.0.0', b'fd00::2'), 5), expected)
        self.assertIsNone(opening(b'# tracer: nop\n', 0))


if __name__ == '__main__':
    unittest.main()
