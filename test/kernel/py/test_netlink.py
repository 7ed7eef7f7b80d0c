from __future__ import annotations

import socket
import struct
import unittest

from hoplab_kernel.netlink import (ACK, DONE, DUMP, ROUTE, attribute, attributes, dumped, error_in, message,
                                   messages, nested)


class Netlink(unittest.TestCase):
    def test_messages_are_read_as_they_were_written(self) -> None:
        # The length of the first body is no multiple of 4: in one buffer the next message begins behind padding.
        first = message(16, ACK, b'abcde')
        data = first + b'\0' * (-len(first) % 4) + message(DONE, 0, b'')
        self.assertEqual(list(messages(data)), [(16, b'abcde'), (DONE, b'')])

    def test_header(self) -> None:
        self.assertEqual(struct.unpack('=IHHII', message(16, DUMP, b'1234')[:16]), (20, 16, 0x301, 0, 0))

    def test_what_is_no_message_ends_the_reading(self) -> None:
        good = message(16, 0, b'')
        for tail in (b'', b'\0' * 15, struct.pack('=IHHII', 15, 17, 0, 0, 0), b'\0' * 64):
            self.assertEqual(list(messages(good + tail)), [(16, b'')], tail)

    def test_attributes(self) -> None:
        data = attribute(1, b'lo\0') + nested(2, attribute(3, b'x')) + attribute(1, b'v1\0')
        found = attributes(data)
        self.assertEqual(found[1], b'v1\0')
        self.assertEqual(attributes(found[2]), {3: b'x'})
        self.assertEqual(len(data) % 4, 0)

    def test_what_is_no_attribute_ends_the_reading(self) -> None:
        for tail in (b'\0\0\0', struct.pack('=HH', 3, 9), b'\0' * 8):
            self.assertEqual(attributes(attribute(1, b'abcd') + tail), {1: b'abcd'}, tail)

    def test_errors(self) -> None:
        self.assertEqual(error_in(struct.pack('=i', -17)), 17)
        self.assertEqual(error_in(struct.pack('=i', 0)), 0)

    def test_a_dump_by_the_kernel(self) -> None:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE) as asker:
            # RTM_GETLINK, struct ifinfomsg
            links = list(dumped(asker, message(18, DUMP, b'\0' * 16)))
            self.assertIn(b'lo\0', [attributes(body[16:])[3] for kind, body in links if kind == 16])
            # No such message type: an error, and no message.
            self.assertEqual(list(dumped(asker, message(999, DUMP, b'\0' * 16))), [])


if __name__ == '__main__':
    unittest.main()
