"""The sampler's socket filter, run as the kernel runs it, and its orders."""
from __future__ import annotations

import struct
import unittest

from hoplab_kernel.traffic.node import BYTES, DEVICE_TYPE, interesting
from hoplab_kernel.traffic.program import renewed


def kept(frame: bytes, device: int = 1) -> int:
    steps = list(struct.iter_unpack('=HBBI', interesting()))
    at = value = 0
    while True:
        code, yes, no, k = steps[at]
        at += 1
        if code == 0x06:
            return int(k)
        if code == 0x15:
            at += yes if value == k else no
        elif k == DEVICE_TYPE:
            value = device
        else:
            size = 2 if code == 0x28 else 1
            if k + size > len(frame):
                return 0
            value = int.from_bytes(frame[k:k + size], 'big')


def ethernet(kind: int, payload: bytes) -> bytes:
    return bytes(12) + struct.pack('>H', kind) + payload


def ipv6(following: int, first: int) -> bytes:
    return ethernet(0x86DD, bytes(6) + bytes([following]) + bytes(33) + bytes([first]) + bytes(7))


class Filter(unittest.TestCase):
    def test_arp_and_both_versions_of_ip(self) -> None:
        frames = [ethernet(0x0806, bytes(28)), ethernet(0x0800, bytes(20)), ipv6(6, 0), ipv6(58, 128), ipv6(58, 135)]
        for frame in frames:
            self.assertEqual(kept(frame), BYTES)

    def test_not_what_an_idle_network_says(self) -> None:
        for frame in [ipv6(0, 0), ipv6(58, 133), ipv6(58, 134), ethernet(0x88CC, bytes(40)), bytes(10)]:
            self.assertEqual(kept(frame), 0)

    def test_not_the_loopback(self) -> None:
        self.assertEqual(kept(ethernet(0x0800, bytes(20)), device=772), 0)


class Orders(unittest.TestCase):
    def test_a_node_that_is_gone_has_a_place(self) -> None:
        self.assertEqual(renewed([], ['/proc/self/ns/none', '/no/such/file']), [None, None])


if __name__ == '__main__':
    unittest.main()
