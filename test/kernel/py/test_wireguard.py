from __future__ import annotations

import struct
import unittest

from hoplab_kernel.look.wireguard import interfaces, wireguard
from hoplab_kernel.netlink import DONE, attribute, message, nested


def link(index: int, name: str, kind: str) -> bytes:
    body = struct.pack('=BxHiII', 0, 0, index, 0, 0) + attribute(3, name.encode() + b'\0')
    return message(16, 0, body + nested(18, attribute(1, kind.encode() + b'\0')))


class Wireguard(unittest.TestCase):
    def test_interfaces_of_a_dump(self) -> None:
        dump = [link(2, 'eth0', 'veth') + link(3, 'wg0', 'wireguard'), link(7, 'wg1', 'wireguard'),
                message(DONE, 0, struct.pack('=i', 0))]
        self.assertEqual(interfaces(dump), [3, 7])

    def test_no_interface_is_asked_for(self) -> None:
        self.assertEqual(interfaces([link(2, 'eth0', 'veth')]), [])

    def test_a_number_that_is_no_interface_of_wireguard_has_no_answer(self) -> None:
        # 1 is the loopback: refused where the kernel has WireGuard, and not asked where it has none.
        self.assertEqual(wireguard([1]), [])
