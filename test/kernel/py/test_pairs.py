"""Pings between all pairs: their order, and what an answer is about."""
from __future__ import annotations

import socket
import struct
import unittest

from hoplab_kernel.pairs.batches import GROUP, batches, batches_of
from hoplab_kernel.pairs.echo import Echo

TOKEN = bytes(range(16))
HEADER = b'\x45' + bytes(19)


class Batches(unittest.TestCase):
    def test_every_ordered_pair_is_in_one_batch(self) -> None:
        for count in (0, 1, 2, GROUP, GROUP + 1, 3 * GROUP + 5):
            pairs = [pair for batch in batches(count) for pair in batch]
            wanted = sorted((one, other) for one in range(count) for other in range(count) if one != other)
            self.assertEqual(sorted(pairs), wanted)
            self.assertTrue(all(len(batch) <= 2 * GROUP * GROUP for batch in batches(count)))

    def test_some_pairs(self) -> None:
        some = [(0, 9), (9, 0), (1, 2), (30, 1)]
        self.assertEqual(list(batches_of(some)), [[(0, 9), (9, 0)], [(1, 2)], [(30, 1)]])


class Answers(unittest.TestCase):
    def setUp(self) -> None:
        self.echo = Echo(socket.AF_INET, TOKEN)

    def test_the_checksum_of_a_request(self) -> None:
        for sequence in (0, 1, 0xffff):
            words = struct.unpack('!12H', self.echo.packet(sequence))
            total = sum(words)
            while total >> 16:
                total = (total & 0xffff) + (total >> 16)
            self.assertEqual(total, 0xffff)

    def test_a_reply(self) -> None:
        reply = HEADER + b'\0' + self.echo.packet(7)[1:]
        self.assertEqual(self.echo.answer(reply, '10.0.0.1'), (7, ('reply', '')))
        self.assertIsNone(self.echo.answer(HEADER + self.echo.packet(7), '10.0.0.1'), 'the request itself')
        self.assertIsNone(self.echo.answer(reply[:-1], '10.0.0.1'), 'without the whole token')
        self.assertIsNone(self.echo.answer(reply[:-1] + b'\0', '10.0.0.1'), 'with another token')
        self.assertIsNone(self.echo.answer(HEADER, '10.0.0.1'))

    def test_an_error_about_a_request(self) -> None:
        def error(kind: int, code: int, inner: bytes) -> bytes:
            return HEADER + struct.pack('!BB6x', kind, code) + HEADER + inner
        packet = self.echo.packet(9)
        about = self.echo.answer
        self.assertEqual(about(error(3, 1, packet), '10.0.0.9'), (9, ('host-unreachable', '10.0.0.9')))
        self.assertEqual(about(error(3, 13, packet[:8]), '10.0.0.9'), (9, ('rejected', '10.0.0.9')))
        self.assertEqual(about(error(11, 0, packet), '10.0.0.9'), (9, ('rejected', '10.0.0.9')))
        self.assertIsNone(about(error(3, 1, packet[:4]), '10.0.0.9'), 'too short to be told')
        self.assertIsNone(about(error(3, 1, packet[:4] + b'\xff\xff' + packet[6:]), '10.0.0.9'), 'about another')

    def test_ipv6(self) -> None:
        echo = Echo(socket.AF_INET6, TOKEN)
        packet = echo.packet(5)
        self.assertEqual(echo.answer(b'\x81' + packet[1:], 'fd00::1'), (5, ('reply', '')))
        error = struct.pack('!BB6x', 1, 3) + bytes(40) + packet
        self.assertEqual(echo.answer(error, 'fd00::9'), (5, ('host-unreachable', 'fd00::9')))
        self.assertEqual(echo.answer(b'\x03' + error[1:], 'fd00::9'), (5, ('rejected', 'fd00::9')))


if __name__ == '__main__':
    unittest.main()
