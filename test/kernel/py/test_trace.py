from __future__ import annotations

import errno
import io
import json
import struct
import unittest
from typing import cast
from socket import socket

from hoplab_kernel.netlink import attributes, message, messages
from hoplab_kernel.trace.records import MOST_BYTES, Records
from hoplab_kernel.trace.rules import GET_GENERATION, arm_rules
from hoplab_kernel.trace.stamps import next_frame, stamp
from hoplab_kernel.trace.table import CHAINS, INET, NFTABLES, TABLE, batch, number, table


ENDLESS = float('inf')


class Told(unittest.TestCase):
    def setUp(self) -> None:
        self.out = io.BytesIO()
        self.records = Records(self.out)

    def test_a_record(self) -> None:
        self.records.tell(b'A', 258, b'xyz')
        self.assertEqual(self.out.getvalue(), b'\6\0\0\0' + b'A' + b'\2\1' + b'xyz')

    def test_a_gap_is_told_once_for_each_node(self) -> None:
        for node in (0, 0, 1):
            self.records.gap(node, 'frames-lost', count='3')
        data = self.out.getvalue()
        size = 4 + struct.unpack_from('<I', data)[0]
        self.assertEqual(len(data), 2 * size)
        self.assertEqual(json.loads(data[7:size]), {'code': 'frames-lost', 'count': '3'})

    def test_frames_have_a_limit(self) -> None:
        half = bytes(MOST_BYTES // 2)
        self.assertEqual([self.records.frame(0, 1, 0, 'lo', half) for _ in range(3)], [True, True, False])
        self.assertEqual(len(self.out.getvalue()), 2 * (7 + 25 + len(half)))

    def test_time_stamps(self) -> None:
        self.assertEqual(stamp([(1, 35, struct.pack('=qq', 3, 7))]), 3_000_000_007)

    def test_devices_without_ethernet_and_tags(self) -> None:
        heard = (1, 35, struct.pack('=qq', 3, 7))

        class Frames:
            """A socket with one frame: of a device of this type, whose IP header begins here."""

            def __init__(self, kind: int, begin: int, status: int) -> None:
                self.kind = kind
                self.beside = (263, 8, struct.pack('=IIIHHHH', status, 0, 0, 0, begin, 10, 0x88A8))

            def recvmsg(self, _size: int, _ancillary: int, _flags: int) -> object:
                return b'Ethernet and', [heard, self.beside], 0, ('t0', 0x86DD, 4, self.kind, b'')

        # ARPHRD_TUNNEL, ARPHRD_IPGRE with the outer header before it, ARPHRD_ETHER without and with a tag.
        for kind, begin, status, data in (
            (768, 0, 0, bytes(12) + b'\x86\xddEthernet and'),
            (778, 9, 0, bytes(12) + b'\x86\xddand'),
            (1, 14, 0, b'Ethernet and'),
            (1, 14, 1 << 4, b'Ethernet and\x88\xa8\x00\x0a'),
        ):
            found = next_frame(Frames(kind, begin, status), 99)  # type: ignore[arg-type]
            self.assertEqual(found, (3_000_000_007, 4, 't0', data))


class Asker:
    """A socket whose kernel answers each batch with the next of these errors, and counts a change before each."""

    def __init__(self, *answers: int | None) -> None:
        self.answers = list(answers)
        self.generation = 6
        self.sent: list[int] = []
        self.due: list[bytes] = []

    def send(self, data: bytes) -> None:
        kind, body = next(messages(data))
        if kind == NFTABLES << 8 | GET_GENERATION:
            self.generation += 1
            self.due = [message(0, 0, bytes(4) + number(1, self.generation))]
            return
        self.sent.append(int.from_bytes(attributes(body[4:])[1], 'big'))
        answer = self.answers.pop(0)
        self.due = [] if answer is None else [message(2, 0, struct.pack('=i', -answer))]

    def setblocking(self, blocking: bool) -> None:
        pass

    def recv(self, size: int) -> bytes:
        if not self.due:
            raise BlockingIOError
        return self.due.pop()


class Rules(unittest.TestCase):
    def test_the_table(self) -> None:
        rules = [(6, 0, b'\x30\x39', b''), (1, 4, b'\xab\xcd', b'')]
        sent = list(messages(batch(table(INET, rules), 7)))
        kinds = [kind if kind < 0x100 else kind & 0xFF for kind, _ in sent]
        self.assertEqual(kinds, [0x10, 0] + [3] * len(CHAINS) + [6] * 2 * len(rules) + [0x11])
        for kind, body in sent[1:-1]:
            self.assertEqual(kind >> 8, NFTABLES)
            self.assertEqual(body[0], INET)
            self.assertEqual(attributes(body[4:])[1], TABLE)

    def test_no_error(self) -> None:
        self.assertEqual(arm_rules(cast(socket, Asker(None)), b'', ENDLESS), ([], 7))
        self.assertEqual(arm_rules(cast(socket, Asker(0)), b'', ENDLESS), ([], 7), 'an acknowledgement is none')

    def test_errors_are_told(self) -> None:
        self.assertEqual(arm_rules(cast(socket, Asker(errno.EOPNOTSUPP)), b'', ENDLESS)[0], [errno.EOPNOTSUPP])

    def test_a_table_of_one_that_is_ending_is_waited_for(self) -> None:
        asker = Asker(errno.EPERM, errno.EPERM, None)
        self.assertEqual(arm_rules(cast(socket, asker), b'', ENDLESS), ([], 9))
        self.assertEqual(asker.sent, [7, 8, 9])

    def test_rules_that_change_meanwhile_are_asked_for_again(self) -> None:
        asker = Asker(errno.ERESTART, None)
        self.assertEqual(arm_rules(cast(socket, asker), b'', ENDLESS), ([], 8))


if __name__ == '__main__':
    unittest.main()
